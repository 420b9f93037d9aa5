using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.App;

public sealed partial class StatusPageTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_tells_build_place_and_checks()
    {
        var facts = Facts(await PageAsync(
            ("OTEL_SERVICE_NAME", "shop-web"),
            ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=web-1,k8s.pod.name=web-7f9c-x2,k8s.namespace.name=shop,k8s.node.name=node-a,other=x")));

        Assert.Equal(
            ["Version", "Commit", "Environment", "Instance", "Host", "Namespace", "Node", "Pod", "Started", "Runtime", "System", "Trace"],
            facts.Keys.Where(name => !name.StartsWith('#')));
        Assert.Equal(
            ("shop-web", "0.1.0", "Production", "web-1", Environment.MachineName, "shop", "node-a", "web-7f9c-x2"),
            (facts["#service"], facts["Version"], facts["Environment"], facts["Instance"], facts["Host"], facts["Namespace"], facts["Node"], facts["Pod"]));
        Assert.Equal("self traffic memory", facts["#checks"]);
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, "All checks are healthy", "good")]
    [InlineData(HealthStatus.Degraded, "Works, but a check is degraded", "warn")]
    [InlineData(HealthStatus.Unhealthy, "A check is unhealthy", "bad")]
    public async Task The_headline_is_the_worst_check(HealthStatus status, string headline, string tone)
    {
        await using var app = new WebAppFactory
        {
            Change = services => services.AddHealthChecks().AddCheck("database", () => new HealthCheckResult(status, "Answers <slowly>.")),
        };
        using var client = app.CreatePlainClient();

        var page = await client.GetStringAsync("/", _cancellation);

        Assert.Contains($"""<h1 id="state" class="{tone}"><span class="dot" aria-hidden="true"></span>{headline}</h1>""", page, StringComparison.Ordinal);
        Assert.Contains("<h3>database</h3><p>Answers &lt;slowly&gt;.</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_from_outside_is_escaped()
    {
        const string attack = """<script>alert('x')</script>" onload="y""";

        var page = await PageAsync(("OTEL_SERVICE_NAME", attack), ("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={Uri.EscapeDataString(attack)}"));

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onload", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&quot; onload=&quot;y", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_has_no_script_and_no_style_of_its_own()
    {
        var page = await PageAsync();

        Assert.DoesNotMatch("<script|<style| style=| on[a-z]+=|javascript:", page);
    }

    [Fact]
    public async Task The_page_is_well_formed_and_each_chart_says_its_content_in_words()
    {
        await using var app = new WebAppFactory();
        using var client = app.CreatePlainClient();
        await client.GetStringAsync("/api/status", _cancellation);

        var page = await client.GetStringAsync("/", _cancellation);

        var charts = Chart().Matches(page).Select(match => XElement.Parse(match.Value)).ToArray();
        XNamespace none = "";
        Assert.Equal(["img", "img"], charts.Select(chart => (string?)chart.Attribute("role")));
        Assert.Equal(["rate-title rate-text", "latency-title latency-text"], charts.Select(chart => (string?)chart.Attribute("aria-labelledby")));
        Assert.Equal(["Requests per second", "Time to answer"], charts.Select(chart => (string?)chart.Element(none + "title")));
        Assert.Equal("1 requests, 0 of them failed; at most 0.1 a second.", (string?)charts[0].Element(none + "desc"));
        Assert.StartsWith("Median ", (string?)charts[1].Element(none + "desc"), StringComparison.Ordinal);
        Assert.All(charts, chart => Assert.NotEmpty(chart.Elements(none + "rect")));
    }

    [Theory]
    [InlineData("http://localhost:15999", "http://localhost:15999/traces/detail/0af7651916cd43dd8448eb211c80319c")]
    [InlineData("https://dashboard.test/base", "https://dashboard.test/traces/detail/0af7651916cd43dd8448eb211c80319c")]
    public async Task Run_locally_the_page_links_to_its_own_trace(string dashboard, string link)
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var app = await WebAppProcess.StartAsync([.. collector.Environment, ("ASPIRE_DASHBOARD_URL", dashboard)]);
        app.Client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var page = await app.Client.GetStringAsync("/", _cancellation);

        Assert.Contains($"""<a href="{link}">Trace of this request</a>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_dashboard_there_is_no_link_to_a_trace() =>
        Assert.DoesNotContain("Trace of this request", await PageAsync(), StringComparison.Ordinal);

    private async Task<string> PageAsync(params (string, string)[] settings)
    {
        await using var app = new WebAppFactory(settings);
        using var client = app.CreatePlainClient();
        return await client.GetStringAsync("/", _cancellation);
    }

    private static Dictionary<string, string> Facts(string page)
    {
        var main = XElement.Parse(page[page.IndexOf("<main>", StringComparison.Ordinal)..(page.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)]);
        var facts = main.Descendants("dl").Single(list => (string?)list.Attribute("class") == "facts").Elements("div")
            .ToDictionary(fact => fact.Element("dt")!.Value, fact => fact.Element("dd")!.Value);
        facts["#service"] = page.Split("<title>")[1].Split(':')[0];
        facts["#checks"] = string.Join(' ', main.Descendants("h3").Select(name => name.Value));
        return facts;
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Chart();
}
