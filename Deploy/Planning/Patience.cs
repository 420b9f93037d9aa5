namespace Platform.Deploy.Planning;

/// <summary>
/// A limit for waiting in turns. Only the pauses count: a machine that slept, or answers that took long, use nothing of it up, and what came meanwhile is
/// still looked at.
/// </summary>
internal sealed class Patience(TimeSpan limit, TimeProvider time)
{
    private TimeSpan _waited;

    public bool IsOver => _waited >= limit;

    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, time, cancellationToken);
        _waited += pause;
    }
}
