using Microsoft.Playwright;

namespace Platform.WebApp.Tests.Browser;

/// <summary>The installed Chromium, without a window: the one at <c>CHROMIUM_PATH</c>, else Debian's.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    private const string DebianPath = "/usr/bin/chromium";
    private static readonly string ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? DebianPath;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Value
    {
        get
        {
            Assert.SkipUnless(_browser is not null, $"There is no Chromium at {ExecutablePath}. Install it, or set CHROMIUM_PATH.");
            return _browser!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(ExecutablePath))
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ExecutablePath,
            // The sandbox needs rights that a container does not give; the rest keeps the browser from calling home.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
