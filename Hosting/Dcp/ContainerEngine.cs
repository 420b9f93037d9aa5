using System.Diagnostics;
using System.Text.Json;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Dcp;

/// <summary>The machine's container engine, as DCP sees it.</summary>
/// <param name="Runtime"><c>docker</c> or <c>podman</c>.</param>
/// <param name="HostName">By what name a container finds this machine.</param>
/// <param name="Problem">Null where the engine answers.</param>
internal sealed record ContainerEngine(string Runtime, string? HostName, Problem? Problem)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    /// <summary>Asks <c>dcp info</c>, which takes 0.1 to 0.3 s: only for a model with containers.</summary>
    /// <param name="dcpPath">The program.</param>
    /// <param name="runtime"><c>docker</c>, <c>podman</c>, or null for either.</param>
    /// <param name="cancellationToken">Ends the wait and the program.</param>
    public static async Task<ContainerEngine> FindAsync(string dcpPath, string? runtime, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(dcpPath, runtime is null ? ["info"] : ["info", "--container-runtime", runtime])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            try
            {
                return Read(await output, await errors, runtime);
            }
            finally
            {
                process.Kill();
            }
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new DistributedApplicationException(DcpProblems.NotStarted(dcpPath, error.Message), error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(runtime ?? "", null, DcpProblems.NoContainerEngine($"'dcp info' did not answer within {Deadline.TotalSeconds} s."));
        }
    }

    /// <summary><c>{"version":"0.25.13",…,"containers":{"runtime":"docker","hostName":"…","installed":true,"running":false,"error":"…"}}</c></summary>
    internal static ContainerEngine Read(string output, string errors, string? runtime)
    {
        DcpEngineReport? report;
        try
        {
            report = JsonSerializer.Deserialize(output, DcpJson.Default.DcpReport)?.Containers;
        }
        catch (JsonException)
        {
            report = null;
        }

        var problem = report switch
        {
            null => DcpProblems.NoContainerEngine(errors.Trim()),
            { Installed: false } => DcpProblems.NoContainerEngine($"'{report.Runtime}' is not installed."),
            { Running: false } => DcpProblems.NoContainerEngine(report.Error ?? $"'{report.Runtime}' is installed but not running."),
            _ => null,
        };
        return new(report?.Runtime ?? runtime ?? "", report?.HostName, problem);
    }
}
