using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Images;

/// <summary>A project that takes part in a build: published itself, or referred to by one that is.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Folder">Name of its folder below the workspace's; the same on every machine, since paths end up in debug symbols.</param>
/// <param name="Revision">Ends the informational version of its assembly; null outside of a repository.</param>
/// <param name="RuntimeIdentifiers">What it is published for; empty for one that is only referred to.</param>
internal sealed record PublishedProject(string File, string Folder, string? Revision, ImmutableArray<string> RuntimeIdentifiers);

/// <summary>
/// The MSBuild files of a build: one that publishes every project for every platform at once, and what the projects import. A
/// project is built once for what its platforms have in common, restored once, and beside the files of its developer, whose own builds are not
/// disturbed.
/// </summary>
internal static class PublishFiles
{
    /// <summary>Written by the build of each project and platform, below the workspace's builds.</summary>
    public const string FactsFolder = "facts";

    /// <summary>What each project imports alone, below the workspace.</summary>
    public const string ProjectsFolder = "projects";

    /// <param name="projects">All of them.</param>
    /// <param name="workspace">Where everything is written.</param>
    /// <param name="settings">How they are published.</param>
    public static string Build(ImmutableArray<PublishedProject> projects, ImageWorkspace workspace, ImageSettings settings)
    {
        var aot = settings.Publishing == Publishing.NativeAot;
        var properties = string.Join(
            ';',
            "Configuration=Release",
            "_IsPublishing=true",
            // The same bytes in every checkout: no address of the repository, no path of the machine, no commit but ours.
            "ContinuousIntegrationBuild=true",
            "EnableSourceControlManagerQueries=false",
            "EnableSourceLink=false",
            // They find mistakes and change no output; builds and tests run them.
            "RunAnalyzers=false",
            // The lock file of a project does not know our platforms. What it says is compared afterwards: LockedPackages.
            "RestoreLockedMode=false",
            $"PublishReadyToRun={(settings.ReadyToRun && !aot ? "true" : "false")}",
            $"PublishAot={(aot ? "true" : "false")}",
            $"SelfContained={(settings.Publishing == Publishing.FrameworkDependent ? "false" : "true")}",
            $"ArtifactsPath={Escaped(workspace.Builds)}",
            $"CustomBeforeMicrosoftCommonProps={Escaped(Path.Combine(workspace.Folder, "before.props"))}",
            $"CustomAfterMicrosoftCommonTargets={Escaped(Path.Combine(workspace.Folder, "after.targets"))}");
        var published = projects.Where(project => project.RuntimeIdentifiers.Length > 0).ToList();
        return Text(
            new XElement(
                "Project",
                new XAttribute("DefaultTargets", "Publish"),
                new XElement(
                    "ItemGroup",
                    published.Select(project => new XElement("Restored", new XAttribute("Include", Escaped(project.File)))),
                    published.SelectMany(project => project.RuntimeIdentifiers.Select(rid => new XElement(
                        "Published", new XAttribute("Include", Escaped(project.File)), new XElement("AdditionalProperties", $"RuntimeIdentifier={rid}"))))),
                new XElement(
                    "Target",
                    new XAttribute("Name", "Publish"),
                    // Another set of properties, so that the projects are read anew after what the restore has written.
                    new XElement("MSBuild", new XAttribute("Projects", "@(Restored)"), new XAttribute("Targets", "Restore"), new XAttribute("Properties", $"{properties};MSBuildRestoreSessionId=platform")),
                    new XElement("MSBuild", new XAttribute("Projects", "@(Published)"), new XAttribute("Targets", "Publish"), new XAttribute("Properties", properties), new XAttribute("BuildInParallel", "true")))));
    }

    public static string Before(ImmutableArray<PublishedProject> projects, ImageWorkspace workspace) =>
        Text(new XElement(
            "Project",
            projects.Select(project => new XElement(
                "Import",
                new XAttribute("Project", Escaped(ProjectFile(project, workspace))),
                new XAttribute("Condition", $"'$(MSBuildProjectFullPath)' == '{Escaped(project.File)}'")))));

    /// <summary>A file of its own for each project, so that a commit that concerns one does not have the others compiled anew.</summary>
    public static string Project(PublishedProject project, ImageWorkspace workspace) =>
        Text(new XElement(
            "Project",
            new XElement(
                "PropertyGroup",
                new XElement("ArtifactsProjectName", Escaped(project.Folder)),
                project.RuntimeIdentifiers.Length == 0 ? null : new XElement("RuntimeIdentifiers", string.Join(';', project.RuntimeIdentifiers)),
                project.Revision is null ? null : new XElement("SourceRevisionId", project.Revision),
                HasLockFile(project) ? new XElement("RestorePackagesWithLockFile", "true") : null,
                new XElement("NuGetLockFilePath", Escaped(LockFile(project, workspace))))));

    public static string ProjectFile(PublishedProject project, ImageWorkspace workspace) => Path.Combine(workspace.Folder, ProjectsFolder, $"{project.Folder}.props");

    /// <summary>What the restore for an image writes, beside the file of the project, which it does not change.</summary>
    public static string LockFile(PublishedProject project, ImageWorkspace workspace) => Path.Combine(workspace.Builds, "locks", $"{project.Folder}.json");

    public static string After(ImageWorkspace workspace)
    {
        string[] facts = ["AssemblyName=$(AssemblyName)", "Version=$(Version)", "PublishDir=$([MSBuild]::NormalizeDirectory('$(MSBuildProjectDirectory)', '$(PublishDir)'))"];
        return Text(
            new XElement(
                "Project",
                // What paths in assemblies and symbols are relative to.
                new XElement("ItemGroup", new XElement("SourceRoot", new XAttribute("Include", Escaped(workspace.Sources.Root.TrimEnd('/', '\\') + Path.DirectorySeparatorChar)))),
                new XElement(
                    "Target",
                    new XAttribute("Name", "WriteImageFacts"),
                    new XAttribute("AfterTargets", "Publish"),
                    new XAttribute("Condition", "'$(RuntimeIdentifier)' != ''"),
                    new XElement(
                        "WriteLinesToFile",
                        new XAttribute("File", $"$(ArtifactsPath)/{FactsFolder}/$(ArtifactsProjectName).$(RuntimeIdentifier)"),
                        new XAttribute("Lines", string.Join(';', facts)),
                        new XAttribute("Overwrite", "true")))));
    }

    public static string RuntimeIdentifier(Architecture architecture, string baseImage) =>
        (baseImage.Contains("alpine", StringComparison.Ordinal) ? "linux-musl-" : "linux-") + (architecture == Architecture.Amd64 ? "x64" : "arm64");

    /// <summary>Folder names of projects: their own names, with a hash of where they are for those that share one.</summary>
    public static ImmutableSortedDictionary<string, string> Folders(IEnumerable<string> files, string root) =>
        files.Distinct(StringComparer.Ordinal)
            .GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Select(file => KeyValuePair.Create(
                file, same.Count() == 1 ? same.Key : $"{same.Key}-{Names.Hash(Path.GetRelativePath(root, file).Replace('\\', '/'))}")))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static bool HasLockFile(PublishedProject project) => File.Exists(Path.Combine(Path.GetDirectoryName(project.File) ?? "", LockedPackages.FileName));

    // MSBuild reads these characters; %XX stands for them.
    private static string Escaped(string text)
    {
        const string special = "%*?@$();'";
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            escaped.Append(special.Contains(character, StringComparison.Ordinal) ? $"%{(int)character:X2}" : character);
        }

        return escaped.ToString();
    }

    private static string Text(XElement project) => project + "\n";
}
