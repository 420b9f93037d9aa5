namespace Platform.EndToEnd.Tests;

/// <summary>An application with containers on a machine whose engine does not answer.</summary>
[Trait("Category", "EndToEnd")]
public sealed class NoContainerEngineTests
{
    private static readonly KeyValuePair<string, string?>[] Nowhere = [new("DOCKER_HOST", "unix:///nowhere/docker.sock"), new("CONTAINER_HOST", "unix:///nowhere/podman.sock")];

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_container_says_what_is_missing_and_everything_else_runs()
    {
        await using var host = HostProcess.Start("tests/Programs/SampleHost", null, Nowhere, "--no-dashboard", "--Sample", "containers");
        await host.LineAsync("No container engine");
        await host.LineAsync("see docs/errors.md#hst260");
        await host.LineAsync("Healthy");

        host.Signal("TERM");

        Assert.Equal(0, await host.ExitCodeAsync());
        var engine = host.Output.Split('\n').SkipWhile(line => !line.Contains("No container engine", StringComparison.Ordinal)).Take(2).Select(line => line[10..].Trim());
        Assert.Equal("database   No container engine", engine.First());
        Assert.Contains("error HST260: No container engine answers: containers cannot be started, everything else runs.", host.Output, StringComparison.Ordinal);
        Assert.Contains("fix Install and start Docker or Podman, or start the engine that is installed.   see docs/errors.md#hst260", host.Output, StringComparison.Ordinal);
        await host.NothingLeftAsync(Applications.Soon);
    }
}
