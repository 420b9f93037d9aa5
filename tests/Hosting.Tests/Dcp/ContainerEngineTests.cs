using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

public sealed class ContainerEngineTests
{
    [Fact]
    public void An_answering_engine_has_no_problem()
    {
        var engine = ContainerEngine.Read("""{"version":"0.25.13","containers":{"runtime":"docker","hostName":"host.docker.internal","installed":true,"running":true}}""", "", null);

        Assert.Equal(new ContainerEngine("docker", "host.docker.internal", Problem: null), engine);
    }

    [Theory]
    [InlineData("""{"containers":{"runtime":"docker","installed":true,"running":false,"error":"cannot connect"}}""", "docker", "cannot connect")]
    [InlineData("""{"containers":{"runtime":"docker","installed":true,"running":false}}""", "docker", "'docker' is installed but not running.")]
    [InlineData("""{"containers":{"runtime":"podman","installed":false,"running":false,"error":"x"}}""", "podman", "'podman' is not installed.")]
    [InlineData("{}", "", "it said")]
    [InlineData("no json", "", "it said")]
    public void A_silent_engine_is_told_with_its_reason(string output, string runtime, string reason)
    {
        var engine = ContainerEngine.Read(output, "it said\n", runtime: null);

        Assert.Equal(new ContainerEngine(runtime, HostName: null, DcpProblems.NoContainerEngine(reason)), engine);
    }

    [Fact]
    [Trait("Category", "Dcp")]
    public async Task DCP_tells_that_an_engine_is_not_installed()
    {
        var engine = await ContainerEngine.FindAsync(RealDcp.Path(), "podman", TestContext.Current.CancellationToken);

        Assert.SkipWhen(engine.Problem is null, "podman answers on this machine");
        Assert.Equal(("podman", "HST260"), (engine.Runtime, engine.Problem.Code));
    }
}
