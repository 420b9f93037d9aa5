using System.Collections.Immutable;
using System.Globalization;

namespace Platform.Deploy.Rendering;

/// <summary>Two texts as the lines of a unified diff, three lines of context around each change.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    // Myers' algorithm costs the square of the number of differences. Texts that differ more are shown as replaced.
    private const int MostDifferences = 1500;

    public static ImmutableArray<string> Lines(string before, string after)
    {
        string[] left = Split(before), right = Split(after);
        var steps = Steps(left, right);
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var first = NextChange(steps, 0); first < steps.Count;)
        {
            var start = Math.Max(0, first - Context);
            var last = first;
            for (var next = NextChange(steps, first + 1); next < steps.Count && next - last <= (2 * Context) + 1; next = NextChange(steps, next + 1))
            {
                last = next;
            }

            var end = Math.Min(steps.Count, last + Context + 1);
            AddHunk(lines, steps, start, end);
            first = NextChange(steps, end);
        }

        return lines.ToImmutable();
    }

    private static string[] Split(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static int NextChange(List<Step> steps, int from)
    {
        var index = from;
        while (index < steps.Count && steps[index].Sign == ' ')
        {
            index++;
        }

        return index;
    }

    private static void AddHunk(ImmutableArray<string>.Builder lines, List<Step> steps, int start, int end)
    {
        var hunk = steps.GetRange(start, end - start);
        var (before, after) = (hunk.Count(step => step.Sign != '+'), hunk.Count(step => step.Sign != '-'));
        lines.Add($"@@ -{Range(hunk[0].Before, before)} +{Range(hunk[0].After, after)} @@");
        lines.AddRange(hunk.Select(step => step.Sign + step.Line));
    }

    // An empty range names the line before it, as diff does.
    private static string Range(int index, int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? index : index + 1)},{count}");

    // The whole way from one text to the other; equal ends are left out of the search.
    private static List<Step> Steps(string[] left, string[] right)
    {
        var shorter = Math.Min(left.Length, right.Length);
        var head = 0;
        while (head < shorter && left[head] == right[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < shorter - head && left[^(tail + 1)] == right[^(tail + 1)])
        {
            tail++;
        }

        var steps = new List<Step>(left.Length + right.Length);
        steps.AddRange(left.Take(head).Select((line, index) => new Step(' ', line, index, index)));
        steps.AddRange(Middle(left.AsSpan(head, left.Length - head - tail), right.AsSpan(head, right.Length - head - tail), head));
        steps.AddRange(left.TakeLast(tail).Select((line, index) => new Step(' ', line, left.Length - tail + index, right.Length - tail + index)));
        return steps;
    }

    private static List<Step> Middle(ReadOnlySpan<string> left, ReadOnlySpan<string> right, int offset)
    {
        var trace = Trace(left, right);
        var steps = new List<Step>();
        var (x, y) = (left.Length, right.Length);
        for (var depth = trace.Count - 1; depth >= 0; depth--)
        {
            var reached = trace[depth];
            var diagonal = x - y;
            var down = diagonal == -depth || (diagonal != depth && reached[diagonal - 1 + depth] < reached[diagonal + 1 + depth]);
            var (fromX, fromDiagonal) = depth == 0 ? (0, 0) : down ? (reached[diagonal + 1 + depth], diagonal + 1) : (reached[diagonal - 1 + depth], diagonal - 1);
            var fromY = fromX - fromDiagonal;
            while (x > fromX && y > fromY && left[x - 1] == right[y - 1])
            {
                steps.Add(new Step(' ', left[--x], offset + x, offset + --y));
            }

            if (depth > 0 && down)
            {
                steps.Add(new Step('+', right[--y], offset + x, offset + y));
            }
            else if (depth > 0)
            {
                steps.Add(new Step('-', left[--x], offset + x, offset + y));
            }
        }

        // Too different: the search was given up.
        while (y > 0)
        {
            steps.Add(new Step('+', right[--y], offset + x, offset + y));
        }

        while (x > 0)
        {
            steps.Add(new Step('-', left[--x], offset + x, offset + y));
        }

        steps.Reverse();
        return steps;
    }

    // For each number of differences how far each diagonal was reached with one difference less; index 0 is diagonal -depth.
    // Empty where there are too many differences.
    private static List<int[]> Trace(ReadOnlySpan<string> left, ReadOnlySpan<string> right)
    {
        var trace = new List<int[]>();
        var limit = Math.Min(left.Length + right.Length, MostDifferences);
        var furthest = new int[(2 * limit) + 3];
        var middle = limit + 1;
        for (var depth = 0; depth <= limit; depth++)
        {
            trace.Add(furthest[(middle - depth)..(middle + depth + 1)]);
            for (var diagonal = -depth; diagonal <= depth; diagonal += 2)
            {
                var down = diagonal == -depth || (diagonal != depth && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1]);
                var x = down ? furthest[middle + diagonal + 1] : furthest[middle + diagonal - 1] + 1;
                while (x < left.Length && x - diagonal < right.Length && left[x] == right[x - diagonal])
                {
                    x++;
                }

                furthest[middle + diagonal] = x;
                if (x >= left.Length && x - diagonal >= right.Length)
                {
                    return trace;
                }
            }
        }

        return [];
    }

    // The line numbers, from 0, at which the step stands in both texts.
    private readonly record struct Step(char Sign, string Line, int Before, int After);
}
