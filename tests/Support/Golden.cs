namespace Platform.TestSupport;

/// <summary>
/// Compares a text with the file <c>Golden/&lt;name&gt;</c> of the running test project. <c>make golden</c> rewrites these files; the diff is reviewed.
/// </summary>
internal static class Golden
{
    private const int Context = 3;
    private const int MostLinesShown = 40;

    public static void Matches(string actual, string name)
    {
        var path = Path.Combine(Repository.TestProject, "Golden", name);
        var received = Path.ChangeExtension(path, ".received" + Path.GetExtension(path));
        var text = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Write(path, text);
            File.Delete(received);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (text == expected && File.Exists(path))
        {
            File.Delete(received);
            return;
        }

        Write(received, text);
        Assert.Fail($"{Path.GetRelativePath(Repository.Root, path)} differs ('make golden' accepts the new text):\n{Difference(expected, text)}");
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
        File.WriteAllText(path, text);
    }

    private static string Difference(string expected, string actual)
    {
        string[] before = expected.Split('\n'), after = actual.Split('\n');
        var shorter = Math.Min(before.Length, after.Length);
        var head = Enumerable.Range(0, shorter).TakeWhile(i => before[i] == after[i]).Count();
        var tail = Enumerable.Range(1, shorter - head).TakeWhile(i => before[^i] == after[^i]).Count();

        var lines = before.Take(head).TakeLast(Context).Select(line => "  " + line)
            .Concat(Shown(before[head..^tail], "- "))
            .Concat(Shown(after[head..^tail], "+ "))
            .Concat(before.TakeLast(tail).Take(Context).Select(line => "  " + line));
        return $"  line {head + 1}:\n" + string.Join('\n', lines);
    }

    private static IEnumerable<string> Shown(string[] lines, string sign) =>
        lines.Length <= MostLinesShown
            ? lines.Select(line => sign + line)
            : lines.Take(MostLinesShown).Select(line => sign + line).Append($"{sign}… {lines.Length - MostLinesShown} more");
}
