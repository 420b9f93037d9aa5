using System.Globalization;
using System.Net.Sockets;

namespace Platform.Hosting.Dcp;

/// <summary>
/// The folder that DCP keeps its state in and deletes when it is done: <c>platform-dcp-{pid}-{start}-{random}</c> in the temp
/// directory, named after its host so that a later one can tell whether it was left behind.
/// </summary>
internal static class SessionFolder
{
    private const string Prefix = "platform-dcp-";
    private static readonly TimeSpan StartingUp = TimeSpan.FromMinutes(1);

    /// <summary>A new one, for this user only.</summary>
    public static string Create(string tempDirectory, ProcessIdentity owner)
    {
        // Sockets inside it have at most 108 bytes of path, so every part is short.
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{owner.Pid}-{owner.Started}-{Guid.NewGuid().ToString("N")[..8]}");
        var path = Path.Combine(tempDirectory, name);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>The host that a folder belongs to; null where the name has another form.</summary>
    public static ProcessIdentity? OwnerOf(string folder) =>
        Path.GetFileName(folder).Split('-') is ["platform", "dcp", var pid, var started, _]
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            ? new(id, since)
            : null;

    /// <summary>
    /// Removes what dead hosts left behind: a DCP that was killed cannot delete its folder. Spares folders whose host lives, and those
    /// whose DCP is still cleaning up.
    /// </summary>
    public static async Task SweepAsync(string tempDirectory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var folder in Directory.EnumerateDirectories(tempDirectory, Prefix + "*"))
        {
            if (OwnerOf(folder) is { } owner && ProcessIdentity.Find(owner.Pid) != owner && !await IsServedAsync(folder, now, cancellationToken))
            {
                Remove(folder);
            }
        }
    }

    /// <summary>Removes the folder as far as that is allowed; another user's is not ours to worry about.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static async Task<bool> IsServedAsync(string folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var file = Path.Combine(folder, "kubeconfig");
            if (!File.Exists(file) || Kubeconfig.Parse(await File.ReadAllTextAsync(file, cancellationToken)) is not { Server.IsLoopback: true } config)
            {
                return now - Directory.GetCreationTimeUtc(folder) < StartingUp;
            }

            using var probe = new TcpClient();
            await probe.ConnectAsync(config.Server.Host, config.Server.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or another user's.
            return true;
        }
    }
}
