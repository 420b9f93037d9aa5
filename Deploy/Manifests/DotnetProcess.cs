using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Manifests;

/// <param name="ExitCode">Of the process.</param>
/// <param name="Lines">What it said on both streams, the last <see cref="DotnetProcess.MostLines"/> lines.</param>
internal sealed record DotnetResult(int ExitCode, ImmutableArray<string> Lines)
{
    private const int Shown = 20;

    /// <summary>The last lines, for a problem's detail.</summary>
    public string LastLines => string.Join('\n', Lines.Where(line => line.Length > 0).TakeLast(Shown));

    /// <summary>The lines that MSBuild marks as errors, once each; the last ones where there are none.</summary>
    public string ErrorLines
    {
        get
        {
            var errors = Lines.Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct().Take(Shown).ToList();
            return errors.Count == 0 ? LastLines : string.Join('\n', errors);
        }
    }
}

/// <summary>Runs the .NET SDK for an AppHost: without a shell, line by line, and with all its children ended at a deadline or when nobody wants it any more.</summary>
/// <param name="run">Which SDK, and who listens.</param>
internal sealed class DotnetProcess(AppHostRun run)
{
    /// <summary>Lines that are kept.</summary>
    public const int MostLines = 2000;

    // A process that outlives its parent, such as a compiler server, can hold the pipes open.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Queue<string> _lines = new();

    /// <exception cref="DeployException">It took longer than it may, or there is no SDK.</exception>
    public async Task<DotnetResult> RunAsync(string doing, TimeSpan limit, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Start(arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            throw new DeployException([AppHostProblems.NoSdk(run.Dotnet)], missing);
        }

        using var deadline = new CancellationTokenSource(limit, run.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            process.StandardInput.Close();
            var reading = Task.WhenAll(ReadAsync(process.StandardOutput, end.Token), ReadAsync(process.StandardError, end.Token));
            await process.WaitForExitAsync(end.Token);
            await Task.WhenAny(reading, Task.Delay(Rest, end.Token));
            if (reading.IsCompleted)
            {
                await reading;
            }

            return new DotnetResult(process.ExitCode, Lines());
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeployException([AppHostProblems.TookTooLong(run.Name, doing, limit, new DotnetResult(0, Lines()).LastLines)], late);
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(run.Dotnet, arguments)
        {
            // Its global.json says which SDK.
            WorkingDirectory = run.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        AppHostEnvironment.Prepare(start.Environment);
        return start;
    }

    private async Task ReadAsync(StreamReader stream, CancellationToken cancellationToken)
    {
        while (await stream.ReadLineAsync(cancellationToken) is { } line)
        {
            lock (_lines)
            {
                _lines.Enqueue(line);
                if (_lines.Count > MostLines)
                {
                    _ = _lines.Dequeue();
                }

                // Two streams, one listener.
                run.Said(line);
            }
        }
    }

    private ImmutableArray<string> Lines()
    {
        lock (_lines)
        {
            return [.. _lines];
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
