using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Platform.EndToEnd.Tests;

/// <summary>What a person sees of the running application in the real dashboard.</summary>
[Trait("Category", "EndToEnd")]
[Trait("Category", "Browser")]
[Collection(MachineWide.Name)]
public sealed class DashboardTests(AppHostInBrowser running) : IClassFixture<AppHostInBrowser>
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_printed_address_logs_in_and_the_web_application_can_be_stopped_and_started()
    {
        var page = await running.OpenAsync("/");
        var row = AppHostInBrowser.Row(page, "webapp");
        await Expect(row).ToContainTextAsync("Running");
        await Expect(row).ToContainTextAsync("http://localhost:5180");
        await Expect(row).ToContainTextAsync("WebApp.csproj");
        await Expect(row).Not.ToContainTextAsync("Unhealthy");
        await AppHostInBrowser.PictureAsync(page, "1-running");

        await row.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Finished");
        await AppHostInBrowser.PictureAsync(page, "2-stopped");
        await row.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Running");
        await AppHostInBrowser.PictureAsync(page, "3-started");

        using var http = new HttpClient { BaseAddress = AppHostInBrowser.WebApp };
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri("/alive", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_console_page_shows_what_the_web_application_prints()
    {
        var page = await running.OpenAsync("/consolelogs/resource/webapp");

        await Expect(page.Locator(".log-content").First).ToBeVisibleAsync();
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

        await Expect(page.GetByText("webapp").First).ToBeVisibleAsync();
        await AppHostInBrowser.PictureAsync(page, "6-trace");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_duration_of_requests_is_found_among_the_metrics()
    {
        await AskAsync("/");

        var page = await running.OpenAsync("/metrics/resource/webapp");
        var metric = page.GetByText("http.server.request.duration").First;
        await Expect(metric).ToBeVisibleAsync();
        await metric.ClickAsync();

        await Expect(page.GetByText("Duration of HTTP server requests.")).ToBeVisibleAsync();
        await AppHostInBrowser.PictureAsync(page, "7-metric");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Log_entries_are_structured()
    {
        var page = await running.OpenAsync("/structuredlogs/resource/webapp");

        await Expect(AppHostInBrowser.Row(page, "webapp").First).ToBeVisibleAsync();
        await AppHostInBrowser.PictureAsync(page, "8-logs");
    }

    private static async Task AskAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = AppHostInBrowser.WebApp };
        await Eventually.TrueAsync(
            async token => (await http.GetStringAsync(new Uri(path, UriKind.Relative), token)).Length > 0, Applications.Soon, $"an answer to {path}");
    }
}
