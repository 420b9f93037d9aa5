namespace Platform.Deploy.Sources;

/// <summary>
/// The folder outside of which nothing is read, whatever a manifest says (docs/decisions/0006-what-a-manifest-may-read.md): neither by <c>..</c>, nor by an
/// absolute path, nor by a link anywhere on the way.
/// </summary>
internal sealed class SourceRoot
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    private readonly string _written;

    private SourceRoot(string folder)
    {
        _written = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Folder = RealPath(_written);
    }

    /// <summary>Absolute, without links.</summary>
    public string Folder { get; }

    /// <summary>This very folder.</summary>
    public static SourceRoot At(string folder) => new(folder);

    /// <summary>The checkout that a manifest's folder lies in; without one its solution's folder; without one the folder itself.</summary>
    public static SourceRoot Around(string folder) => new(
        Above(folder).FirstOrDefault(IsCheckout) ?? Above(folder).FirstOrDefault(HasSolution) ?? folder);

    /// <summary>Follows a path of a manifest, link by link.</summary>
    /// <param name="folder">What the path is relative to.</param>
    /// <param name="path">As the manifest has it.</param>
    public SourcePath Follow(string folder, string path)
    {
        if (IsAbsolute(path))
        {
            return new SourcePath.Outside(Way.Absolute);
        }

        var start = RealPath(Path.GetFullPath(folder));
        return Contains(start) ? Follow(start, Steps(path)) : new SourcePath.Outside(Way.Upwards);
    }

    /// <summary>On any system: a manifest may come from another one.</summary>
    public static bool IsAbsolute(string path) =>
        path.StartsWith('/') || path.StartsWith('\\') || (path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0]));

    private SourcePath Follow(string start, IEnumerable<string> steps)
    {
        var current = start;
        var open = new Stack<string>(steps.Reverse());
        var links = 0;
        while (open.TryPop(out var step))
        {
            if (step == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                if (!Contains(current))
                {
                    return new SourcePath.Outside(links > 0 ? Way.Link : Way.Upwards);
                }

                continue;
            }

            var next = Path.Combine(current, step);
            if (LinkAt(next) is not { } target)
            {
                current = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return new SourcePath.Outside(Way.Loop);
            }

            if (Path.IsPathRooted(target))
            {
                if (FromRoot(Path.GetFullPath(target)) is not { } fromRoot)
                {
                    return new SourcePath.Outside(Way.Link);
                }

                (current, target) = (Folder, fromRoot);
            }

            foreach (var inner in Steps(target).Reverse())
            {
                open.Push(inner);
            }
        }

        return Path.Exists(current) ? new SourcePath.Inside(current) : new SourcePath.Missing(current);
    }

    private bool Contains(string path) => IsWithin(Folder, path);

    private static bool IsWithin(string folder, string path) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // A link may name the root by another way than its real one, such as macOS's /tmp.
    private string? FromRoot(string target) =>
        Contains(target) ? Path.GetRelativePath(Folder, target) : IsWithin(_written, target) ? Path.GetRelativePath(_written, target) : null;

    private static string[] Steps(string path) =>
        [.. path.Split(['/', Path.DirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(step => step != ".")];

    private static string? LinkAt(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at cannot be read either; whoever reads it says so.
            return null;
        }
    }

    // Of a folder of the user's own; here links may lead anywhere.
    private static string RealPath(string path)
    {
        var top = Path.GetPathRoot(path) ?? "/";
        var current = top;
        var open = new Stack<string>(Steps(path[top.Length..]).Reverse());
        for (var links = 0; links <= MostLinks && open.TryPop(out var step);)
        {
            if (step == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            var next = Path.Combine(current, step);
            if (LinkAt(next) is not { } target)
            {
                current = next;
                continue;
            }

            links++;
            current = Path.IsPathRooted(target) ? Path.GetPathRoot(target) ?? top : current;
            foreach (var inner in Steps(target[(Path.GetPathRoot(target) ?? "").Length..]).Reverse())
            {
                open.Push(inner);
            }
        }

        return open.Count == 0 ? current : path;
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var current = Path.GetFullPath(folder); current is not null; current = Path.GetDirectoryName(current))
        {
            yield return current;
        }
    }

    // In a worktree or a submodule '.git' is a file.
    private static bool IsCheckout(string folder) => Path.Exists(Path.Combine(folder, ".git"));

    private static bool HasSolution(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(file => Path.GetExtension(file) is ".sln" or ".slnx");
}

/// <summary>Where a path of a manifest leads.</summary>
internal abstract record SourcePath
{
    private SourcePath()
    {
    }

    /// <param name="FullPath">Without links: what is opened by it lies inside.</param>
    public sealed record Inside(string FullPath) : SourcePath;

    /// <summary>Inside, but there is nothing.</summary>
    public sealed record Missing(string FullPath) : SourcePath;

    /// <summary>Not to be read.</summary>
    public sealed record Outside(Way Way) : SourcePath;
}

/// <summary>How a path gets outside.</summary>
internal enum Way
{
    /// <summary>It is absolute.</summary>
    Absolute,

    /// <summary>By <c>..</c>.</summary>
    Upwards,

    /// <summary>By a link.</summary>
    Link,

    /// <summary>Nowhere: its links lead in a circle.</summary>
    Loop,
}
