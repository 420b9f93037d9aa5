using System.Runtime.InteropServices;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Terminal;

/// <summary>Ctrl-C and the wish of the system to end: the first one asks the command to finish what it is doing, the second ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupted;
    private readonly PosixSignalRegistration _asked;
    private readonly Screen _screen;

    public Interrupt(Screen screen)
    {
        _screen = screen;
        _interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Asked);
        _asked = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Asked);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupted.Dispose();
        _asked.Dispose();
        _source.Dispose();
    }

    private void Asked(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            Environment.Exit(ExitCode.Cancelled);
        }

        _screen.Error.WriteLine("Stopping. Press Ctrl-C again to end at once.");
        _source.Cancel();
    }
}
