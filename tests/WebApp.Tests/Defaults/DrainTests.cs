using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.Defaults;

public sealed class DrainTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Readiness_turns_503_while_requests_are_still_answered_and_the_process_is_alive()
    {
        await using var host = await StartAsync("5");

        var stopped = host.StopAsync();

        await Until.TrueAsync("readiness is 503", async () => await StatusAsync(host, "/health") == HttpStatusCode.ServiceUnavailable);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, false), (await StatusAsync(host, "/"), await StatusAsync(host, "/alive"), stopped.IsCompleted));

        _time.Advance(TimeSpan.FromSeconds(5));

        await stopped;
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Client.GetAsync("/", _cancellation));
    }

    [Fact]
    public async Task Requests_in_flight_are_finished_after_the_drain()
    {
        await using var host = await StartAsync("5");
        var slow = host.Client.GetStringAsync("/slow", _cancellation);
        await _begun.Task;

        var stopped = host.StopAsync();
        await Until.TrueAsync("readiness is 503", async () => await StatusAsync(host, "/health") == HttpStatusCode.ServiceUnavailable);
        _time.Advance(TimeSpan.FromSeconds(5));
        await Until.TrueAsync("no connection is taken", () => IsRefusedAsync(host));

        Assert.Equal((false, false), (slow.IsCompleted, stopped.IsCompleted));

        _release.SetResult();

        Assert.Equal("done", await slow);
        await stopped;
    }

    [Fact]
    public async Task A_draining_server_closes_kept_connections()
    {
        await using var host = await StartAsync("5");
        var stopped = host.StopAsync();
        await Until.TrueAsync("readiness is 503", async () => await StatusAsync(host, "/health") == HttpStatusCode.ServiceUnavailable);

        using var response = await host.Client.GetAsync("/", _cancellation);

        Assert.Equal((HttpStatusCode.OK, true), (response.StatusCode, response.Headers.ConnectionClose));
        _time.Advance(TimeSpan.FromSeconds(5));
        await stopped;
    }

    [Fact]
    public async Task Without_a_drain_delay_the_server_stops_at_once()
    {
        await using var host = await StartAsync("0");

        await host.StopAsync();

        Assert.True(await IsRefusedAsync(host));
    }

    [Fact]
    public async Task The_drain_does_not_shorten_the_time_that_requests_in_flight_have()
    {
        await using var host = await StartAsync("7");

        var timeout = host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

        Assert.Equal(new HostOptions().ShutdownTimeout + TimeSpan.FromSeconds(7), timeout);
        var stopped = host.StopAsync();
        await Until.TrueAsync("readiness is 503", async () => await StatusAsync(host, "/health") == HttpStatusCode.ServiceUnavailable);
        _time.Advance(TimeSpan.FromSeconds(7));
        await stopped;
    }

    [Fact]
    public async Task A_terminated_process_drains_and_ends_with_0()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM on Windows.");
        var management = FreePort.Take();
        await using var app = await WebAppProcess.StartAsync(("DRAIN_SECONDS", "3"), ("MANAGEMENT_PORT", $"{management}"));

        await app.SignalAsync("TERM");

        await Until.TrueAsync("readiness is 503", async () =>
        {
            using var health = await app.Client.GetAsync("/health", _cancellation);
            return health.StatusCode == HttpStatusCode.ServiceUnavailable;
        });
        using var page = await app.Client.GetAsync("/", _cancellation);
        var detail = await app.Client.GetAsync($"http://127.0.0.1:{management}/health", _cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (page.StatusCode, detail.StatusCode));
        Assert.Equal(0, await app.ExitAsync());
        Assert.DoesNotContain("fail:", app.Output, StringComparison.Ordinal);
    }

    private Task<ServiceHost> StartAsync(string drainSeconds) => ServiceHost.StartAsync(
        new() { ["DRAIN_SECONDS"] = drainSeconds },
        builder => builder.Services.AddSingleton<TimeProvider>(_time),
        app =>
        {
            app.MapGet("/", () => "shop");
            app.MapGet("/slow", async () =>
            {
                _begun.SetResult();
                await _release.Task;
                return "done";
            });
        });

    private async Task<HttpStatusCode> StatusAsync(ServiceHost host, string path)
    {
        using var response = await host.Client.GetAsync(path, _cancellation);
        return response.StatusCode;
    }

    private async Task<bool> IsRefusedAsync(ServiceHost host)
    {
        try
        {
            await StatusAsync(host, "/alive");
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }
}
