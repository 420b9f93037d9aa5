using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Simulated.Tests.Fixtures;

namespace Platform.Deploy.Images.Tests;

/// <summary>An application from its sources to a simulated account and back: the public command line and the simulator as processes.</summary>
[Collection(nameof(OneBuild))]
public sealed class DeployedImagesTests(BuiltApplication built) : IDisposable
{
    private const string Repository = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web";
#pragma warning disable CA2213 // The fixture owns it.
    private readonly SampleApplication _application = built.Reset();
#pragma warning restore CA2213
    private readonly string _state = Temporary.Folder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public async Task An_application_is_built_while_its_cluster_is_made_left_alone_changed_by_a_line_and_destroyed()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        _application.Write(
            "Deploy/environments/dev.json",
            $$"""{ "application": "shop", "region": "us-east-1", "edge": { "allowHttp": true }, "images": { "baseImage": "{{built.Bases.BaseImage}}" } }""");
        _application.Commit("Deploy to the cloud", "2026-06-07T08:09:10Z");
        // What is deployed where is no part of the image.
        var commit = _application.Git("rev-parse", "--short=12", "v1.4.0");

        // Nothing is there.
        var before = await PlannedAsync(simulator);
        Assert.Equal(("builtAtDeploy", "its repository is yet to be made"), ((string?)before["action"], (string?)before["because"]));

        // First deployment.
        var first = await RunAsync(simulator, "aws", "deploy", "--yes");
        Assert.InRange(Line(first.Error, "1 image: begun"), Line(first.Error, "shop-registry: done"), Line(first.Error, "shop-dev-cluster: done"));
        Assert.Contains("1 pushed", first.Error, StringComparison.Ordinal);
        Assert.Contains("AWS::ECR::Repository WebRepository shop-registry", await simulator.InventoryAsync());
        var image = Assert.Single(await ListedAsync(simulator));
        Assert.Equal([$"1.4.0-{commit}", $"for-dev-1.4.0-{commit}"], image["tags"]!.AsArray().Select(tag => (string?)tag));
        var inventory = await simulator.InventoryAsync();

        // Nothing changes.
        var unchanged = await PlannedAsync(simulator);
        Assert.Equal((Repository, "unchanged", (string?)image["digest"], 0), ((string?)unchanged["repository"], (string?)unchanged["action"], (string?)unchanged["digest"], (int?)unchanged["bytesToSend"]));
        var compared = await PlannedAsync(simulator, "--images");
        Assert.Equal(("unchanged", (string?)image["digest"]), ((string?)compared["action"], (string?)compared["digest"]));
        var second = await RunAsync(simulator, "aws", "deploy", "--yes");
        Assert.Contains("Nothing has to be done.", second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("pushed", second.Error, StringComparison.Ordinal);
        var pushedAgain = JsonNode.Parse((await RunAsync(simulator, "images", "push", "--json")).Output)!["images"]!.AsArray().Single()!;
        Assert.Equal((true, 0), ((bool?)pushedAgain["unchanged"], (int?)pushedAgain["bytes"]));
        Assert.Equal(inventory, await simulator.InventoryAsync());
        Assert.Single(await ListedAsync(simulator));

        // One line changes.
        _application.Write("Greetings/Greeting.cs", "namespace Greetings;\npublic static class Greeting { public const string Text = \"Good day\"; }\n");
        var changed = await PlannedAsync(simulator);
        Assert.Equal(("changed", null, null), ((string?)changed["action"], (string?)changed["digest"], (long?)changed["bytesToSend"]));
        compared = await PlannedAsync(simulator, "--images");
        var third = await RunAsync(simulator, "aws", "deploy", "--yes");
        var newer = (await ListedAsync(simulator)).Single(listed => (string?)listed["digest"] != (string?)image["digest"]);
        Assert.Equal(("new", (string?)newer["digest"]), ((string?)compared["action"], (string?)compared["digest"]));
        Assert.Equal(Layers(newer).Single(layer => layer.Name == "application").Size, (long?)compared["bytesToSend"]);
        Assert.Equal(Layers(image).Where(layer => layer.Name != "application"), Layers(newer).Where(layer => layer.Name != "application"));
        Assert.Contains("1 pushed", third.Error, StringComparison.Ordinal);
        Assert.Equal(inventory.Where(IsNoImage), (await simulator.InventoryAsync()).Where(IsNoImage));

        // And back to what was there before.
        _application.Git("checkout", "-q", "--", "Greetings");
        Assert.Equal((string?)image["digest"], (string?)(await PlannedAsync(simulator))["digest"]);

        // The end of the environment is not that of its images.
        var end = await RunAsync(simulator, "aws", "destroy", "--confirm", "shop-dev");
        Assert.Contains("stays shop-registry      its images are for all environments", end.Error, StringComparison.Ordinal);
        Assert.Contains("AWS::ECR::Repository WebRepository shop-registry", await simulator.InventoryAsync());
        Assert.Equal(2, (await ListedAsync(simulator)).Count);
    }

    [Fact]
    public async Task A_process_that_is_killed_while_it_sends_is_completed_by_the_next_over_a_bad_connection()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max", "--fault", "registry:FinishUpload#2+=hang");
        _application.Write(
            "Deploy/environments/dev.json",
            $$"""{ "application": "shop", "region": "us-east-1", "edge": { "allowHttp": true }, "images": { "baseImage": "{{built.Bases.BaseImage}}" } }""");
        _application.Commit("Deploy to the cloud", "2026-06-07T08:09:10Z");

        using (var killed = Start(simulator, "aws", "deploy", "--yes"))
        {
            await Eventually.TrueAsync(
                async _ => killed.HasExited || (await simulator.CallsAsync()).Count(call => call == "registry:FinishUpload") > 1, TimeSpan.FromMinutes(2), "the second layer that is sent");
            killed.Kill();
            await killed.WaitForExitAsync(Token);
        }

        await simulator.NoFaultsAsync();
        await simulator.FaultAsync("registry:HeadBlob#1=throttle", "registry:StartUpload#1=status:503", "registry:FinishUpload#1=cut", "registry:PutManifest#1=refuse");
        var resumed = await RunAsync(simulator, "aws", "deploy", "--yes");
        var image = Assert.Single(await ListedAsync(simulator));
        var again = await RunAsync(simulator, "aws", "deploy", "--yes");

        Assert.Contains("1 pushed", resumed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("pushed", again.Error, StringComparison.Ordinal);
        Assert.Single(await simulator.InventoryAsync(), entry => entry.StartsWith("AWS::EKS::Cluster ", StringComparison.Ordinal));
        Assert.Equal((string?)image["digest"], (string?)(await PlannedAsync(simulator))["digest"]);
    }

    [Fact]
    public async Task An_image_that_others_made_is_copied_once_into_the_mirror_when_that_is_there()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        _application.Write("Deploy/environments/dev.json", """{ "application": "shop", "region": "us-east-1", "images": { "mirror": true } }""");
        _application.Write(
            "AppHost/aspire-manifest.json",
            $$"""{ "resources": { "cache": { "type": "container.v0", "image": "{{built.Bases.BaseImage}}", "bindings": { "tcp": { "scheme": "tcp", "protocol": "tcp", "transport": "tcp", "targetPort": 6379 } } } } }""");

        var first = await RunAsync(simulator, "aws", "deploy", "--yes");
        var inventory = await simulator.InventoryAsync();
        var second = await RunAsync(simulator, "aws", "deploy", "--yes");

        Assert.True(Line(first.Error, "1 image: begun") > Line(first.Error, "shop-dev-mirror: done"));
        Assert.Contains("0 pushed, 1 copied, ", first.Error, StringComparison.Ordinal);
        Assert.Contains(inventory, entry => !IsNoImage(entry));
        Assert.DoesNotContain("copied", second.Error, StringComparison.Ordinal);
        Assert.Equal(inventory, await simulator.InventoryAsync());

        // Not wanted any more.
        _application.Write("Deploy/environments/dev.json", """{ "application": "shop", "region": "us-east-1" }""");
        var third = await RunAsync(simulator, "aws", "deploy", "--yes", "--allow-replace", "mirror");
        Assert.Contains("shop-dev-mirror: gone", third.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(await simulator.InventoryAsync(), entry => entry.Contains("shop-dev-mirror", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_is_promoted_and_taken_over_without_a_build_and_refused_for_what_its_scan_finds()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        foreach (var (environment, gate, cidr) in new[] { ("dev", "none", "10.0.0.0/16"), ("next", "critical", "10.1.0.0/16"), ("other", "critical", "10.2.0.0/16") })
        {
            _application.Write(
                $"Deploy/environments/{environment}.json",
                $$"""{ "application": "shop", "profile": "dev", "region": "us-east-1", "network": { "cidr": "{{cidr}}" }, "edge": { "allowHttp": true }, "images": { "baseImage": "{{built.Bases.BaseImage}}", "severityGate": "{{gate}}" } }""");
        }

        _application.Commit("Deploy to the cloud", "2026-06-07T08:09:10Z");
        await RunAsync(simulator, "aws", "deploy", "--environment", "dev", "--yes");
        var image = Assert.Single(await ListedAsync(simulator));

        // Promoted, and found by the next environment.
        var promoted = await RunAsync(simulator, "images", "promote", "--from", "dev", "--to", "next");
        var next = await PlannedAsync(simulator, "--environment", "next");
        Assert.Contains($"{Repository}@{image["digest"]}", promoted.Output, StringComparison.Ordinal);
        Assert.Equal(("unchanged", (string?)image["digest"]), ((string?)next["action"], (string?)next["digest"]));

        // Taken over by another one, as it is of the same sources.
        var other = await PlannedAsync(simulator, "--environment", "other");
        var deployed = await RunAsync(simulator, "aws", "deploy", "--environment", "other", "--yes");
        var after = await PlannedAsync(simulator, "--environment", "other");
        Assert.Equal(("takenOver", (string?)image["digest"], "unchanged"), ((string?)other["action"], (string?)other["digest"], (string?)after["action"]));
        Assert.Contains("0 pushed, 1 taken over, ", deployed.Error, StringComparison.Ordinal);
        Assert.Equal(["dev", "next", "other"], Assert.Single(await ListedAsync(simulator))["tags"]!.AsArray().Select(tag => ((string?)tag)!.Split('-')).Where(parts => parts[0] == "for").Select(parts => parts[1]));

        // A scan that ends after the push counts, and so does what it found before.
        await simulator.FaultAsync("scan:critical=2");
        var found = await CallAsync(simulator, "aws", "deploy", "--environment", "next", "--yes");
        _application.Write("Greetings/Greeting.cs", "namespace Greetings;\npublic static class Greeting { public const string Text = \"Good day\"; }\n");
        var pushed = await CallAsync(simulator, "aws", "deploy", "--environment", "other", "--yes");
        Assert.Equal((3, 3), (found.ExitCode, pushed.ExitCode));
        Assert.All([found, pushed], refused => Assert.Contains("DEP240: The image of 'web' has known vulnerabilities: 2 critical.", refused.Error, StringComparison.Ordinal));
        Assert.Equal(2, (await ListedAsync(simulator)).Count);
    }

    private static bool IsNoImage(string entry) => !entry.StartsWith("AWS::ECR::Image ", StringComparison.Ordinal);

    private static int Line(string text, string words)
    {
        var line = text.Split('\n').ToList().FindIndex(line => line.Contains(words, StringComparison.Ordinal));
        return line >= 0 ? line : throw new InvalidOperationException($"No line with '{words}':\n{text}");
    }

    private static IEnumerable<(string? Name, long? Size)> Layers(JsonNode image) =>
        image["platforms"]!.AsArray().Single()!["layers"]!.AsArray().Select(layer => ((string?)layer!["name"], (long?)layer["bytes"]));

    private async Task<JsonNode> PlannedAsync(SimulatorProcess simulator, params string[] options) =>
        JsonNode.Parse((await RunAsync(simulator, ["aws", "plan", "--output", "json", .. options])).Output)!["plan"]!["images"]!.AsArray().Single()!;

    private async Task<IReadOnlyList<JsonNode>> ListedAsync(SimulatorProcess simulator) =>
        [.. JsonNode.Parse((await RunAsync(simulator, "images", "list", "--environment", "dev", "--json")).Output)!["images"]!.AsArray().Select(image => image!)];

    private async Task<ToolResult> RunAsync(SimulatorProcess simulator, params string[] arguments)
    {
        var ended = await CallAsync(simulator, arguments);
        Assert.True(ended.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"'{string.Join(' ', arguments)}' ended with {ended.ExitCode}.\n{ended.Error}"));
        return ended;
    }

    private IEnumerable<KeyValuePair<string, string>> Variables(SimulatorProcess simulator) => simulator.Exports
        .Append(KeyValuePair.Create("DOTNET_EnableDiagnostics", "0"))
        .Append(KeyValuePair.Create("XDG_STATE_HOME", _state))
        .Append(KeyValuePair.Create("AWS_CONFIG_FILE", Path.Combine(_state, "no-config")))
        .Append(KeyValuePair.Create("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(_state, "no-credentials")));

    private string Folder => Path.Combine(_application.Root, "AppHost");

    private static string[] Words(string[] arguments) => [Path.Combine(AppContext.BaseDirectory, "Platform.Deploy.dll"), .. arguments, "--manifest", "aspire-manifest.json"];

    private Process Start(SimulatorProcess simulator, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", Words(arguments)) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables(simulator))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("It does not start.");
    }

    private async Task<ToolResult> CallAsync(SimulatorProcess simulator, params string[] arguments)
    {
        var call = new ToolCall("dotnet", [.. Words(arguments)], Folder)
        {
            Environment = ToolCall.Variables([.. Variables(simulator).Select(variable => (variable.Key, variable.Value))]),
            Limit = TimeSpan.FromMinutes(3),
        };
        return await ToolProcess.RunAsync(call, Token) ?? throw new InvalidOperationException("There is no dotnet here.");
    }
}
