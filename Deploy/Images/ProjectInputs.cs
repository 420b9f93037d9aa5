using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;

namespace Platform.Deploy.Images;

/// <summary>A project and what it refers to.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="References">Absolute paths of the projects that it refers to, itself not among them; all that they refer to are.</param>
/// <param name="Paths">Absolute paths of files and folders that it is made from, with those of its references.</param>
internal sealed record ProjectInputs(string File, ImmutableArray<string> References, ImmutableArray<string> Paths)
{
    /// <summary>What the projects name in a way that only MSBuild can follow, sorted; empty: the paths are all that they are made from.</summary>
    public required ImmutableArray<string> Computed { get; init; }

    // Elements whose attribute or text is a path.
    private static readonly string[] Files =
        ["Import", "ProjectReference", "Compile", "Content", "None", "EmbeddedResource", "AdditionalFiles", "HintPath"];

    // Found by MSBuild, NuGet, the SDK and the compiler in any folder above a project.
    private static readonly string[] Inherited =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config", "NuGet.Config", ".editorconfig", ".globalconfig"];

    /// <summary>
    /// Reads project files as text. What only MSBuild could tell (conditions, computed paths) is missed or taken too often: revisions and labels
    /// depend on this, the content of an image does not.
    /// </summary>
    /// <param name="file">Absolute path of the project.</param>
    /// <param name="root">Absolute path of the folder above which nothing is looked for.</param>
    public static ProjectInputs Of(string file, string root)
    {
        var projects = new SortedSet<string>(StringComparer.Ordinal);
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        var computed = new SortedSet<string>(StringComparer.Ordinal);
        Visit(file, root, projects, paths, computed);
        return new ProjectInputs(file, [.. projects.Where(project => project != file)], [.. paths]) { Computed = [.. computed] };
    }

    private static void Visit(string project, string root, SortedSet<string> projects, SortedSet<string> paths, SortedSet<string> computed)
    {
        if (!projects.Add(project))
        {
            return;
        }

        var folder = Path.GetDirectoryName(project) ?? root;
        paths.Add(folder);
        var imported = new List<string> { project };
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            foreach (var found in Inherited.Select(name => Path.Combine(above, name)).Where(System.IO.File.Exists))
            {
                paths.Add(found);
                imported.Add(found);
            }

            if (above == root)
            {
                break;
            }
        }

        // An imported file may import others.
        for (var i = 0; i < imported.Count; i++)
        {
            if (Path.GetExtension(imported[i]) is ".json" or ".config" or ".editorconfig" or ".globalconfig")
            {
                continue;
            }

            foreach (var (element, text, path) in Mentions(imported[i], folder))
            {
                if (path is null)
                {
                    if (Files.Contains(element, StringComparer.Ordinal) && text.Contains("$(", StringComparison.Ordinal))
                    {
                        computed.Add($"{text} in {Path.GetFileName(imported[i])}");
                    }
                }
                else if (element == "ProjectReference" && System.IO.File.Exists(path))
                {
                    Visit(path, root, projects, paths, computed);
                }
                else
                {
                    if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Path.Exists(path))
                    {
                        paths.Add(path);
                    }

                    if (element == "Import" && System.IO.File.Exists(path) && !imported.Contains(path))
                    {
                        imported.Add(path);
                    }
                }
            }
        }
    }

    // Everything that a project names beside itself: references, linked files, imports. Without a path: only MSBuild can tell.
    private static IEnumerable<(string Element, string Text, string? Path)> Mentions(string file, string projectFolder)
    {
        XDocument document;
        try
        {
            document = XDocument.Load(file);
        }
        catch (Exception failure) when (failure is XmlException or IOException or UnauthorizedAccessException)
        {
            // MSBuild will say it better.
            return [];
        }

        var here = Path.GetDirectoryName(file) ?? projectFolder;
        return
            from element in document.Descendants()
            let attributes = element.Attributes().Where(attribute => attribute.Name.LocalName is "Include" or "Project").Select(attribute => attribute.Value)
            from value in element.Name.LocalName == "HintPath" ? [element.Value] : attributes
            from part in value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            select (element.Name.LocalName, part, Resolve(part, here, element.Name.LocalName == "Import" ? here : projectFolder, projectFolder));
    }

    private static string? Resolve(string text, string thisFolder, string relativeTo, string projectFolder)
    {
        var path = text.Replace('\\', '/')
            .Replace("$(MSBuildThisFileDirectory)", thisFolder + "/", StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", projectFolder, StringComparison.OrdinalIgnoreCase);
        // Up to the first wildcard; a path that only MSBuild can compute is not ours to guess.
        var wildcard = path.IndexOfAny(['*', '?']);
        path = wildcard < 0 ? path : path[..(path.LastIndexOf('/', wildcard) + 1)];
        return path.Length == 0 || path.Contains("$(", StringComparison.Ordinal) || path.Contains("@(", StringComparison.Ordinal)
            ? null
            : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, relativeTo));
    }
}
