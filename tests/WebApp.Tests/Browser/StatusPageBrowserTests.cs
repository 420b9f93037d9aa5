using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.Browser;

public sealed class StatusPageBrowserTests(ChromiumBrowser chromium, ITestOutputHelper output) : IClassFixture<ChromiumBrowser>
{
    private readonly List<string> _complaints = [];

    public static TheoryData<ColorScheme, int, int> Views => new()
    {
        { ColorScheme.Light, 390, 844 },
        { ColorScheme.Dark, 390, 844 },
        { ColorScheme.Light, 1280, 800 },
        { ColorScheme.Dark, 1280, 800 },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_page_is_accessible_quiet_and_does_not_move(ColorScheme colors, int width, int height)
    {
        await using var app = await WebAppProcess.StartAsync();
        await using var context = await chromium.Value.NewContextAsync(View(colors, width, height));
        await app.Client.GetStringAsync("/api/status", TestContext.Current.CancellationToken);
        var page = await OpenAsync(context, app, "/");

        await page.GetByText("The figures as a table").ClickAsync();
        await page.GetByRole(AriaRole.Table).WaitForAsync();
        var axe = await page.RunAxe();
        var vitals = await WebVitals.ReadAsync(page);

        output.WriteLine($"{colors} {width}x{height}: {vitals}");
        Assert.Equal("", string.Join('\n', axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}"))));
        Assert.Equal([], _complaints);
        Assert.Equal(0, vitals.LayoutShift, 2);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the window.");
    }

    [Theory]
    [InlineData(ColorScheme.Light, "rgb(246, 247, 249)")]
    [InlineData(ColorScheme.Dark, "rgb(14, 17, 22)")]
    public async Task The_style_sheet_follows_the_preference_of_the_visitor(ColorScheme colors, string background)
    {
        await using var app = await WebAppProcess.StartAsync();
        await using var context = await chromium.Value.NewContextAsync(View(colors, 1280, 800));

        var page = await OpenAsync(context, app, "/");

        Assert.Equal(background, await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_page_of_a_problem_is_accessible_too(ColorScheme colors, int width, int height)
    {
        await using var app = await WebAppProcess.StartAsync();
        await using var context = await chromium.Value.NewContextAsync(View(colors, width, height));
        var page = await OpenAsync(context, app, "/missing");

        var axe = await page.RunAxe();

        Assert.Equal("Not Found", await page.GetByRole(AriaRole.Heading).InnerTextAsync());
        Assert.Equal("", string.Join('\n', axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}"))));
    }

    [Fact]
    public async Task The_page_can_be_used_with_the_keyboard()
    {
        await using var app = await WebAppProcess.StartAsync();
        await using var context = await chromium.Value.NewContextAsync(View(ColorScheme.Light, 1280, 800));
        var page = await OpenAsync(context, app, "/");

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        Assert.True(await page.GetByRole(AriaRole.Table).IsVisibleAsync());
    }

    private static BrowserNewContextOptions View(ColorScheme colors, int width, int height) => new()
    {
        ColorScheme = colors,
        ViewportSize = new ViewportSize { Width = width, Height = height },
    };

    private async Task<IPage> OpenAsync(IBrowserContext context, WebAppProcess app, string path)
    {
        var page = await context.NewPageAsync();
        page.Console += (_, message) => _complaints.Add(message.Text);
        page.PageError += (_, error) => _complaints.Add(error);
        page.RequestFailed += (_, request) => _complaints.Add($"{request.Url} {request.Failure}");
        await page.AddInitScriptAsync(WebVitals.Observer);
        await page.GotoAsync(new Uri(app.Client.BaseAddress!, path).ToString());
        return page;
    }
}
