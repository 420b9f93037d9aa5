using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.WebApp.Status;

namespace Platform.WebApp.Pages;

/// <summary>The status of the running instance, for people.</summary>
internal static class StatusPage
{
    private const int ShortCommit = 8;

    public static Html Render(StatusReport report) => Layout.Render(
        $"{report.Identity.Service}: {Word(report.Health)}",
        report.Identity.Service,
        Html.Of($"""<p class="pill">{report.Identity.Environment}</p>"""),
        Html.Of($"""
                <section class="hero" aria-labelledby="state">
                  <h1 id="state" class="{Wording.Tone(report.Health)}"><span class="dot" aria-hidden="true"></span>{Headline(report.Health)}</h1>
                  <p>Instance <b>{report.Identity.Instance}</b> runs version <b>{report.Identity.Version}</b>
                    and has been up for <b>{Wording.Of(report.Uptime)}</b>.</p>
                </section>
            {Figures(report)}
            {TrafficSection.Render(report.Traffic)}
                <div class="columns">
            {Checks(report)}
            {Instance(report)}
                </div>
                <footer>
                  <p>As of <time datetime="{Wording.Machine(report.Now)}">{Wording.Time(report.Now)}</time>. <a href="/">Refresh</a></p>
                  <ul>
                    {TraceLink(report.Trace)}
                    <li><a href="/api/status">Status as JSON</a></li>
                    <li><a href="/openapi/v1.json">OpenAPI document</a></li>
                  </ul>
                </footer>
            """));

    private static Html Figures(StatusReport report) => Html.Of($"""
            <dl class="figures">
              {Figure("Requests", Wording.Number(report.Traffic.RequestsPerSecond), "per second")}
              {Figure("Median", Wording.Latency(report.Traffic.Median), "time to answer")}
              {Figure("95th percentile", Wording.Latency(report.Traffic.Percentile95), "time to answer")}
              {Figure("Failures", Wording.Number(report.Traffic.Failures), $"of {Wording.Number(report.Traffic.Requests)} requests")}
            </dl>
        """);

    private static Html Figure(string name, string value, string unit) => Html.Of($"""
        <div><dt>{name}</dt><dd><b>{value}</b> <span>{unit}</span></dd></div>
        """);

    private static Html Checks(StatusReport report) => Html.Of($"""
              <section class="card" aria-labelledby="checks">
                <h2 id="checks">Health checks</h2>
                <ul class="checks">
                  {Html.Join(report.Checks.Select(Check))}
                </ul>
              </section>
        """);

    private static Html Check(CheckResult check) => Html.Of($"""
        <li class="{Wording.Tone(check.Status)}"><span class="dot" aria-hidden="true"></span>
                    <div><h3>{check.Name}</h3><p>{check.Description}</p></div>
                    <p class="result">{Word(check.Status)}<span>{Wording.Latency(check.Duration)}</span></p></li>

        """);

    private static Html Instance(StatusReport report) => Html.Of($"""
              <section class="card" aria-labelledby="instance">
                <h2 id="instance">Instance</h2>
                <dl class="facts">
                  {Fact("Version", report.Identity.Version)}
                  {Fact("Commit", report.Identity.Commit is { Length: > ShortCommit } commit ? commit[..ShortCommit] : report.Identity.Commit)}
                  {Fact("Environment", report.Identity.Environment)}
                  {Fact("Instance", report.Identity.Instance)}
                  {Fact("Host", report.Identity.Host)}
                  {Html.Join(report.Identity.Places.Select(place => Fact($"{char.ToUpperInvariant(place.Key[0])}{place.Key[1..]}", place.Value)))}
                  {Fact("Started", Wording.Time(report.Identity.Started))}
                  {Fact("Runtime", report.Identity.Runtime)}
                  {Fact("System", report.Identity.Platform)}
                  {Fact("Trace", report.Trace?.Id)}
                </dl>
              </section>
        """);

    private static Html Fact(string name, string? value) => Html.Of($"""
        <div><dt>{name}</dt><dd>{value ?? Wording.Nothing}</dd></div>
        """);

    private static Html TraceLink(RequestTrace? trace) => trace?.Page is { } page
        ? Html.Of($"""<li><a href="{page.AbsoluteUri}">Trace of this request</a></li>""")
        : Html.Empty;

    private static string Headline(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "All checks are healthy",
        HealthStatus.Degraded => "Works, but a check is degraded",
        _ => "A check is unhealthy",
    };

    private static string Word(HealthStatus status) => status.ToString();
}
