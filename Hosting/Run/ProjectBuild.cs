using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>Builds the projects that were added by their path, all in one run of MSBuild, which builds independent ones at the same time.</summary>
internal static class ProjectBuild
{
    private const int LinesOfErrors = 20;

    /// <summary>Projects that the AppHost's own build has built are not built again.</summary>
    /// <exception cref="DistributedApplicationException">One does not build; the compiler's errors are in the detail.</exception>
    public static async Task<ProjectOutputs> RunAsync(IEnumerable<ProjectResource> projects, CancellationToken cancellationToken)
    {
        var toBuild = projects
            .Where(project => project.GetProjectMetadata() is not IBuiltProjectMetadata && !project.GetProjectMetadata().SuppressBuild)
            .ToLookup(project => project.GetProjectMetadata().ProjectPath, project => project.Name);
        if (toBuild.Count == 0)
        {
            return new ProjectOutputs(ImmutableDictionary<string, string>.Empty);
        }

        var folder = Directory.CreateTempSubdirectory("platform-build-");
        var file = Path.Combine(folder.FullName, "build.proj");
        try
        {
            await File.WriteAllTextAsync(file, Traversal(toBuild.Select(project => project.Key)).ToString(), cancellationToken);
            using var process = Start(file);
            using var end = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? new ProjectOutputs(Read(await output))
                : throw new DistributedApplicationException(RunProblems.ProjectDoesNotBuild([.. toBuild.SelectMany(names => names)], Errors(await output + await errors)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The lines of MSBuild's output that say what is wrong, each once, without the project they were said for.</summary>
    internal static string Errors(string output)
    {
        var lines = output.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Contains(": error ", StringComparison.Ordinal) || line.StartsWith("error ", StringComparison.Ordinal))
            .Select(line => line.LastIndexOf(" [", StringComparison.Ordinal) is var end and > 0 ? line[..end] : line)
            .Distinct()
            .Take(LinesOfErrors)
            .ToList();
        return lines.Count > 0 ? string.Join('\n', lines) : string.Join('\n', output.Split('\n').TakeLast(LinesOfErrors));
    }

    private static XElement Traversal(IEnumerable<string> projects) => new(
        "Project",
        new XElement("ItemGroup", projects.Select(project => new XElement("Built", new XAttribute("Include", project)))),
        new XElement(
            "Target",
            new XAttribute("Name", "Build"),
            new XAttribute("Returns", "@(Assembly)"),
            new XElement("MSBuild", new XAttribute("Projects", "@(Built)"), new XAttribute("Targets", "Restore"), new XAttribute("Properties", "PlatformRestore=1")),
            new XElement(
                "MSBuild",
                new XAttribute("Projects", "@(Built)"),
                new XAttribute("Targets", "Build;GetTargetPath"),
                new XAttribute("BuildInParallel", "true"),
                new XElement("Output", new XAttribute("TaskParameter", "TargetOutputs"), new XAttribute("ItemName", "Assembly")))));

    private static Process Start(string file) => Process.Start(new ProcessStartInfo(
        DotnetHost.Path, ["msbuild", file, "-t:Build", "-m", "-nologo", "-v:quiet", "-getTargetResult:Build", "-nodeReuse:false"])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    }) ?? throw new InvalidOperationException("No process was started.");

    // {"TargetResults":{"Build":{"Result":"Success","Items":[{"Identity":"/…/web.dll","MSBuildSourceProjectFile":"/…/web.csproj",…}]}}}
    private static ImmutableDictionary<string, string> Read(string output)
    {
        using var document = JsonDocument.Parse(output[Math.Max(0, output.IndexOf('{', StringComparison.Ordinal))..]);
        var items = document.RootElement.GetProperty("TargetResults").GetProperty("Build").GetProperty("Items");
        return items.EnumerateArray()
            .Select(item => (Project: Text(item, "MSBuildSourceProjectFile"), Assembly: Text(item, "FullPath")))
            .Where(item => item.Assembly.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .GroupBy(item => item.Project)
            .ToImmutableDictionary(item => item.Key, item => item.Last().Assembly);
    }

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
