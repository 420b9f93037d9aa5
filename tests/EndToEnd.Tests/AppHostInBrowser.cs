using Microsoft.Playwright;

namespace Platform.EndToEnd.Tests;

/// <summary>The AppHost as a user starts it, and a browser that is logged in to its dashboard. Shared by the class that asks for it.</summary>
public sealed class AppHostInBrowser : IAsyncLifetime
{
    private const float WaitMilliseconds = 30_000;
    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "screenshots");

    private HostProcess? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Uri? _login;

    /// <summary>The web application's address, as it was printed.</summary>
    public Uri WebApp { get; private set; } = new("http://localhost");

    public async ValueTask InitializeAsync()
    {
        var chromium = Need.Chromium();
        _host = HostProcess.Start("AppHost", null, [], "--DcpPublisher:RandomizePorts=true");
        _login = new Uri((await _host.LineAsync("/login?t=")).Split(' ')[^1]);
        WebApp = new Uri((await _host.LineAsync("webapp ")).Split(' ')[^1]);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        Assertions.SetDefaultExpectTimeout(WaitMilliseconds);
        await _host.LineAsync("Healthy");
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    /// <summary>A page of a session of its own, logged in by the address that the AppHost printed.</summary>
    /// <param name="path">Where to go then, such as <c>/traces</c>.</param>
    internal async Task<IPage> OpenAsync(string path)
    {
        if (_browser is null || _login is null)
        {
            throw new InvalidOperationException("It was not started.");
        }

        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(WaitMilliseconds);
        await Eventually.TrueAsync(
            async _ =>
            {
                try
                {
                    return await page.GotoAsync(_login.AbsoluteUri) is { Ok: true };
                }
                catch (PlaywrightException refused) when (refused.Message.Contains("ERR_CONNECTION_REFUSED", StringComparison.Ordinal))
                {
                    return false;
                }
            },
            Applications.Soon,
            "the dashboard");

        // A page of one resource shows nothing where the dashboard has not heard of it yet.
        await Assertions.Expect(Row(page, "webapp")).ToContainTextAsync("Running");
        if (path != "/")
        {
            await page.GotoAsync(new Uri(_login, path).AbsoluteUri);
        }

        return page;
    }

    /// <summary>Writes a picture for a person to look at, beside the test program.</summary>
    internal static async Task PictureAsync(IPage page, string name) => _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png") });

    internal static ILocator Row(IPage page, string name) =>
        page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText(name, new() { Exact = true }) });
}
