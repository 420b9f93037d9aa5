using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Manifests;

/// <summary>Writes the manifest of an application (docs/manifest.md).</summary>
internal static class ManifestWriter
{
    /// <summary>The manifest's name where only a folder is given.</summary>
    public const string DefaultFileName = "aspire-manifest.json";

    /// <summary>Writes the manifest, or leaves what was there and throws.</summary>
    /// <param name="model">A model without problems.</param>
    /// <param name="context">Publish mode.</param>
    /// <param name="manifestPath">
    /// The file, relative to the working directory. A folder, which exists or is written with a slash at its end, gets <see cref="DefaultFileName"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The full path of the manifest.</returns>
    /// <exception cref="DistributedApplicationException">Holds every problem that was found.</exception>
    public static async Task<string> WriteAsync(
        DistributedApplicationModel model, DistributedApplicationExecutionContext context, string manifestPath, CancellationToken cancellationToken)
    {
        var path = PathOf(manifestPath);
        var document = await ManifestBinder.BindAsync(model, context, path, cancellationToken);
        var text = ManifestJson.Render(document);
        var leaks = SecretScan.Check(text, SecretScan.SecretsOf(model)).ToList();
        if (leaks.Count > 0)
        {
            throw new DistributedApplicationException(leaks);
        }

        await WriteAsync(path, text, cancellationToken);
        return path;
    }

    private static string PathOf(string manifestPath)
    {
        var path = Path.GetFullPath(manifestPath);
        return Path.EndsInDirectorySeparator(path) || Directory.Exists(path) ? Path.Combine(path, DefaultFileName) : path;
    }

    // Written beside and moved over, so that nobody reads half a manifest.
    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        var written = $"{path}.{Environment.ProcessId}.new";
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
            await File.WriteAllBytesAsync(written, text, cancellationToken);
            File.Move(written, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(ManifestProblems.CannotWrite(path, exception.Message), exception);
        }
        finally
        {
            if (File.Exists(written))
            {
                File.Delete(written);
            }
        }
    }
}
