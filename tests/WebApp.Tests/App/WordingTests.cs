using Platform.WebApp.Pages;

namespace Platform.WebApp.Tests.App;

public sealed class WordingTests
{
    [Theory]
    [InlineData("0.00:00:00.9", "0 s")]
    [InlineData("0.00:00:59", "59 s")]
    [InlineData("0.00:03:12", "3 min 12 s")]
    [InlineData("0.23:59:59", "23 h 59 min")]
    [InlineData("400.05:00:00", "400 d 5 h")]
    public void A_span_is_said_in_its_two_largest_units(string span, string expected) =>
        Assert.Equal(expected, Wording.Of(TimeSpan.Parse(span, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.001, "< 0.01 ms")]
    [InlineData(0.123, "0.12 ms")]
    [InlineData(8.12, "8.1 ms")]
    [InlineData(120.4, "120 ms")]
    [InlineData(1500.0, "1.5 s")]
    public void A_latency_has_three_digits_at_most(double? milliseconds, string expected) =>
        Assert.Equal(expected, Wording.Latency(milliseconds is { } some ? TimeSpan.FromMilliseconds(some) : null));

    [Fact]
    public void Html_escapes_all_but_html()
    {
        var inner = Html.Of($"<b>{"a&b"}</b>");

        var outer = Html.Of($"""<i title="{"\"<>"}">{inner}{(string?)null}{7}</i>""");

        Assert.Equal("""<i title="&quot;&lt;&gt;"><b>a&amp;b</b>7</i>""", outer.ToString());
    }
}
