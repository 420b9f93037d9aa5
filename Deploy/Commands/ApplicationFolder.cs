namespace Platform.Deploy.Commands;

/// <summary>Where the application is, so far as its settings are concerned.</summary>
internal static class ApplicationFolder
{
    /// <returns>Absolute path of the folder of the AppHost or the manifest; the working directory where neither is named.</returns>
    public static string Of(ApplicationInput input)
    {
        if ((input.AppHost ?? input.Manifest) is not { } named)
        {
            return input.WorkingDirectory;
        }

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(named, input.WorkingDirectory));
        return Directory.Exists(path) ? path : Path.GetDirectoryName(path) ?? path;
    }
}
