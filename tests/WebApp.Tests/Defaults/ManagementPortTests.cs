using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.Defaults;

public sealed class ManagementPortTests
{
    private readonly int _port = FreePort.Take();

    [Fact]
    public async Task Metrics_are_on_the_management_port_and_not_on_the_normal_one()
    {
        await using var host = await StartAsync();

        var statuses = new[] { await StatusAsync(host, $"http://127.0.0.1:{_port}/metrics"), await StatusAsync(host, "/metrics") };

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], statuses);
    }

    [Fact]
    public async Task The_application_itself_is_not_on_the_management_port()
    {
        await using var host = await StartAsync();

        var statuses = new[] { await StatusAsync(host, "/"), await StatusAsync(host, $"http://127.0.0.1:{_port}/") };

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], statuses);
    }

    [Fact]
    public async Task Without_it_metrics_answer_loopback_callers()
    {
        await using var host = await ServiceHost.StartAsync([], _ => { }, _ => { });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/metrics"));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task Without_it_metrics_do_not_answer_callers_behind_a_local_proxy(string header, string value)
    {
        await using var host = await ServiceHost.StartAsync([], _ => { }, _ => { });
        host.Client.DefaultRequestHeaders.Add(header, value);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, "/metrics"));
    }

    [Fact]
    public async Task Without_it_metrics_do_not_answer_other_machines()
    {
        await using var app = new WebAppFactory();
        using var client = app.CreatePlainClient();
        client.DefaultRequestHeaders.Add(WebAppFactory.ClientHeader, "203.0.113.9");

        using var response = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task It_is_added_to_the_configured_ports()
    {
        var normal = FreePort.Take();
        await using var app = await WebAppProcess.StartAsync(("ASPNETCORE_URLS", ""), ("ASPNETCORE_HTTP_PORTS", $"{normal}"), ("MANAGEMENT_PORT", $"{_port}"));

        var answers = new[]
        {
            await app.Client.GetStringAsync($"http://127.0.0.1:{normal}/health", TestContext.Current.CancellationToken),
            (await app.Client.GetStringAsync($"http://127.0.0.1:{_port}/health", TestContext.Current.CancellationToken))[..20],
        };

        Assert.Equal(["Healthy", """{"status":"Healthy","""], answers);
    }

    [Fact]
    public async Task One_port_for_both_is_refused_with_the_cure()
    {
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceHost.StartAsync(
            new() { ["MANAGEMENT_PORT"] = $"{_port}" },
            builder => builder.WebHost.UseUrls($"http://127.0.0.1:{_port}"),
            _ => { }));

        Assert.Equal($"MANAGEMENT_PORT is {_port}, which is the port of 'http://127.0.0.1:{_port}' too. Give the management port a number of its own.", problem.Message);
    }

    [Fact]
    public async Task Endpoints_set_in_code_would_hide_it_and_are_refused()
    {
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceHost.StartAsync(
            new() { ["MANAGEMENT_PORT"] = $"{_port}" },
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)),
            _ => { }));

        Assert.StartsWith($"The server does not listen on MANAGEMENT_PORT {_port}, because", problem.Message, StringComparison.Ordinal);
    }

    private Task<ServiceHost> StartAsync() => ServiceHost.StartAsync(
        new() { ["MANAGEMENT_PORT"] = $"{_port}" },
        _ => { },
        app => app.MapGet("/", () => "shop"));

    private static async Task<HttpStatusCode> StatusAsync(ServiceHost host, string url)
    {
        using var response = await host.Client.GetAsync(url, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
