using System.Collections.Immutable;
using System.Globalization;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>A container of an image of the test's registry, isolated as a pod is, whose port 8080 is published on this machine.</summary>
internal sealed class RunningContainer : IAsyncDisposable
{
    // As pods are run, and docker-compose.yml.
    private static readonly ImmutableArray<string> Isolation =
        ["--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--memory", "256m", "--pids-limit", "256"];

    private readonly string _engine;
    private readonly string _id;

    private RunningContainer(string engine, string id, Uri address)
    {
        _engine = engine;
        _id = id;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
    }

    public HttpClient Client { get; }

    public static Task<RunningContainer> StartAsync(string reference) => StartAsync(reference, "linux/amd64", [], []);

    /// <param name="reference">In a registry of this machine.</param>
    /// <param name="platform">Such as <c>linux/arm64</c>.</param>
    /// <param name="options">Of the engine's <c>run</c>.</param>
    /// <param name="arguments">Of the container's process.</param>
    public static async Task<RunningContainer> StartAsync(string reference, string platform, ImmutableArray<string> options, ImmutableArray<string> arguments)
    {
        var engine = await PullAsync(reference, platform);
        return await RunAsync(engine, reference, ["--platform", platform, .. options], arguments);
    }

    /// <summary>Of an image that the engine has.</summary>
    public static Task<RunningContainer> StartLoadedAsync(string name) => RunAsync(Need.ContainerEngine(), name, ["--pull", "never"], []);

    /// <summary>What a program writes that ends by itself.</summary>
    public static async Task<string> OutputAsync(string reference)
    {
        var engine = await PullAsync(reference, "linux/amd64");
        var result = await RunAsync(engine, ["run", "--rm", .. Isolation, reference]);
        await RunAsync(engine, ["rmi", "--force", reference]);
        return result.Output;
    }

    public Task HealthyAsync(TimeSpan deadline) =>
        Eventually.TrueAsync(async cancellationToken => (await Client.GetAsync("/health", cancellationToken)).IsSuccessStatusCode, deadline, "the container to be healthy");

    /// <summary>Another process in the container, such as a probe; returns its exit code and what it said.</summary>
    public async Task<string> ExecuteAsync(params string[] command)
    {
        var result = await ToolProcess.RunAsync(new ToolCall(_engine, ["exec", _id, .. command], Repository.Root), TestContext.Current.CancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{result?.ExitCode}: {result?.Output.Trim()}");
    }

    public Task SignalAsync(string signal) => RunAsync(_engine, ["kill", "--signal", signal, _id]);

    /// <summary>Waits for the end of the container.</summary>
    public async Task<string> ExitCodeAsync() => (await RunAsync(_engine, ["wait", _id])).Output.Trim();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        // By its id an image goes with all its names.
        var image = (await RunAsync(_engine, ["inspect", "--format", "{{.Image}}", _id])).Output.Trim();
        await RunAsync(_engine, ["rm", "--force", _id]);
        await RunAsync(_engine, ["rmi", "--force", image]);
    }

    private static async Task<RunningContainer> RunAsync(string engine, string reference, ImmutableArray<string> options, ImmutableArray<string> arguments)
    {
        var id = (await RunAsync(engine, ["run", "--detach", "--publish", "127.0.0.1::8080", .. Isolation, .. options, reference, .. arguments])).Output.Trim();
        var port = (await RunAsync(engine, ["port", id, "8080/tcp"])).Output.Trim().Split(':')[^1];
        return new RunningContainer(engine, id, new Uri($"http://127.0.0.1:{port}"));
    }

    private static async Task<string> PullAsync(string reference, string platform)
    {
        var engine = Need.ContainerEngine();
        // Docker takes registries of this machine without TLS by itself.
        await RunAsync(engine, ["pull", "--quiet", "--platform", platform, .. engine == "podman" ? ["--tls-verify=false"] : Array.Empty<string>(), reference]);
        return engine;
    }

    private static async Task<ToolResult> RunAsync(string engine, ImmutableArray<string> arguments)
    {
        var result = await ToolProcess.RunAsync(new ToolCall(engine, arguments, Repository.Root), CancellationToken.None);
        return result is { ExitCode: 0 } ? result : throw new InvalidOperationException($"{engine} {string.Join(' ', arguments)}: {result?.Error}");
    }
}
