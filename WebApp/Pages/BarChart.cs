using System.Globalization;

namespace Platform.WebApp.Pages;

/// <summary>Bars over time as an inline SVG: for each slot a bar of the whole and in it, from the bottom, a bar of the part.</summary>
/// <param name="Id">Of the figure in its page.</param>
/// <param name="Title">What is drawn.</param>
/// <param name="Description">What the bars tell, for those who cannot see them.</param>
/// <param name="Whole">Class and height of each slot's bar; heights are 0 to 1, 0 is no bar.</param>
/// <param name="Part">The same of the bar in front of it.</param>
/// <param name="Lines">Heights of lines across, 0 to 1.</param>
/// <remarks>Only shapes, stretched to the room that the page has; words would be stretched with them and stand beside it instead.</remarks>
internal sealed record BarChart(string Id, string Title, string Description, Bars Whole, Bars Part, double[] Lines)
{
    private const int SlotWidth = 10;
    private const int BarWidth = 7;
    private const int Height = 100;
    private const double LeastVisible = 1.5;

    private int Width => Whole.Heights.Length * SlotWidth;

    public Html Render() => Html.Of($"""
        <svg class="chart" viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" role="img" aria-labelledby="{Id}-title {Id}-text">
        <title id="{Id}-title">{Title}</title><desc id="{Id}-text">{Description}</desc>
        {Html.Join(Lines.Select(Line))}{Draw(Whole)}{Draw(Part)}
        </svg>
        """);

    private static Html Draw(Bars bars) => Html.Join(bars.Heights.Select((height, slot) =>
        height > 0 ? Bar(slot, Math.Max(LeastVisible, height * Height), bars.Tone) : Html.Empty));

    private static Html Bar(int slot, double height, string tone) => Html.Of(
        $"""<rect class="{tone}" x="{slot * SlotWidth}" y="{Coordinate(Height - height)}" width="{BarWidth}" height="{Coordinate(height)}"/>""");

    private Html Line(double height) => Html.Of($"""<path d="M0 {Coordinate((1 - height) * Height)}H{Width}"/>""");

    private static string Coordinate(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>One bar for each slot, oldest first, all of one class of the style sheet.</summary>
internal sealed record Bars(string Tone, double[] Heights);
