using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Images;

/// <summary>What publishing a project for one platform gave.</summary>
/// <param name="Folder">With everything that belongs into the image, and nothing else.</param>
/// <param name="AssemblyName">Of the program.</param>
/// <param name="Version">Of the project, such as <c>1.0.0</c>.</param>
internal sealed record PublishOutput(string Folder, string AssemblyName, string Version);

/// <summary>Publishes all projects for all platforms in one call of MSBuild.</summary>
internal static partial class ProjectPublish
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <param name="projects">Those to publish and those that they refer to.</param>
    /// <param name="workspace">Where everything is written.</param>
    /// <param name="settings">How they are published.</param>
    /// <param name="cancellationToken">Ends the build with everything that it started.</param>
    /// <returns>By project file and runtime identifier.</returns>
    /// <exception cref="DeployException">A project does not build; all that do not are named.</exception>
    public static async Task<ImmutableDictionary<(string File, string RuntimeIdentifier), PublishOutput>> RunAsync(
        ImmutableArray<PublishedProject> projects, ImageWorkspace workspace, ImageSettings settings, CancellationToken cancellationToken)
    {
        var published = projects.Where(project => project.RuntimeIdentifiers.Length > 0).ToList();
        Prepare(projects, published, workspace, settings);
        var build = new ToolCall(DotnetProgram(), ["msbuild", Path.Combine(workspace.Folder, "images.proj"), "-nologo", "-m", "-verbosity:quiet", "-consoleLoggerParameters:ErrorsOnly;NoSummary"], workspace.Folder)
        {
            Environment = ToolCall.Variables(("DOTNET_CLI_UI_LANGUAGE", "en"), ("DOTNET_NOLOGO", "1"), ("MSBUILDTERMINALLOGGER", "off")),
            Limit = Limit,
        };
        var result = await ToolProcess.RunAsync(build, cancellationToken) ?? throw new DeployException(ImageProblems.NoSdk());
        if (result.ExitCode != 0)
        {
            var lacking = settings.Publishing == Publishing.NativeAot ? NativeLinker.Lacking(published.SelectMany(project => project.RuntimeIdentifiers)) : [];
            throw new DeployException([.. lacking, .. Failures(result, published)]);
        }

        var otherwise = projects.Select(project => LockedPackages.Check(project.File, PublishFiles.LockFile(project, workspace))).OfType<Problem>().ToList();
        if (otherwise.Count > 0)
        {
            throw new DeployException(otherwise);
        }

        return published
            .SelectMany(project => project.RuntimeIdentifiers.Select(rid => KeyValuePair.Create((project.File, rid), Facts(Path.Combine(workspace.Builds, PublishFiles.FactsFolder, $"{project.Folder}.{rid}")))))
            .ToImmutableDictionary();
    }

    // The folder of the output is new each time: publishing adds files and never removes one that is no longer published.
    private static void Prepare(ImmutableArray<PublishedProject> projects, List<PublishedProject> published, ImageWorkspace workspace, ImageSettings settings)
    {
        foreach (var folder in published.Select(project => Path.Combine(workspace.Builds, "publish", project.Folder)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(workspace.Builds, PublishFiles.FactsFolder));
        Directory.CreateDirectory(Path.Combine(workspace.Builds, "locks"));
        Directory.CreateDirectory(Path.Combine(workspace.Folder, PublishFiles.ProjectsFolder));
        Write(Path.Combine(workspace.Folder, "images.proj"), PublishFiles.Build(projects, workspace, settings));
        Write(Path.Combine(workspace.Folder, "before.props"), PublishFiles.Before(projects, workspace));
        Write(Path.Combine(workspace.Folder, "after.targets"), PublishFiles.After(workspace));
        foreach (var project in projects)
        {
            Write(PublishFiles.ProjectFile(project, workspace), PublishFiles.Project(project, workspace));
        }
    }

    // MSBuild compiles anew what imports a file that was written since.
    private static void Write(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText(path, text);
        }
    }

    private static PublishOutput Facts(string file)
    {
        var facts = File.ReadAllLines(file).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new PublishOutput(facts["PublishDir"], facts["AssemblyName"], facts["Version"]);
    }

    // PATH(LINE,COLUMN): error CODE: TEXT [PROJECT] or [PROJECT::TargetFramework=…]
    private static IEnumerable<Problem> Failures(ToolResult result, List<PublishedProject> published)
    {
        var errors = (result.Output + result.Error).ReplaceLineEndings("\n").Split('\n')
            .Select(line => ErrorLine().Match(line))
            .Where(match => match.Success)
            .Select(match => (Project: match.Groups["project"].Value, Text: match.Groups["text"].Value.Trim()))
            .Distinct()
            .ToList();
        return errors.Count == 0
            ? [ImageProblems.DoesNotBuild(string.Join(", ", published.Select(project => project.File)), ToolProcess.LastLines(result.Output + result.Error))]
            : errors.GroupBy(error => error.Project, StringComparer.Ordinal)
                .Select(project => ImageProblems.DoesNotBuild(project.Key, ToolProcess.LastLines(string.Join('\n', project.Select(error => error.Text)))));
    }

    // The SDK that runs us, where one does.
    public static string DotnetProgram() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    [GeneratedRegex(@"^(?<text>.*\berror [A-Z]+[0-9]+ ?:.*?)( \[(?<project>[^\[\]]+?)(::[^\[\]]*)?\])?$")]
    private static partial Regex ErrorLine();
}
