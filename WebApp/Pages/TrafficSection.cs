using Platform.WebApp.Traffic;

namespace Platform.WebApp.Pages;

/// <summary>Request rate and latency of the last minutes: two charts over the same time, and the same as a table.</summary>
internal static class TrafficSection
{
    private const int SlotsOfARow = 6;
    private const string NoRequests = "no requests yet";

    public static Html Render(TrafficReport traffic) => Html.Of($"""
            <section class="card" aria-labelledby="traffic">
              <h2 id="traffic">Traffic of the last {(int)(traffic.SlotLength * traffic.Slots.Length).TotalMinutes} minutes</h2>
              <div class="charts">
        {Rate(traffic)}
        {Latency(traffic)}
              </div>
              <details>
                <summary>The figures as a table</summary>
                <div class="scroll" tabindex="0" role="region" aria-label="Traffic by minute">
                <table>
                  <thead><tr>
                    <th scope="col">From (UTC)</th><th scope="col">Requests</th><th scope="col">Failures</th>
                    <th scope="col">Highest median</th><th scope="col">Highest 95th percentile</th>
                  </tr></thead>
                  <tbody>
        {Html.Join(traffic.Slots.Chunk(SlotsOfARow).Reverse().Select(Row))}          </tbody>
                </table>
                </div>
              </details>
            </section>
        """);

    private static Html Rate(TrafficReport traffic)
    {
        var busiest = traffic.Slots.Max(slot => slot.Requests);
        var peak = Wording.Number(busiest / traffic.SlotLength.TotalSeconds);
        var chart = new BarChart(
            "rate",
            "Requests per second",
            $"{traffic.Requests} requests, {traffic.Failures} of them failed; at most {peak} a second.",
            new Bars("strong", [.. traffic.Slots.Select(slot => (double)slot.Requests / Math.Max(1, busiest))]),
            new Bars("failed", [.. traffic.Slots.Select(slot => (double)slot.Failures / Math.Max(1, busiest))]),
            []);
        return Figure(
            "Requests per second",
            traffic.Failures == 0 ? Html.Empty : Html.Of($"""<span class="key strong">answered</span><span class="key failed">failed</span>"""),
            busiest > 0 ? $"peak {peak}" : NoRequests,
            chart,
            traffic);
    }

    private static Html Latency(TrafficReport traffic)
    {
        var peak = traffic.Slots.Max(slot => slot.Percentile95);
        var scale = LogScale.UpTo(peak);
        var chart = new BarChart(
            "latency",
            "Time to answer",
            $"Median {Wording.Latency(traffic.Median)}, 95th percentile {Wording.Latency(traffic.Percentile95)}; "
                + $"at most {Wording.Latency(peak)} in ten seconds.",
            new Bars("soft", [.. traffic.Slots.Select(slot => scale.Height(slot.Percentile95))]),
            new Bars("strong", [.. traffic.Slots.Select(slot => scale.Height(slot.Median))]),
            scale.Decades());
        return Figure(
            "Time to answer",
            Html.Of($"""<span class="key strong">median</span><span class="key soft">95th percentile</span>"""),
            peak is null ? NoRequests : $"log scale to {Wording.Latency(scale.Top)}",
            chart,
            traffic);
    }

    private static Html Figure(string caption, Html keys, string extent, BarChart chart, TrafficReport traffic) => Html.Of($"""
                <figure>
                  <figcaption>{caption}<span class="keys">{keys}</span></figcaption>
                  {chart.Render()}
                  <p class="axis"><span>{Wording.Minute(traffic.Slots[0].Start)}</span> <span>{extent}</span> <span>now</span></p>
                </figure>
        """);

    private static Html Row(TrafficSlot[] slots) => Html.Of($"""
                    <tr>
                      <th scope="row">{Wording.Minute(slots[0].Start)}</th>
                      <td>{slots.Sum(slot => slot.Requests)}</td>
                      <td>{slots.Sum(slot => slot.Failures)}</td>
                      <td>{Wording.Latency(slots.Max(slot => slot.Median))}</td>
                      <td>{Wording.Latency(slots.Max(slot => slot.Percentile95))}</td>
                    </tr>

        """);
}
