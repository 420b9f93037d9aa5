namespace Platform.Hosting.Run;

/// <summary>Keeps lines about states out of a question that is being answered on the same terminal; they come after it.</summary>
internal sealed class TerminalGate : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task AloneAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await write();
        }
        finally
        {
            _ = _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
