using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Platform.Deploy.Manifests;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Tests.Manifests;

public sealed partial class ManifestSourceTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly List<FakeAppHost> _hosts = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _hosts.ForEach(host => host.Dispose());

    [Fact]
    public async Task An_AppHost_is_built_and_run_and_its_manifest_read_as_if_it_stood_beside_it()
    {
        var host = Host("echo built", FakeAppHost.Writes + "\necho written");
        var said = new ConcurrentQueue<string>();

        var input = await ManifestSource.FromAppHostAsync(host.Run with { Said = said.Enqueue }, Cancellation);

        var manifest = ManifestReader.Read(input).Manifest;
        Assert.Equal((host.Folder, new WorkloadSource.Project("../Web/Web.csproj")), (manifest.Folder, manifest.Resources.Cast<ManifestResource.Workload>().Single().Source));
        Assert.Equal(["built", "written"], said);
        Assert.Equal(
            """
            build PROJECT -nologo -v:minimal -tl:off -clp:NoSummary
            run --no-build --no-launch-profile --project PROJECT -- --publisher manifest --output-path FOLDER/obj/platform/manifest-N.json

            """,
            Unique().Replace(host.Read("calls").Replace(host.Run.Project, "PROJECT", StringComparison.Ordinal).Replace(host.Folder, "FOLDER", StringComparison.Ordinal), "manifest-N"));
        Assert.Empty(host.Left);
    }

    [Fact]
    public async Task What_Aspire_puts_beside_its_manifest_stays_where_the_manifest_says()
    {
        var host = Host("", """
            for argument; do output=$argument; done
            echo FROM scratch > "$(dirname "$output")/python.Dockerfile"
            echo '{ "resources": { "python": { "type": "container.v1", "build": { "context": "../../../python", "dockerfile": "python.Dockerfile",
              "secrets": { "npmrc": { "type": "file", "source": "../../.npmrc" } } },
              "bindMounts": [ { "source": "../../config", "target": "/config", "readOnly": true }, { "source": "/var/run/docker.sock", "target": "/s", "readOnly": true } ] },
              "script": { "type": "executable.v0", "command": "node", "workingDirectory": "../.." } } }' > "$output"
            """);

        var input = await ManifestSource.FromAppHostAsync(host.Run, Cancellation);

        Assert.Equal(
            """
            Workload python (container.v1)
              Source: Build
                Context: ../python
                Dockerfile: obj/platform/python.Dockerfile
                Secrets.npmrc: File
                  Source: .npmrc
              BindMounts: ManifestBindMount
                Source: config
                Target: /config
                ReadOnly: True
              BindMounts: ManifestBindMount
                Source: /var/run/docker.sock
                Target: /s
                ReadOnly: True
            Workload script (executable.v0)
              Source: Executable
                Command: node
                WorkingDirectory: .

            """,
            Dump.Of(ManifestReader.Read(input)));
        Assert.Equal(["obj/platform/python.Dockerfile"], host.Left);
    }

    [Fact]
    public void Variables_of_whoever_calls_do_not_steer_the_AppHost()
    {
        var variables = new Dictionary<string, string?>
        {
            ["PATH"] = "/usr/bin",
            ["ASPNETCORE_URLS"] = "http://localhost:5000",
            ["DOTNET_ENVIRONMENT"] = "Staging",
            ["AppHost__Operation"] = "run",
            ["MSBuildSDKsPath"] = "/elsewhere",
            ["DOTNET_ROOT"] = "/usr/share/dotnet",
            ["Parameters__key"] = "value",
        };

        AppHostEnvironment.Prepare(variables);

        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["PATH"] = "/usr/bin",
                ["DOTNET_ROOT"] = "/usr/share/dotnet",
                ["Parameters__key"] = "value",
                ["DOTNET_NOLOGO"] = "1",
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
                ["NO_COLOR"] = "1",
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
                ["PlatformRestoreBundle"] = "false",
            },
            variables);
    }

    [Fact]
    public async Task What_a_killed_run_left_is_cleared_a_day_later()
    {
        var host = Host("", FakeAppHost.Writes);
        var old = host.Add("obj/platform/manifest-old.json", "{}");
        host.Add("obj/platform/manifest-new.json", "{}");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));

        await ManifestSource.FromAppHostAsync(host.Run, Cancellation);

        Assert.Equal(["obj/platform/manifest-new.json"], host.Left);
    }

    [Fact]
    public async Task Errors_of_the_compiler_are_shown()
    {
        var host = Host(
            """
            echo "  Restored everything"
            echo "  /app/Program.cs(3,9): error CS0103: The name 'bulider' does not exist in the current context [/app/AppHost.csproj]"
            echo "  /app/Program.cs(3,9): error CS0103: The name 'bulider' does not exist in the current context [/app/AppHost.csproj]"
            echo "  Other -> /app/Other.dll"
            exit 1
            """,
            "");

        Assert.Equal(
            """
            error DEP033: 'AppHost.csproj' does not build.
                | /app/Program.cs(3,9): error CS0103: The name 'bulider' does not exist in the current context [/app/AppHost.csproj]
              fix Mend it, or see what 'dotnet build' says.

            """,
            await ProblemsAsync(host.Run));
    }

    [Fact]
    public async Task An_AppHost_that_fails_is_shown_with_its_last_lines()
    {
        var host = Host("", "for i in $(seq 30); do echo line $i; done; exit 3");

        Assert.Equal(
            $"""
            error DEP034: 'AppHost.csproj' ended with exit code 3 instead of writing its manifest.
            {string.Join('\n', Enumerable.Range(11, 20).Select(i => $"    | line {i}"))}
              fix See the lines above. To run it alone: dotnet run --project APPHOST -- --publisher manifest --output-path aspire-manifest.json

            """,
            await ProblemsAsync(host.Run));
    }

    [Fact]
    public async Task An_AppHost_that_writes_nothing_is_told()
    {
        var host = Host("", "echo Hello, World!");

        Assert.Equal(
            """
            error DEP035: 'AppHost.csproj' ended without writing a manifest.
                | Hello, World!
              fix Let its Program.cs pass 'args' to CreateBuilder and end with Build().Run().

            """,
            await ProblemsAsync(host.Run));
    }

    [Fact]
    public async Task An_AppHost_that_hangs_is_ended_with_all_its_children()
    {
        var host = Host("", "sleep 1000 & echo child $!; wait");
        var time = new FakeTimeProvider();
        var child = new TaskCompletionSource<int>();

        var problems = ProblemsAsync(host.Run with { Time = time, Said = line => child.TrySetResult(Id(line)) });
        var id = await child.Task.WaitAsync(Deadline, Cancellation);
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(
            $"""
            error DEP036: 'AppHost.csproj' was still writing its manifest after 120 s and was ended.
                | child {id}
              fix See what it waits for in the lines above. In publish mode nothing may wait for a service or a person.

            """,
            await problems.WaitAsync(Deadline, Cancellation));
        await Eventually.TrueAsync(async _ => !await RunsAsync(id), Deadline, "the end of the child");
        Assert.Empty(host.Left);
    }

    [Fact]
    public async Task A_build_that_nobody_wants_any_more_is_ended_with_all_its_children()
    {
        var host = Host("sleep 1000 & echo child $!; wait", "");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var child = new TaskCompletionSource<int>();

        var input = ManifestSource.FromAppHostAsync(host.Run with { Said = line => child.TrySetResult(Id(line)) }, cancellation.Token);
        var id = await child.Task.WaitAsync(Deadline, Cancellation);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => input.WaitAsync(Deadline, Cancellation));
        await Eventually.TrueAsync(async _ => !await RunsAsync(id), Deadline, "the end of the child");
    }

    [Fact]
    public async Task A_child_that_outlives_the_AppHost_holds_nobody_up()
    {
        var host = Host("", FakeAppHost.Writes + "\nsleep 1000 & echo child $!");
        var child = new TaskCompletionSource<int>();

        var input = await ManifestSource.FromAppHostAsync(host.Run with { Said = line => child.TrySetResult(Id(line)) }, Cancellation).WaitAsync(Deadline, Cancellation);

        Assert.Equal([], ManifestReader.Read(input).Problems);
        using var left = Process.GetProcessById(await child.Task);
        left.Kill();
    }

    [Fact]
    public async Task A_machine_without_the_SDK_is_told()
    {
        var host = Host("", "");

        var exception = await Assert.ThrowsAsync<DeployException>(() => ManifestSource.FromAppHostAsync(host.Run with { Dotnet = "no-such-program" }, Cancellation));

        Assert.Equal(
            """
            error DEP037: There is no program 'no-such-program', which builds and runs the AppHost.
              fix Install the .NET SDK (https://dot.net), or render a manifest by --manifest FILE.

            """,
            Dump.Of(exception.Problems));
        Assert.Equal(ExitCode.Environment, exception.ExitCode);
    }

    [Fact]
    public async Task A_project_that_is_no_AppHost_is_never_run()
    {
        var host = Host("", FakeAppHost.Writes);
        host.Add("AppHost.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />");
        host.Add("on-msbuild", "echo");

        Assert.Equal(
            """
            error DEP030: 'AppHost.csproj' is no AppHost.
              fix Name the project that describes the application. If it is this one, set the property IsAspireHost to true in it.

            """,
            await ProblemsAsync(host.Run));
        Assert.Equal($"msbuild {host.Run.Project} -nologo -getProperty:IsAspireHost\n", host.Read("calls"));
    }

    [Fact]
    public async Task A_project_that_becomes_an_AppHost_elsewhere_is_one()
    {
        var host = Host("", FakeAppHost.Writes);
        host.Add("AppHost.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        host.Add("on-msbuild", "echo True");

        var input = await ManifestSource.FromAppHostAsync(host.Run, Cancellation);

        Assert.Equal([], ManifestReader.Read(input).Problems);
    }

    [Fact]
    public async Task A_file_is_read_as_it_is()
    {
        var host = Host("", "");
        var path = host.Add("m.json", "{}");

        var input = await ManifestSource.FromFileAsync(path, Cancellation);

        Assert.Equal((host.Folder, host.Folder, "{}\n"), (input.Folder, input.WrittenIn, System.Text.Encoding.UTF8.GetString(input.Utf8.Span)));
    }

    [Fact]
    public async Task Of_a_file_without_end_no_more_is_read_than_shows_that_it_is_too_large()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "Needs /dev/zero.");

        var input = await ManifestSource.FromFileAsync("/dev/zero", Cancellation);

        Assert.Equal("error DEP014: The manifest is larger than 50 MB.\n  fix Name a file that an AppHost wrote.\n", Dump.Of(ManifestReader.Read(input).Problems));
    }

    [Theory]
    [InlineData("missing.json", "it is not there")]
    [InlineData("missing/missing.json", "it is not there")]
    [InlineData("obj", "it is a folder")]
    public async Task A_file_that_cannot_be_read_is_told(string name, string reason)
    {
        var host = Host("", "");
        host.Add("obj/file", "");
        var path = Path.Combine(host.Folder, name);

        var exception = await Assert.ThrowsAsync<DeployException>(() => ManifestSource.FromFileAsync(path, Cancellation));

        Assert.Equal(
            $"error DEP028: The manifest '{path}' cannot be read: {reason}.\n  fix Name a file that is there, or an AppHost by --app-host.\n", Dump.Of(exception.Problems));
    }

    private FakeAppHost Host(string build, string run)
    {
        _hosts.Add(new FakeAppHost(build, run));
        return _hosts[^1];
    }

    private static async Task<string> ProblemsAsync(AppHostRun run) =>
        Dump.Of((await Assert.ThrowsAsync<DeployException>(() => ManifestSource.FromAppHostAsync(run, Cancellation))).Problems);

    private static int Id(string line) => int.Parse(line["child ".Length..], CultureInfo.InvariantCulture);

    // It is killed before it is gone, and a zombie until somebody collects it.
    private static async Task<bool> RunsAsync(int id)
    {
        try
        {
            return !(await File.ReadAllTextAsync($"/proc/{id}/stat", Cancellation)).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    [GeneratedRegex("manifest-[0-9a-f]{32}")]
    private static partial Regex Unique();
}
