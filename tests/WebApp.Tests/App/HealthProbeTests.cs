using System.Net;
using Platform.WebApp.Probe;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.App;

public sealed class HealthProbeTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5000/health")]
    [InlineData("http://127.0.0.1:8080/health", "ASPNETCORE_HTTP_PORTS=8080")]
    [InlineData("http://127.0.0.1:80/health", "ASPNETCORE_HTTP_PORTS=80;8080")]
    [InlineData("http://127.0.0.1:81/health", "ASPNETCORE_HTTP_PORTS=8080", "ASPNETCORE_URLS=https://+:443;http://+:81")]
    [InlineData("http://localhost:82/health", "URLS=http://localhost:82")]
    [InlineData("http://[::1]:83/health", "ASPNETCORE_URLS=http://[::1]:83")]
    [InlineData("http://127.0.0.1:84/health", "ASPNETCORE_URLS=http://[::]:84")]
    [InlineData("http://127.0.0.1:8081/health", "MANAGEMENT_PORT=8081", "ASPNETCORE_URLS=http://+:80")]
    public void The_probe_asks_where_the_server_of_the_same_environment_listens(string address, params string[] environment)
    {
        var variables = environment.Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(new Uri(address), HealthProbe.Address(variables.GetValueOrDefault));
    }

    [Fact]
    public async Task The_probe_of_a_healthy_application_ends_with_0()
    {
        await using var app = await WebAppProcess.StartAsync();
        var (status, output) = await ProbeAsync(app.Client.BaseAddress!.Port);

        Assert.Equal((0, $"http://127.0.0.1:{app.Client.BaseAddress.Port}/health 200"), (status, output));
    }

    [Fact]
    public async Task The_probe_of_nothing_ends_with_1()
    {
        var port = FreePort.Take();
        var (status, output) = await ProbeAsync(port);

        Assert.Equal((1, $"http://127.0.0.1:{port}/health Connection refused (127.0.0.1:{port})"), (status, output));
    }

    [Fact]
    public async Task The_probe_of_a_draining_application_ends_with_1()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM on Windows.");
        await using var app = await WebAppProcess.StartAsync(("DRAIN_SECONDS", "60"));
        await app.SignalAsync("TERM");
        await Until.TrueAsync("readiness is 503", async () =>
        {
            using var health = await app.Client.GetAsync("/health", TestContext.Current.CancellationToken);
            return health.StatusCode == HttpStatusCode.ServiceUnavailable;
        });

        var (status, _) = await ProbeAsync(app.Client.BaseAddress!.Port);

        Assert.Equal(1, status);
    }

    private static async Task<(int Status, string Output)> ProbeAsync(int port)
    {
        await using var probe = WebAppProcess.Launch(["--healthcheck"], ("ASPNETCORE_HTTP_PORTS", $"{port}"));
        var status = await probe.ExitAsync();
        return (status, probe.Output.Trim());
    }
}
