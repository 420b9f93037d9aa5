using System.Globalization;
using Microsoft.Playwright;

namespace Platform.WebApp.Tests.Browser;

/// <summary>What the browser measured of one visit. Printed, not judged: times on a shared machine say little.</summary>
/// <param name="LargestPaintMs">Largest contentful paint.</param>
/// <param name="LayoutShift">Cumulative layout shift: how far content moved by itself.</param>
/// <param name="NextPaintMs">The longest time from an interaction to the next paint.</param>
internal sealed record WebVitals(double LargestPaintMs, double LayoutShift, double NextPaintMs)
{
    public const string Observer = """
        window.vitals = { lcp: 0, cls: 0, inp: 0 };
        new PerformanceObserver(list => { for (const e of list.getEntries()) vitals.lcp = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
        new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) vitals.cls += e.value; }).observe({ type: 'layout-shift', buffered: true });
        new PerformanceObserver(list => { for (const e of list.getEntries()) if (e.interactionId) vitals.inp = Math.max(vitals.inp, e.duration); }).observe({ type: 'event', durationThreshold: 16, buffered: true });
        """;

    public static async Task<WebVitals> ReadAsync(IPage page)
    {
        // Two frames, so that what the interaction caused is painted and reported.
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))");
        var values = await page.EvaluateAsync<double[]>("() => [vitals.lcp, vitals.cls, vitals.inp]");
        return new WebVitals(values[0], values[1], values[2]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"LCP {LargestPaintMs:0} ms, CLS {LayoutShift:0.###}, INP {NextPaintMs:0} ms");
}
