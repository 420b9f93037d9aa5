using System.Net;
using static Microsoft.Playwright.Assertions;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>What a person sees in the real dashboard.</summary>
public sealed class DashboardTests(DashboardFixture dashboard) : IClassFixture<DashboardFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_logs_in_and_nothing_else_does()
    {
        await dashboard.StartAsync();
        using var transport = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(transport);

        using var stranger = await client.GetAsync(new Uri(dashboard.Settings.FrontendUrl, "/"), Cancelled);
        using var wrong = await client.GetAsync(new Uri(dashboard.Settings.FrontendUrl, "/login?t=0123"), Cancelled);
        using var right = await client.GetAsync(dashboard.Settings.LoginUrl, Cancelled);

        Assert.Equal("/login?returnUrl=%2F", stranger.Headers.Location?.PathAndQuery);
        Assert.False(wrong.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.True(right.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_telemetry_API_needs_its_key()
    {
        await dashboard.StartAsync();
        using var client = new HttpClient();
        var resources = new Uri(dashboard.Settings.FrontendUrl, "/api/telemetry/resources");

        using var refused = await client.GetAsync(resources, Cancelled);
        client.DefaultRequestHeaders.Add("x-api-key", dashboard.Settings.TelemetryApiKey);
        using var answered = await client.GetAsync(resources, Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task Resources_are_listed_with_their_states()
    {
        await Shop.OpenAsync(dashboard.Application);
        var page = await dashboard.LogInAsync();
        SetDefaultExpectTimeout(20_000);

        await Task.Delay(8000, Cancelled);
        await DashboardFixture.PictureAsync(page, "resources");
        await Expect(page.GetByText("web", new() { Exact = true })).ToBeVisibleAsync();
        await Task.Delay(1500, Cancelled);
        await DashboardFixture.PictureAsync(page, "resources");
        await page.GetByText("web", new() { Exact = true }).ClickAsync();
        await Task.Delay(1500, Cancelled);
        await DashboardFixture.PictureAsync(page, "details");
        Console.WriteLine(await page.ContentAsync());
    }
}
