namespace Platform.ServiceDefaults.Shutdown;

/// <summary>Whether this process was asked to stop and still takes the requests that come.</summary>
internal sealed class DrainState
{
    private volatile bool _draining;

    public bool Draining => _draining;

    public void Begin() => _draining = true;
}
