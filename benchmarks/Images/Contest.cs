using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks.Images;

/// <param name="Figures">Of the program itself.</param>
/// <param name="Processor">Of the program and all that it started: on a busy machine the one figure that can be compared.</param>
/// <param name="Sent">Bytes that went to the registry, requests included.</param>
internal sealed record Turn(ProcessFigures Figures, TimeSpan Processor, long Sent);

/// <summary>The same application published, pushed by the tool, and pushed by the SDK: for both architectures, compiled ahead, without TLS.</summary>
internal sealed class Contest(BuiltTool tool, SampleApplication application, CountingProxy proxy, string baseImage)
{
    private string Workspace => Path.Combine(application.Folder, "artifacts", "images");

    /// <summary>Restores, fills the caches of both, and brings the base into both repositories.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        await PushAsync(cancellationToken);
        await PublishContainerAsync(cancellationToken);
    }

    /// <summary>The tool, from its start to its end.</summary>
    public Task<Turn> PushAsync(CancellationToken cancellationToken) => PushAsync("amd64,arm64", cancellationToken);

    public Task<Turn> PushOneArchitectureAsync(CancellationToken cancellationToken) => PushAsync("amd64", cancellationToken);

    /// <summary>Nothing but the call of MSBuild that the tool makes, into a folder as empty as it is there.</summary>
    public Task<Turn> PublishAsync(CancellationToken cancellationToken)
    {
        Directory.Delete(Path.Combine(Workspace, "build", "publish"), recursive: true);
        return RunAsync("dotnet", ["msbuild", Path.Combine(Workspace, "images.proj"), "-nologo", "-m", "-verbosity:quiet"], cancellationToken);
    }

    /// <summary>The SDK's way.</summary>
    public Task<Turn> PublishContainerAsync(CancellationToken cancellationToken) => RunAsync(
        "dotnet",
        [
            "publish", Path.Combine(application.Folder, "Web"), "-c", "Release", "-t:PublishContainer", "--self-contained", "false", "-nologo", "-v:quiet",
            $"-p:ContainerBaseImage={baseImage}", $"-p:ContainerRegistry={proxy.Host}", "-p:ContainerRepository=sdk/web", "-p:ContainerImageTag=1.0.0",
            "-p:ContainerRuntimeIdentifiers=\"linux-x64;linux-arm64\"", "-p:ContinuousIntegrationBuild=true",
        ],
        cancellationToken);

    private Task<Turn> PushAsync(string architectures, CancellationToken cancellationToken) => RunAsync(
        tool.Program, ["images", "push", "--manifest", application.Manifest, "--registry", proxy.Host, "--architectures", architectures], cancellationToken);

    private async Task<Turn> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        proxy.TakeSent();
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = application.Folder };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // Neither way may profit from what the other one left running.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        var before = ProcessorOfChildren();
        var figures = await ProcessFigures.MeasureAsync(start, cancellationToken);
        return new Turn(figures, ProcessorOfChildren() - before, proxy.TakeSent());
    }

    // Of /proc/self/stat behind the name's closing bracket: user and system time of children that have ended, with theirs. In hundredths of a second on every Linux.
    private static TimeSpan ProcessorOfChildren()
    {
        const string stat = "/proc/self/stat";
        return File.Exists(stat)
            ? TimeSpan.FromMilliseconds(10 * File.ReadAllText(stat).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[13..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)))
            : TimeSpan.Zero;
    }
}
