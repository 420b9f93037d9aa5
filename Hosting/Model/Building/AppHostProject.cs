using System.Reflection;

namespace Platform.Hosting;

/// <summary>What the AppHost's build wrote into its assembly.</summary>
/// <param name="Assembly">The AppHost's assembly; null where there is none, as in a test of the model.</param>
/// <param name="Name">The application's name: that of the AppHost's project.</param>
/// <param name="ProjectPath">Full path of the AppHost's project file; null where it is not known.</param>
/// <param name="Directory">The folder that relative paths in the model start at.</param>
/// <param name="BundlePath">Where the build restored DCP and the dashboard to; null where it did not.</param>
internal sealed record AppHostProject(Assembly? Assembly, string Name, string? ProjectPath, string Directory, string? BundlePath)
{
    public static AppHostProject Of(DistributedApplicationOptions options)
    {
        var assembly = options.Assembly ?? (options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly());
        return Of(assembly, options.ProjectDirectory);
    }

    public static AppHostProject Of(Assembly? assembly, string? projectDirectory)
    {
        var facts = (assembly?.GetCustomAttributes<AssemblyMetadataAttribute>() ?? [])
            .GroupBy(fact => fact.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.OrdinalIgnoreCase);
        var projectPath = facts.GetValueOrDefault("AppHostProjectPath");
        var directory = projectDirectory ?? Path.GetDirectoryName(projectPath);
        return new AppHostProject(
            assembly,
            facts.GetValueOrDefault("AppHostProjectName") ?? assembly?.GetName().Name ?? "AppHost",
            projectPath,
            string.IsNullOrEmpty(directory) || !System.IO.Directory.Exists(directory) ? Environment.CurrentDirectory : Path.GetFullPath(directory),
            facts.GetValueOrDefault("PlatformBundlePath"));
    }
}
