using System.Diagnostics;

namespace Platform.Deploy.Tests;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <returns>What it wrote to stdout.</returns>
    public static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(new ProcessStartInfo(program, arguments));
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{error}");
        return output;
    }

    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        process.StandardInput.Close();
        var cancellationToken = TestContext.Current.CancellationToken;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
