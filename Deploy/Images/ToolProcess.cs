using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>A program and how it is called. Its arguments are seen by everyone on the machine: what is secret goes into its environment.</summary>
internal sealed record ToolCall(string Program, ImmutableArray<string> Arguments, string Folder)
{
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The longest it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

    public static ImmutableSortedDictionary<string, string> Variables(params ReadOnlySpan<(string Name, string Value)> variables)
    {
        var environment = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return environment.ToImmutable();
    }
}

/// <param name="Output">Standard output, whole.</param>
/// <param name="Error">Standard error, whole.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Error);

/// <summary>Runs programs of the machine to their end. They get none of our credentials and end with us.</summary>
internal static class ToolProcess
{
    // What a build has no business with.
    private static readonly string[] Ours = ["PLATFORM_REGISTRY_USERNAME", "PLATFORM_REGISTRY_PASSWORD"];

    /// <returns>Null where there is no such program.</returns>
    /// <exception cref="DeployException">It took longer than it may.</exception>
    public static async Task<ToolResult?> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Start(call) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(call.Limit);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ToolResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeployException([ImageProblems.TookTooLong(call.Program, call.Limit)], late);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>The last lines of what a program said, for a problem's detail.</summary>
    public static string LastLines(string text)
    {
        const int lines = 20;
        return string.Join('\n', text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').TakeLast(lines));
    }

    private static ProcessStartInfo Start(ToolCall call)
    {
        var start = new ProcessStartInfo(call.Program, call.Arguments)
        {
            WorkingDirectory = call.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in Ours)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in call.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
