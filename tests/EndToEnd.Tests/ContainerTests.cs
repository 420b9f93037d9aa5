using System.Diagnostics;

namespace Platform.EndToEnd.Tests;

/// <summary>Containers in the machine's engine, of the image that <c>tools/base-image.sh busybox</c> makes.</summary>
[Trait("Category", "EndToEnd")]
[Trait("Category", "Container")]
[Collection(MachineWide.Name)]
public sealed class ContainerTests : IDisposable
{
    private const string Image = "platform-test/busybox";

    // The first process of a container does not end at SIGTERM by itself, and the engine would wait ten seconds for it.
    private static readonly string[] EndsAtOnce = ["--stop-signal", "KILL"];

    private readonly string _engine = Need.ContainerImage(Image + ":1");
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-container-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_container_gets_healthy_answers_and_leaves_nothing_behind()
    {
        string id;
        await using (var app = await Applications.StartAsync(builder => Web(builder, "web")))
        {
            var healthy = await app.HealthyAsync("web");
            id = healthy.ResourceId;
            using var http = app.CreateHttpClient("web");

            Assert.Equal("Hello from busybox.\n", await http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
            Assert.Equal("Container", healthy.Snapshot.ResourceType);
            Assert.Contains(healthy.Snapshot.Properties, property => property is { Name: "container.image", Value: Image + ":1" });
            Assert.Contains(healthy.Snapshot.Properties, property => property is { Name: "container.id", Value: string { Length: > 10 } });
            await app.LineAsync("web", "response:200");
        }

        Assert.DoesNotContain(id, await EngineAsync("ps", "-a"), StringComparison.Ordinal);
        Assert.DoesNotContain("application", await EngineAsync("network", "ls"), StringComparison.Ordinal);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Stop_and_start_keep_the_public_port()
    {
        await using var app = await Applications.StartAsync(builder => Web(builder, "web"));
        await app.HealthyAsync("web");
        var address = app.GetEndpoint("web");

        Assert.Equal(CommandResults.Success(), await app.CommandAsync("web", "stop"));
        var stopped = app.Snapshot("web");
        Assert.Equal(CommandResults.Success(), await app.CommandAsync("web", "start"));
        await app.HealthyAsync("web");

        using var http = app.CreateHttpClient("web");
        Assert.Equal("Hello from busybox.\n", await http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(address, http.BaseAddress);
        Assert.Contains(stopped.State?.Text, (string[])[KnownResourceStates.Exited, KnownResourceStates.Finished]);
        Assert.Null(stopped.State?.Style);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Variables_and_arguments_arrive_unchanged_and_both_streams_are_logged()
    {
        await using var app = await Applications.StartAsync(builder => Shell(builder, "tool", "echo \"$TEXT\"; echo \"$1\" >&2; exec sleep 1000")
            .WithArgs("tool", "{{ .Name }} two  blanks")
            .WithEnvironment("TEXT", "a {{.Name}} $HOME"));

        await app.LineAsync("tool", "a {{.Name}} $HOME");
        await app.LineAsync("tool", "{{ .Name }} two  blanks");

        Assert.True(app.LogOf("tool").Single(line => line.Content.EndsWith("two  blanks", StringComparison.Ordinal)).IsErrorMessage);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_volume_outlives_the_application()
    {
        var volume = $"platform-test-{Guid.NewGuid():N}";
        try
        {
            await using (var first = await Applications.StartAsync(builder => Shell(builder, "writes", "echo kept > /data/file; echo written; exec sleep 1000").WithVolume(volume, "/data")))
            {
                await first.LineAsync("writes", "written");
            }

            await using var second = await Applications.StartAsync(builder => Shell(builder, "reads", "cat /data/file; exec sleep 1000").WithVolume(volume, "/data", isReadOnly: true));
            await second.LineAsync("reads", "kept");
        }
        finally
        {
            await EngineAsync("volume", "rm", "-f", volume);
        }
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_bind_mount_shows_a_folder_and_can_be_read_only()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "from the machine\n", TestContext.Current.CancellationToken);
        await using var app = await Applications.StartAsync(builder =>
            Shell(builder, "reads", "cat /data/file; echo new > /data/new || echo refused; exec sleep 1000").WithBindMount(_folder, "/data", isReadOnly: true));

        await app.LineAsync("reads", "refused");

        Assert.Contains("from the machine", app.Lines("reads"));
        Assert.Equal([Path.Combine(_folder, "file")], Directory.GetFiles(_folder));
        Assert.Equal([new VolumeSnapshot(_folder, "/data", "bind", IsReadOnly: true)], app.Snapshot("reads").Volumes);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Containers_find_each_other_by_name()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            var web = Web(builder, "web");
            Shell(builder, "client", "wget -q -O - \"$WEB_HTTP\"; wget -q -O - http://web:8080/; wget -q -O - http://other-name:8080/; echo done; exec sleep 1000")
                .WithEnvironment("WEB_HTTP", web.GetEndpoint("http")).WaitFor(web);
            web.WithContainerNetworkAlias("other-name");
        });

        await app.LineAsync("client", "done");

        Assert.Equal(3, app.Lines("client").Count(line => line == "Hello from busybox."));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_process_of_the_machine_reaches_a_container()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            var web = Web(builder, "web");
            builder.AddService("service").WithReference(web.GetEndpoint("http")).WaitFor(web);
        });
        await app.HealthyAsync("service");

        var address = new Uri((await app.EnvironmentAsync("service"))["services__web__http__0"]);
        using var http = new HttpClient();

        Assert.Equal("Hello from busybox.\n", await http.GetStringAsync(address, TestContext.Current.CancellationToken));
        Assert.Equal(app.GetEndpoint("web"), address);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_container_that_ends_with_an_error_is_a_crash()
    {
        await using var app = await Applications.StartAsync(builder => Shell(builder, "crash", "echo no such table; exit 3"));

        var ended = await app.UntilAsync("crash", snapshot => snapshot.ExitCode is not null, "ended");

        Assert.Equal((new ResourceStateSnapshot(KnownResourceStates.Exited, KnownResourceStateStyles.Error), 3), (ended.Snapshot.State, ended.Snapshot.ExitCode));
        await app.LineAsync("crash", "no such table");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task An_image_that_is_not_there_fails_with_the_engines_words()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddContainer("nothing", "platform-test/nothing", "1").WithImagePullPolicy(ImagePullPolicy.Never));

        var failed = await app.InStateAsync("nothing", KnownResourceStates.FailedToStart);

        Assert.Equal(KnownResourceStateStyles.Error, failed.Snapshot.State?.Style);
        await app.LineAsync("nothing", "platform-test/nothing:1");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_Dockerfile_is_built()
    {
        Assert.SkipUnless((await EngineAsync("buildx", "version")).Contains("buildx", StringComparison.Ordinal), "Only on engines with BuildKit, which DCP builds images with.");
        await File.WriteAllTextAsync(Path.Combine(_folder, "Dockerfile"), $"FROM {Image}:1\nARG GREETING\nRUN echo \"$GREETING\" > /www/index.html\n", TestContext.Current.CancellationToken);
        await using var app = await Applications.StartAsync(builder =>
            builder.AddDockerfile("built", _folder).WithBuildArg("GREETING", "made here").WithHttpEndpoint(targetPort: 8080).WithHttpHealthCheck("/"));
        await app.HealthyAsync("built");

        using var http = app.CreateHttpClient("built");

        Assert.Equal("made here\n", await http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    private static IResourceBuilder<ContainerResource> Web(IDistributedApplicationBuilder builder, string name) =>
        builder.AddContainer(name, Image, "1").WithImagePullPolicy(ImagePullPolicy.Never).WithContainerRuntimeArgs(EndsAtOnce).WithHttpEndpoint(targetPort: 8080).WithHttpHealthCheck("/");

    private static IResourceBuilder<ContainerResource> Shell(IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddContainer(name, Image, "1").WithImagePullPolicy(ImagePullPolicy.Never).WithContainerRuntimeArgs(EndsAtOnce).WithEntrypoint("sh").WithArgs("-c", script);

    private async Task<string> EngineAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(_engine, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("No process was started.");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
