using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>Finds and reads the file of an environment.</summary>
internal static class SettingsFiles
{
    private const string FolderName = "environments";

    // One more than the reader takes, so that it can say that the file is too large.
    private const int MostBytes = (1024 * 1024) + 1;

    /// <summary>
    /// The folder of the environments: the nearest <c>Deploy/environments</c> or <c>environments</c>, from the start upwards, no further than the
    /// folder of a solution or a repository. Null: there is none.
    /// </summary>
    /// <param name="start">Folder of the AppHost or the manifest, else the working directory.</param>
    public static string? FolderAbove(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is { Exists: true }; folder = folder.Parent)
        {
            foreach (var candidate in new[] { Path.Combine(folder.FullName, "Deploy", FolderName), Path.Combine(folder.FullName, FolderName) })
            {
                if (Directory.Exists(candidate))
                {
                    return candidate;
                }
            }

            if (folder.EnumerateFileSystemInfos().Any(entry => entry.Name == ".git" || entry.Extension is ".sln" or ".slnx"))
            {
                return null;
            }
        }

        return null;
    }

    /// <param name="folder">Holds <c>NAME.json</c>; null: there is none.</param>
    /// <param name="workingDirectory">What the name of the file is shown relative to.</param>
    /// <returns>Null: no file, and none needed, since the environment is a profile.</returns>
    /// <exception cref="DeployException">There is no such environment, or its file cannot be read.</exception>
    public static async Task<SettingsFile?> ReadAsync(string environment, string? folder, string workingDirectory, CancellationToken cancellationToken)
    {
        // Before it becomes part of a path.
        if (!TextFormats.Environment.Accepts(environment))
        {
            throw new DeployException(SettingsProblems.Malformed("--environment", environment, TextFormats.Environment));
        }

        var path = Path.Combine(folder ?? Path.Combine(workingDirectory, FolderName), environment + ".json");
        var name = Shown(path, workingDirectory);
        try
        {
            var file = File.OpenRead(path);
            await using (file)
            {
                var bytes = new byte[Math.Min(file.Length, MostBytes)];
                await file.ReadExactlyAsync(bytes, cancellationToken);
                return new SettingsFile(name, bytes);
            }
        }
        catch (Exception notThere) when (notThere is FileNotFoundException or DirectoryNotFoundException)
        {
            return SettingWords.All(typeof(Profile)).Contains(environment) ? null : throw new DeployException(SettingsProblems.UnknownEnvironment(environment, name, Known(folder)));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new DeployException([SettingsProblems.NotJson(name, name, unreadable.Message)], unreadable);
        }
    }

    private static string Shown(string path, string workingDirectory)
    {
        var relative = Path.GetRelativePath(workingDirectory, path).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>The environments that have a file in the folder, sorted; none where there is no such folder.</summary>
    public static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Where(TextFormats.Environment.Accepts).Order(StringComparer.Ordinal)
            : [];

    private static HashSet<string> Known(string? folder) => [.. SettingWords.All(typeof(Profile)), .. folder is null ? [] : Names(folder)];
}
