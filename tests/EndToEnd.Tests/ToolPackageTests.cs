using System.Diagnostics;

namespace Platform.EndToEnd.Tests;

/// <summary>The package that <c>dotnet pack Deploy</c> makes, installed and run beside another application.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-tool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_packed_tool_renders_beside_another_application_with_the_environments_found_there()
    {
        var (packages, tools, application) = (Path.Combine(_folder, "packages"), Path.Combine(_folder, "tools"), Path.Combine(_folder, "shop"));
        Directory.CreateDirectory(Path.Combine(application, "environments"));
        await File.WriteAllTextAsync(Path.Combine(application, "manifest.json"), """{ "resources": { "cache": { "type": "container.v0", "image": "redis:7.4" } } }""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(application, "environments", "dev.json"), """{ "namespace": "of-the-environment" }""", TestContext.Current.CancellationToken);

        // What the build of the tests made: compiling ahead is measured by the benchmark and takes minutes.
        await RunAsync(_folder, "dotnet", "pack", Path.Combine(Repository.Root, "Deploy"), "--no-build", "-c", "Debug", "-p:CompiledAhead=false", "-o", packages);
        await RunAsync(_folder, "dotnet", "tool", "install", "Platform.Deploy", "--tool-path", tools, "--source", packages);
        var told = await RunAsync(application, Path.Combine(tools, "platform"), "render", "--manifest", "manifest.json", "-o", "out");

        Assert.Contains("files written to out\n  dev: ", told, StringComparison.Ordinal);
        Assert.Contains(
            "namespace: of-the-environment\n",
            await File.ReadAllTextAsync(Path.Combine(application, "out", "kubernetes", "dev", "workloads", "cache.yaml"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string workingDirectory, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
        // No server of the build may outlive the test.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await error}");
        return await output;
    }
}
