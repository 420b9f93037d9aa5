using Platform.Hosting.Dcp;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Run;

/// <summary>The container engine and the network in which the containers of the application find each other.</summary>
/// <param name="dcp">DCP, as soon as it answers.</param>
/// <param name="find">Asks for the engine.</param>
internal sealed class ContainerHost(Task<DcpClient> dcp, Func<CancellationToken, Task<ContainerEngine>> find) : IDisposable
{
    public const string Network = "application";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _ready;

    /// <summary>Why containers cannot run; null where they can. Asked again at every start, as an engine can be started meanwhile.</summary>
    public async Task<Problem?> PrepareAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_ready)
            {
                return null;
            }

            if ((await find(cancellationToken)).Problem is { } problem)
            {
                return problem;
            }

            var client = await dcp.WaitAsync(cancellationToken);
            _ = await client.CreateAsync(
                new DcpContainerNetwork { Metadata = new DcpMetadata { Name = Network }, Spec = new DcpContainerNetworkSpec() }, cancellationToken);
            _ready = true;
            return null;
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
