using System.Diagnostics;
using Platform.Deploy.Tests;

namespace Platform.Deploy.Simulated.Tests.Fixtures;

/// <summary>A small application with its settings in a folder, deployed by the public command line as a process.</summary>
internal sealed class Shop : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();

    public Shop(string settings = """{ "application": "shop", "region": "us-east-1" }""")
    {
        _folder.Write("manifest.json", $$"""
            {
              "$schema": "https://json.schemastore.org/aspire-8.0.json",
              "resources": {
                "password": { "type": "parameter.v0", "value": "{password.inputs.value}", "inputs": { "value": { "type": "string", "secret": true, "default": { "generate": { "minLength": 22 } } } } },
                "cache": { "type": "container.v0", "image": "docker.io/library/redis:8.2",
                  "bindings": { "tcp": { "scheme": "tcp", "protocol": "tcp", "transport": "tcp", "targetPort": 6379 } } },
                "web": { "type": "container.v0", "image": "docker.io/library/nginx:1.29", "env": { "CACHE": "{cache.bindings.tcp.host}", "PASSWORD": "{password.value}" },
                  "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "targetPort": 8080, "external": true } } }
              }
            }
            """);
        Settings("dev", settings);
    }

    /// <summary>What the machine keeps of runs.</summary>
    public string State => _folder.File("state");

    /// <summary>Of each command, beside those of the machine.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>The options that say where the application and its settings are; empty: they are looked for.</summary>
    public IReadOnlyList<string> Source { get; set; } = ["--manifest", "manifest.json", "--settings", "environments"];

    public string Folder => _folder.Path;

    public void Manifest(string text) => _folder.Write("manifest.json", text);

    public void Settings(string environment, string text) => _folder.Write($"environments/{environment}.json", text);

    public async Task<Ended> RunAsync(SimulatorProcess? simulator, params string[] arguments)
    {
        using var process = Start(simulator, arguments);
        return await EndAsync(process);
    }

    /// <summary>For who wants to do something to it meanwhile.</summary>
    public Process Start(SimulatorProcess? simulator, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = _folder.Path };
        string[] words = [Path.Combine(AppContext.BaseDirectory, "Platform.Deploy.dll"), "aws", .. arguments, .. Source];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("PLATFORM_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in simulator?.Exports ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        // Else each that is killed leaves its debugger's pipes in the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["XDG_STATE_HOME"] = State;
        start.Environment["AWS_CONFIG_FILE"] = _folder.File("no-config");
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = _folder.File("no-credentials");
        return Process.Start(start) ?? throw new InvalidOperationException("It does not start.");
    }

    public static async Task<Ended> EndAsync(Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new Ended(process.ExitCode, await output, await error);
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>How a command ended.</summary>
internal sealed record Ended(int ExitCode, string Out, string Error)
{
    /// <summary>The codes of its problems.</summary>
    public IReadOnlyList<string> Codes => [.. Error.Split('\n').Where(line => line.StartsWith("error DEP", StringComparison.Ordinal)).Select(line => line[6..12])];

    public Ended Succeeded()
    {
        Assert.True(ExitCode == 0, $"It ended with {ExitCode}.\n{Error}\n{Out}");
        return this;
    }
}
