using System.Globalization;
using Platform.Deploy.Rendering;

namespace Platform.Deploy.Tests.Rendering;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void A_change_has_three_lines_around_it()
    {
        var lines = UnifiedDiff.Lines("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n");

        Assert.Equal(["@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"], lines);
    }

    [Fact]
    public void Changes_that_are_far_apart_are_hunks_of_their_own()
    {
        var lines = UnifiedDiff.Lines("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n");

        Assert.Equal(["@@ -1,4 +1,4 @@", "-a", "+A", " 1", " 2", " 3", "@@ -6,4 +6,4 @@", " 5", " 6", " 7", "-b", "+B"], lines);
    }

    [Fact]
    public void Changes_whose_surroundings_meet_share_a_hunk()
    {
        var lines = UnifiedDiff.Lines("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n");

        Assert.Equal(["@@ -1,8 +1,8 @@", "-a", "+A", " 1", " 2", " 3", " 4", " 5", " 6", "-b", "+B"], lines);
    }

    [Fact]
    public void Equal_texts_have_no_lines()
    {
        var lines = UnifiedDiff.Lines("same\n", "same\n");

        Assert.Empty(lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_lines_lead_from_one_text_to_the_other(int seed)
    {
        var numbers = new Sequence(seed);
        var before = Enumerable.Range(0, 60).Select(_ => numbers.Below(8).ToString(CultureInfo.InvariantCulture)).ToList();
        var after = before.Where(_ => numbers.Below(5) > 0).SelectMany(line => numbers.Below(6) == 0 ? [line, "new"] : new[] { line }).ToList();

        var lines = UnifiedDiff.Lines(Text(before), Text(after));

        Assert.Equal(after, Patched(before, lines));
    }

    [Fact]
    public void Texts_without_anything_in_common_are_replaced()
    {
        var before = Enumerable.Range(0, 2000).Select(number => $"old {number}").ToList();
        var after = Enumerable.Range(0, 2000).Select(number => $"new {number}").ToList();

        var lines = UnifiedDiff.Lines(Text(before), Text(after));

        Assert.Equal(["@@ -1,2000 +1,2000 @@", .. before.Select(line => "-" + line), .. after.Select(line => "+" + line)], lines);
    }

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static List<string> Patched(List<string> before, IEnumerable<string> lines)
    {
        var (after, at) = (new List<string>(), 0);
        foreach (var line in lines)
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                var start = int.Parse(line[4..line.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture) - 1;
                after.AddRange(before[at..start]);
                at = start;
            }
            else if (line[0] == '+')
            {
                after.Add(line[1..]);
            }
            else
            {
                Assert.Equal(before[at++], line[1..]);
                after.AddRange(line[0] == ' ' ? [line[1..]] : Array.Empty<string>());
            }
        }

        after.AddRange(before[at..]);
        return after;
    }

    private sealed class Sequence(int seed)
    {
        private uint _state = (uint)seed;

        // The constants of Numerical Recipes; the low digits of such a sequence are not random.
        public int Below(int limit) => (int)(((_state = (1664525 * _state) + 1013904223) >> 16) % (uint)limit);
    }
}
