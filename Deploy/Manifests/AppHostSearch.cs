using System.Xml;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Manifests;

/// <summary>Finds the project that an application is described in.</summary>
internal static class AppHostSearch
{
    private static readonly string[] Extensions = [".csproj", ".fsproj", ".vbproj"];

    // What is built or restored, in folders that may be large.
    private static readonly HashSet<string> Skipped = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "node_modules", "artifacts" };

    // Far below a solution there may be many folders; any other folder may be a whole disk.
    private const int LevelsOfSolution = 10;
    private const int LevelsOfAnyFolder = 2;

    /// <summary>The one AppHost of the solution around a folder, or the one that the folder itself lies in.</summary>
    /// <returns>Full path of the project file.</returns>
    /// <exception cref="DeployException">There is none, or there are several.</exception>
    public static string Around(string folder)
    {
        var full = Path.GetFullPath(folder);
        var above = Above(full).ToList();
        var known = above.FirstOrDefault(HasSolution) ?? above.FirstOrDefault(at => Path.Exists(Path.Combine(at, ".git")));
        var solution = known ?? full;
        foreach (var at in above.TakeWhile(at => at.Length >= solution.Length))
        {
            if (ProjectsIn(at).Where(IsAppHost).ToList() is [var here])
            {
                return here;
            }
        }

        return ProjectsBelow(solution, known is null ? LevelsOfAnyFolder : LevelsOfSolution).Where(IsAppHost).ToList() switch
        {
            [var one] => one,
            [] => throw new DeployException(AppHostProblems.NoAppHost(solution)),
            var several => throw new DeployException(AppHostProblems.SeveralAppHosts(solution, [.. several.Select(project => Shown(solution, project))])),
        };
    }

    /// <summary>The project that a path names: a project file, or a folder with one project, or with one AppHost among several.</summary>
    /// <returns>Full path of the project file.</returns>
    /// <exception cref="DeployException">There is none, or it is open which one is meant.</exception>
    public static string At(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return IsProject(full) ? full : throw new DeployException(AppHostProblems.NoProject(path));
        }

        var projects = Directory.Exists(full) ? ProjectsIn(full).ToList() : [];
        return projects switch
        {
            [var one] => one,
            [] => throw new DeployException(AppHostProblems.NoProject(path)),
            _ when projects.Where(IsAppHost).ToList() is [var one] => one,
            _ => throw new DeployException(AppHostProblems.SeveralProjects(path, [.. projects.Select(project => Shown(full, project))])),
        };
    }

    /// <summary>
    /// Whether a project file says of itself that it is an AppHost: <c>IsAspireHost</c>, or Aspire's SDK or package. (A reference to Platform.Hosting is no sign:
    /// tests of an AppHost have it too.)
    /// </summary>
    public static bool IsAppHost(string project)
    {
        try
        {
            using var reader = XmlReader.Create(project, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && SaysAppHost(reader))
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception unreadable) when (unreadable is XmlException or IOException or UnauthorizedAccessException)
        {
            // MSBuild says it better, once it is built.
            return false;
        }
    }

    private static bool SaysAppHost(XmlReader element) => element.LocalName switch
    {
        "IsAspireHost" => !element.IsEmptyElement && element.Read() && element.NodeType == XmlNodeType.Text
            && element.Value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase),
        "Project" or "Import" => element.GetAttribute("Sdk")?.Contains("Aspire.AppHost.Sdk", StringComparison.OrdinalIgnoreCase) == true,
        "Sdk" => "Aspire.AppHost.Sdk".Equals(element.GetAttribute("Name"), StringComparison.OrdinalIgnoreCase),
        "PackageReference" => "Aspire.Hosting.AppHost".Equals(element.GetAttribute("Include"), StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static IEnumerable<string> ProjectsBelow(string folder, int levels)
    {
        var open = new Stack<(string Folder, int Levels)>([(folder, levels)]);
        while (open.TryPop(out var current))
        {
            foreach (var project in ProjectsIn(current.Folder))
            {
                yield return project;
            }

            if (current.Levels == 0)
            {
                continue;
            }

            foreach (var inner in Children(current.Folder, new DirectoryInfo(current.Folder).EnumerateDirectories).OrderByDescending(child => child.Name, StringComparer.Ordinal))
            {
                if (!Skipped.Contains(inner.Name) && !inner.Name.StartsWith('.') && inner.LinkTarget is null)
                {
                    open.Push((inner.FullName, current.Levels - 1));
                }
            }
        }
    }

    private static IEnumerable<string> ProjectsIn(string folder) =>
        Children(folder, new DirectoryInfo(folder).EnumerateFiles).Select(file => file.FullName).Where(IsProject).Order(StringComparer.Ordinal);

    // A folder that this user may not look into has none of his projects.
    private static List<T> Children<T>(string folder, Func<IEnumerable<T>> enumerate)
    {
        try
        {
            return Directory.Exists(folder) ? [.. enumerate()] : [];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsProject(string file) => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static bool HasSolution(string folder) =>
        Children(folder, new DirectoryInfo(folder).EnumerateFiles).Any(file => file.Extension is ".sln" or ".slnx");

    private static IEnumerable<string> Above(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            yield return current;
        }
    }

    private static string Shown(string folder, string project) => Path.GetRelativePath(folder, project).Replace('\\', '/');
}
