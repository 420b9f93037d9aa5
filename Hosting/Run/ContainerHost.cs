using Platform.Hosting.Dcp;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Run;

/// <summary>The container engine and the network in which the containers of the application find each other.</summary>
/// <param name="dcp">DCP, as soon as it answers.</param>
/// <param name="find">Asks for the engine.</param>
internal sealed class ContainerHost(Task<DcpClient> dcp, Func<CancellationToken, Task<ContainerEngine>> find) : IDisposable
{
    public const string Network = "application";

    private static readonly TimeSpan NetworkDeadline = TimeSpan.FromSeconds(30);

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
            if (await NetworkProblemAsync(client, cancellationToken) is { } failure)
            {
                await client.DeleteAndWaitUntilGoneAsync<DcpContainerNetwork>(Network, NetworkDeadline, cancellationToken);
                return failure;
            }

            _ready = true;
            return null;
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    // A container that DCP has to hold back for its network has its templates expanded once more at each try, so that a quoted "{{"
    // of the user's would be taken for one in the end.
    private static async Task<Problem?> NetworkProblemAsync(DcpClient client, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(NetworkDeadline);
        try
        {
            await foreach (var change in client.WatchAsync<DcpContainerNetwork>(deadline.Token))
            {
                switch (change.Object.Status?.State)
                {
                    case "Running":
                        return null;
                    case "FailedToStart":
                        return DcpProblems.NoContainerNetwork(change.Object.Status.Message);
                    default:
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        return DcpProblems.NoContainerNetwork($"It was not there after {NetworkDeadline.TotalSeconds} s.");
    }
}
