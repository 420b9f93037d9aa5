using Platform.Deploy.Manifests;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary>Where the application is: an AppHost, or a manifest that somebody wrote before.</summary>
internal static class ApplicationSource
{
    /// <returns>Absolute path of the folder that the settings belong to: of the AppHost or the manifest; where nothing is named and no AppHost is around, the working directory.</returns>
    public static string Folder(ApplicationInput input)
    {
        if (input.Manifest is { } manifest)
        {
            return Path.GetDirectoryName(Path.GetFullPath(manifest, input.WorkingDirectory)) ?? input.WorkingDirectory;
        }

        try
        {
            return Path.GetDirectoryName(Project(input)) ?? input.WorkingDirectory;
        }
        catch (DeployException) when (input.AppHost is null)
        {
            return input.WorkingDirectory;
        }
    }

    /// <summary>Reads the manifest, or builds and runs the AppHost for it, which takes seconds; its lines show that it lives.</summary>
    /// <exception cref="DeployException">There is no AppHost or manifest, or it gives none.</exception>
    public static async Task<ManifestInput> ReadAsync(ApplicationInput input, Screen screen, CancellationToken cancellationToken)
    {
        if (input.Manifest is { } manifest)
        {
            return await ManifestSource.FromFileAsync(Path.GetFullPath(manifest, input.WorkingDirectory), cancellationToken);
        }

        var project = Project(input);
        using var progress = Progress.Start(screen, TimeProvider.System, $"Building and asking {Path.GetRelativePath(input.WorkingDirectory, project)}");
        return await ManifestSource.FromAppHostAsync(new AppHostRun(project) { Said = progress.Say }, cancellationToken);
    }

    private static string Project(ApplicationInput input) =>
        input.AppHost is { } appHost ? AppHostSearch.At(Path.GetFullPath(appHost, input.WorkingDirectory)) : AppHostSearch.Around(input.WorkingDirectory);
}
