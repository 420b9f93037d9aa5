using Platform.Deploy.Planning;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Commands;

/// <summary>Programs of this machine that a deployment uses, looked for as a shell does.</summary>
internal static class LocalTools
{
    public static IEnumerable<Finding> Find(EnvironmentSettings settings)
    {
        yield return Of("dotnet", "builds the AppHost and the images of projects", "Install the .NET SDK that global.json names.");
        yield return Of("git", "says which commit an image is of", "Install git, or give each build its --tag.");
        if (settings.Cluster.Endpoint == EndpointAccess.Private && settings.Cluster.Existing is null)
        {
            yield return Of("session-manager-plugin", "leads to a cluster whose API is private", "Install AWS's Session Manager plugin, or deploy from inside of the network.");
        }
    }

    private static Finding Of(string tool, string purpose, string cure) =>
        Path(tool) is { } path ? Finding.Good("tools", $"{tool} at {path}") : Finding.Careful("tools", $"There is no '{tool}' on the PATH, which {purpose}.", cure);

    private static string? Path(string tool)
    {
        var names = OperatingSystem.IsWindows() ? new[] { $"{tool}.exe", $"{tool}.cmd" } : [tool];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
