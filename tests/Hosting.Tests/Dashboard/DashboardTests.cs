using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Platform.Hosting.Prompts;
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
    public async Task Resources_are_listed_with_state_source_and_addresses()
    {
        var page = await dashboard.LogInAsync();
        await Expect(Row(page, "web")).ToContainTextAsync("http://localhost:5081");
        await DashboardFixture.PictureAsync(page, "resources");

        var rows = new List<string>();
        foreach (var row in await page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Gridcell) }).AllAsync())
        {
            var cells = await row.GetByRole(AriaRole.Gridcell).AllInnerTextsAsync();
            rows.Add(Regex.Replace($"{cells[0]} | {cells[1]} | {cells[3]} | {cells[4]}", @"\s+", " ").Trim());
        }

        Assert.Equal(
            [
                "database | Running | docker.io/library/postgres:17 | tcp://localhost:5432",
                "migrations | Exited | flyway migrate --strict |",
                "payments | Running | https://payments.example/ | https://payments.example/",
                "web | Running | Web.csproj | Shop http://localhost:5081",
            ],
            rows);
    }

    [Fact]
    public async Task The_environment_is_shown_masked_and_health_with_its_checks()
    {
        var page = await dashboard.LogInAsync();

        await page.GetByText("web", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByText("ASPNETCORE_ENVIRONMENT")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(1400, 2400);
        await DashboardFixture.PictureAsync(page, "details");
        var text = await page.Locator("body").InnerTextAsync();

        Assert.Contains("Db__Password", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pa55word", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/root", text, StringComparison.Ordinal);
        Assert.Contains("web_http_/health_200_check", text, StringComparison.Ordinal);
        Assert.Contains("200 in 3 ms", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_console_log_is_followed()
    {
        dashboard.Application.Loggers.Append("web-abcdefgh", "2026-05-04T12:00:00.000Z Now listening", isError: false);
        dashboard.Application.Loggers.Append("web-abcdefgh", "2026-05-04T12:00:01.000Z No certificate", isError: true);
        var page = await dashboard.LogInAsync();

        await page.GotoAsync(new Uri(dashboard.Settings.FrontendUrl, "/consolelogs/resource/web").AbsoluteUri);
        await Expect(page.GetByText("Now listening")).ToBeVisibleAsync();
        await Expect(page.GetByText("No certificate")).ToBeVisibleAsync();
        dashboard.Application.Loggers.Append("web-abcdefgh", "2026-05-04T12:00:02.000Z GET /basket", isError: false);
        await Expect(page.GetByText("GET /basket")).ToBeVisibleAsync();

        await DashboardFixture.PictureAsync(page, "console");
    }

    [Fact]
    public async Task A_command_of_the_resource_runs_from_its_menu_and_its_message_is_shown()
    {
        var page = await dashboard.LogInAsync();

        await Row(page, "web").GetByRole(AriaRole.Button, new() { Name = "Actions" }).Last.ClickAsync();
        await DashboardFixture.PictureAsync(page, "menu");
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Warm the cache" }).ClickAsync();
        await Expect(page.GetByText("\"Warm the cache\" succeeded")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Notifications" }).ClickAsync();
        await Expect(page.GetByText("12 pages are cached")).ToBeVisibleAsync();
        await DashboardFixture.PictureAsync(page, "command");

        Assert.Contains("The cache is warm.", dashboard.Application.Loggers.Tail("web-abcdefgh", 100).Select(line => line.Content));
    }

    [Fact]
    public async Task The_stop_button_stops_and_the_row_stays()
    {
        var page = await dashboard.LogInAsync();

        await Row(page, "database").GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await Expect(Row(page, "database")).ToContainTextAsync("Finished");
        await DashboardFixture.PictureAsync(page, "stopped");
        await dashboard.ReopenAsync();
        await Expect(Row(page, "database")).ToContainTextAsync("Running");
    }

    [Fact]
    public async Task A_missing_parameter_is_asked_for_above_the_page_and_answered_in_a_dialog()
    {
        using var withdrawal = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        withdrawal.CancelAfter(TimeSpan.FromSeconds(60));
        var page = await dashboard.LogInAsync();
        var asked = dashboard.Application.Prompts.AskAsync(
            new("Unresolved parameters", "The application needs 2 values before it can start.",
            [
                new("region", "region", PromptInputKind.Text) { Description = "Where the shop **sells**.", DescriptionIsMarkdown = true, Placeholder = "eu" },
                new("db-password", "db-password", PromptInputKind.Secret),
                new("save", "Save to user secrets", PromptInputKind.YesNo) { Required = false },
            ]),
            withdrawal.Token);

        await Expect(page.GetByText("The application needs 2 values")).ToBeVisibleAsync();
        await DashboardFixture.PictureAsync(page, "prompt-bar");
        await page.GetByText("Enter values").ClickAsync();
        var dialog = page.Locator("fluent-dialog");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await DashboardFixture.PictureAsync(page, "prompt-dialog");

        await dialog.GetByText("Cancel", new() { Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await page.GetByText("Enter values").ClickAsync();
        await dialog.GetByRole(AriaRole.Textbox).First.FillAsync("eu");
        await dialog.GetByText("Save", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByText("db-password is required.")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Textbox).Nth(1).FillAsync(" ");
        await dialog.GetByText("Save", new() { Exact = true }).ClickAsync();
        await DashboardFixture.PictureAsync(page, "prompt-invalid");
        await dialog.GetByRole(AriaRole.Textbox).Nth(1).FillAsync("s3cret");
        await dialog.GetByText("Save", new() { Exact = true }).ClickAsync();
        var values = await asked;
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByText("The application needs 2 values")).ToBeHiddenAsync();

        Assert.Equal("eu s3cret", $"{values["region"]} {values["db-password"]}");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Parameters" }).ClickAsync();
        await Expect(page.GetByText("db-password", new() { Exact = true })).ToBeVisibleAsync();
        await DashboardFixture.PictureAsync(page, "parameters");
    }

    private static ILocator Row(IPage page, string name) =>
        page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText(name, new() { Exact = true }) });
}
