using System.Text.Json.Nodes;
using Platform.Deploy.Simulated.Tests.Fixtures;

namespace Platform.Deploy.Simulated.Tests;

/// <summary>No secret is anywhere but where it has to be.</summary>
public sealed class CanaryTests : IDisposable
{
    private const string Canary = "cAnary7Qx91mZ";

    private const string Manifest = """
        {
          "resources": {
            "token": { "type": "parameter.v0", "value": "{token.inputs.value}", "inputs": { "value": { "type": "string", "secret": true } } },
            "password": { "type": "parameter.v0", "value": "{password.inputs.value}",
              "inputs": { "value": { "type": "string", "secret": true, "default": { "generate": { "minLength": 22 } } } } },
            "store": { "type": "value.v0", "connectionString": "Host=store.example.com;Password={password.value};Token={token.value}" },
            "job": { "type": "container.v1", "build": { "context": ".", "dockerfile": "Dockerfile", "args": { "MODE": "fast" }, "secrets": { "TOKEN": { "type": "env", "value": "{token.value}" } } } },
            "web": { "type": "container.v0", "image": "docker.io/library/nginx:1.29", "args": ["--serve"],
              "env": { "TOKEN": "{token.value}", "PASSWORD": "{password.value}", "STORE": "{store.connectionString}" },
              "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "targetPort": 8080, "external": true } } }
          }
        }
        """;

    private readonly Shop _shop = new();
    private readonly Platform.Deploy.Tests.TemporaryFolder _account = new();

    public void Dispose()
    {
        _shop.Dispose();
        _account.Dispose();
    }

    [Fact]
    public async Task No_secret_is_in_an_output_a_file_or_the_arguments_of_a_tool()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The tools that write their arguments down are shell scripts.");
        _shop.Manifest(Manifest);
        await File.WriteAllTextAsync(Path.Combine(_shop.Folder, "Dockerfile"), "FROM scratch\n", TestContext.Current.CancellationToken);
        _shop.Variables["Parameters__token"] = Canary;
        _shop.Variables["PATH"] = $"{Tools()}:{Environment.GetEnvironmentVariable("PATH")}";
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max", "--state", _account.Path);

        List<Ended> runs =
        [
            (await _shop.RunAsync(simulator, "plan", "--output-file", "plan.json")).Succeeded(),
            (await _shop.RunAsync(simulator, "deploy", "--yes", "--without-images", "--output", "json")).Succeeded(),
            (await _shop.RunAsync(simulator, "plan", "--output", "json")).Succeeded(),
            (await _shop.RunAsync(simulator, "outputs", "--output", "json")).Succeeded(),
            (await _shop.RunAsync(simulator, "doctor")).Succeeded(),
            await _shop.RunAsync(simulator, "deploy", "--yes"),
        ];
        await simulator.FaultAsync("cloudformation:ListStacks=error:AccessDenied");
        runs.Add(await _shop.RunAsync(simulator, "status"));
        await simulator.NoFaultsAsync();
        await simulator.FaultAsync("cloudformation:DescribeStackEvents=expired-token");
        runs.Add(await _shop.RunAsync(simulator, "destroy", "--confirm", "shop-dev", "--delete-data"));
        await simulator.NoFaultsAsync();
        await simulator.StopAsync(TestContext.Current.CancellationToken);

        var account = JsonNode.Parse(await File.ReadAllTextAsync(Account, TestContext.Current.CancellationToken))!;
        var secrets = Held(account).Append(Canary).Append(simulator.Exports["AWS_SECRET_ACCESS_KEY"]).ToList();
        var texts = runs.Select((run, at) => ($"the output of run {at}", run.Out + run.Error))
            .Concat(Files(_shop.Folder))
            .Concat(Files(_account.Path).Where(file => file.Name != Account))
            .Append((Account, account.ToJsonString()));
        var leaks = from text in texts from secret in secrets where text.Item2.Contains(secret, StringComparison.Ordinal) select $"{text.Item1} has {secret[..3]}…";
        Assert.InRange(secrets.Count, 5, 1_000);
        Assert.Contains("docker buildx build", await File.ReadAllTextAsync(Arguments, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(leaks);
    }

    private string Account => _account.File("account.json");

    private string Arguments => _shop.Folder + "/arguments";

    /// <summary>Takes the secrets out of the one place where an account has to hold them: its sessions. Of the values of Secrets Manager it keeps none.</summary>
    private static List<string> Held(JsonNode account)
    {
        var held = new List<string>();
        Take(account, "");
        return held;

        void Take(JsonNode? node, string inside)
        {
            foreach (var (name, value) in node is JsonObject some ? some.ToList() : [])
            {
                if (inside == "sessions" && name is "secretAccessKey" or "sessionToken")
                {
                    held.Add(value!.GetValue<string>());
                    node![name] = "";
                }
                else
                {
                    Take(value, name);
                }
            }

            foreach (var one in node is JsonArray all ? all.ToList() : [])
            {
                Take(one, inside);
            }
        }
    }

    private static IEnumerable<(string Name, string Text)> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock").Select(file => (file, File.ReadAllText(file)));

    /// <summary>A folder with builders that only write their arguments down.</summary>
    private string Tools()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_shop.Folder, "tools")).FullName;
        foreach (var tool in (string[])["docker", "podman", "buildah"])
        {
            var script = Path.Combine(folder, tool);
            File.WriteAllText(script, $"#!/bin/sh\necho \"{tool} $*\" >> '{Arguments}'\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        return folder;
    }
}
