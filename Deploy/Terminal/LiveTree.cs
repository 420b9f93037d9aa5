using System.Collections.Immutable;
using System.Globalization;

namespace Platform.Deploy.Terminal;

/// <summary>A run on a terminal at one moment: a line a step, none longer than the terminal is wide.</summary>
internal static class LiveTree
{
    private const int MostLines = 24;
    private const int BarWidth = 20;
    private const int ClockWidth = 7;

    private static readonly string[] Frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    /// <param name="board">What happened so far.</param>
    /// <param name="heading">What is done, such as <c>Deploying shop-dev</c>, when it began, and how long it takes as a rule.</param>
    /// <param name="now">By the time of the target.</param>
    /// <param name="frame">Of the moving signs.</param>
    /// <param name="screen">Width and colours.</param>
    public static ImmutableArray<string> Render(RunBoard board, RunHeading heading, DateTimeOffset now, int frame, Screen screen)
    {
        var palette = new Palette(screen.Colours);
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add(Heading(heading, now, screen.Width, palette));
        foreach (var group in Shown(board))
        {
            lines.Add(group is [var only] ? Line(only, now, frame, TitleWidth(board, screen), screen.Width, palette) : Gathered(group, screen.Width, palette));
        }

        return lines.ToImmutable();
    }

    private static string Heading(RunHeading heading, DateTimeOffset now, int width, Palette palette)
    {
        var clock = Span.Clock(now - heading.Began) + (heading.Expected is { } expected ? $" of about {Span.About(expected)}" : "");
        var title = Cut(heading.Title, Math.Max(8, width - clock.Length - 3));
        var gap = Math.Max(2, width - title.Length - clock.Length - 1);
        return palette.Strong(title) + new string(' ', gap) + palette.Quiet(clock);
    }

    // Of a thousand services there are some hundred stacks: what is over and what has not begun is counted.
    private static IEnumerable<ImmutableArray<StepLine>> Shown(RunBoard board)
    {
        if (board.Steps.Length <= MostLines)
        {
            return board.Steps.Select(line => ImmutableArray.Create(line));
        }

        var over = board.Steps.Where(line => line.State is StepState.Done or StepState.Unchanged or StepState.Removed).ToImmutableArray();
        var waiting = board.Steps.Where(line => line.State == StepState.Waiting).ToImmutableArray();
        var others = board.Steps.Except(over).Except(waiting).Select(line => ImmutableArray.Create(line));
        return new[] { over }.Concat(others).Append(waiting).Where(group => !group.IsEmpty);
    }

    private static string Gathered(ImmutableArray<StepLine> lines, int width, Palette palette) => lines[0].State == StepState.Waiting
        ? palette.Quiet(Cut(string.Create(CultureInfo.InvariantCulture, $"  ○ {lines.Length} more"), width - 1))
        : Cut(string.Create(CultureInfo.InvariantCulture, $"  ✓ {lines.Length} are done, {lines.Count(line => line.State == StepState.Unchanged)} of them without a change"), width - 1);

    private static int TitleWidth(RunBoard board, Screen screen) => Math.Min(board.Steps.Max(line => line.Step.Title.Length), Math.Max(12, screen.Width / 3));

    private static string Line(StepLine line, DateTimeOffset now, int frame, int titleWidth, int width, Palette palette)
    {
        var title = End(line.Step.Title, titleWidth).PadRight(titleWidth);
        var clock = (line.Elapsed(now) is { } elapsed && line.State != StepState.Unchanged ? Span.Clock(elapsed) : "").PadLeft(ClockWidth);
        var rest = Cut(Rest(line), Math.Max(0, width - titleWidth - ClockWidth - 8));
        return line.State switch
        {
            StepState.Running => $"  {palette.Careful(Frames[frame % Frames.Length])} {title} {clock}  {rest}".TrimEnd(),
            StepState.Done or StepState.Removed => $"  {palette.Good("✓")} {title} {clock}  {palette.Quiet(rest)}".TrimEnd(),
            StepState.Unchanged => palette.Quiet($"  · {title} {clock}  unchanged"),
            StepState.Failed => $"  {palette.Bad("✗")} {title} {clock}  {palette.Bad(rest)}".TrimEnd(),
            StepState.Abandoned => palette.Careful($"  – {title} {clock}  {rest}".TrimEnd()),
            _ => palette.Quiet($"  ○ {title}".TrimEnd()),
        };
    }

    private static string Rest(StepLine line) => line.State switch
    {
        StepState.Removed => "gone",
        StepState.Failed => $"failed, {line.Text}",
        StepState.Running when line.BytesInAll > 0 => $"{Bar(line.BytesSent, line.BytesInAll)} {ImagesText.Size(line.BytesSent)} of {ImagesText.Size(line.BytesInAll)}",
        StepState.Running when line.BytesSent > 0 => $"{line.Text}{(line.Text.Length > 0 ? ", " : "")}{ImagesText.Size(line.BytesSent)} sent",
        StepState.Running => (line.Step.Expected is { } expected ? $"of {Span.About(expected)}" : "") + (line.Text.Length > 0 ? $"{(line.Step.Expected is null ? "" : "  ")}{line.Text}" : ""),
        _ => line.Text,
    };

    private static string Bar(long done, long all)
    {
        var full = (int)Math.Clamp(done * BarWidth / all, 0, BarWidth);
        return new string('█', full) + new string('░', BarWidth - full);
    }

    // Titles begin alike: their ends tell them apart.
    private static string End(string text, int width) => text.Length <= width ? text : "…" + text[^(width - 1)..];

    private static string Cut(string text, int width) => text.Length <= width ? text : width <= 1 ? "" : text[..(width - 1)] + "…";
}

/// <param name="Title">Such as <c>Deploying shop-dev to eu-west-1</c>.</param>
/// <param name="Expected">Null: nobody knows.</param>
internal sealed record RunHeading(string Title, DateTimeOffset Began, TimeSpan? Expected);
