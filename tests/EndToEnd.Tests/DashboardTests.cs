using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Platform.EndToEnd.Tests;

/// <summary>What a person sees of the running application in the real dashboard.</summary>
[Trait("Category", "EndToEnd")]
[Trait("Category", "Browser")]
public sealed class DashboardTests(AppHostInBrowser running) : IClassFixture<AppHostInBrowser>
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_printed_address_logs_in_and_the_web_application_can_be_stopped_and_started()
    {
        var page = await running.OpenAsync("/");
        var row = AppHostInBrowser.Row(page, "webapp");
        await Expect(row).ToContainTextAsync("Running");
        await Expect(row).ToContainTextAsync(running.WebApp.GetLeftPart(UriPartial.Authority));
        await Expect(row).ToContainTextAsync("WebApp.csproj");
        await Expect(row).Not.ToContainTextAsync("Unhealthy");
        await AppHostInBrowser.PictureAsync(page, "1-running");

        await row.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(row).ToContainTextAsync("Finished");
        await AppHostInBrowser.PictureAsync(page, "2-stopped");
        await row.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(row).ToContainTextAsync("Running");
        await AppHostInBrowser.PictureAsync(page, "3-started");

        using var http = new HttpClient { BaseAddress = running.WebApp };
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri("/alive", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_console_page_shows_what_the_web_application_prints()
    {
        var page = await running.OpenAsync("/consolelogs/resource/webapp");

        await Expect(page.GetByText("Application started.").First).ToBeVisibleAsync();
        await AppHostInBrowser.PictureAsync(page, "4-console");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_request_is_found_among_the_traces()
    {
        await AskAsync("/api/status?from=traces");

        var page = await running.OpenAsync("/traces/resource/webapp");
        var trace = page.GetByText("GET /api/status").First;
        await Expect(trace).ToBeVisibleAsync();
        await AppHostInBrowser.PictureAsync(page, "5-traces");
        await trace.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "GET /api/status" }).First).ToBeVisibleAsync();
        await AppHostInBrowser.PictureAsync(page, "6-trace");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_duration_of_requests_is_found_among_the_metrics()
    {
        await AskAsync("/");

        var page = await running.OpenAsync("/metrics/resource/webapp");
        var metric = page.GetByRole(AriaRole.Treeitem, new() { Name = "http.server.request.duration", Exact = true });
        await Expect(metric).ToBeVisibleAsync();
        await metric.ClickAsync();

        await Expect(page.GetByText("Duration of HTTP server requests.")).ToBeVisibleAsync();
        await Expect(page.Locator(".js-plotly-plot").First).ToBeVisibleAsync();
        await AppHostInBrowser.PictureAsync(page, "7-metric");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Log_entries_are_structured()
    {
        var page = await running.OpenAsync("/structuredlogs/resource/webapp");

        await Expect(AppHostInBrowser.Row(page, "webapp").Filter(new() { HasText = "Application started." }).First).ToBeVisibleAsync();
        await AppHostInBrowser.PictureAsync(page, "8-logs");
    }

    private async Task AskAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = running.WebApp };
        await Eventually.TrueAsync(
            async token => (await http.GetStringAsync(new Uri(path, UriKind.Relative), token)).Length > 0, Applications.Soon, $"an answer to {path}");
    }
}
