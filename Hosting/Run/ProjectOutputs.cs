using System.Collections.Immutable;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>Where the projects of the application were built to.</summary>
/// <param name="Assemblies">Full path of the assembly, by full path of the project.</param>
internal sealed record ProjectOutputs(ImmutableDictionary<string, string> Assemblies)
{
    public string AssemblyOf(ProjectResource project) => project.GetProjectMetadata() is IBuiltProjectMetadata built
        ? built.AssemblyPath
        : Assemblies.GetValueOrDefault(project.GetProjectMetadata().ProjectPath, project.GetProjectMetadata().ProjectPath);
}

/// <summary>The <c>dotnet</c> that starts projects: the one that the AppHost itself was started by, where that can be told.</summary>
internal static class DotnetHost
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named && File.Exists(named))
        {
            return named;
        }

        return System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" && Environment.ProcessPath is { } own ? own : "dotnet";
    }
}
