using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Platform.Hosting;

/// <summary>The user secrets of an AppHost: a JSON file in the user's profile, outside of the repository.</summary>
internal sealed class UserSecretsFile
{
    private static readonly Lock Gate = new();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly string _path;

    private UserSecretsFile(string path) => _path = path;

    /// <summary>The file; null where the project has no <c>UserSecretsId</c>.</summary>
    public static UserSecretsFile? Of(Assembly? appHost) =>
        appHost?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId is { } id ? new(PathHelper.GetSecretsPathFromSecretsId(id)) : null;

    public void Set(string key, string value)
    {
        lock (Gate)
        {
            var secrets = File.Exists(_path) && JsonNode.Parse(File.ReadAllText(_path)) is JsonObject known ? known : [];
            secrets[key] = value;
            _ = Directory.CreateDirectory(Path.GetDirectoryName(_path) ?? ".");

            // Written beside and moved over, so that a crash leaves the old file.
            var written = _path + ".new";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(written, options))
            {
                JsonSerializer.Serialize(stream, secrets, Indented);
            }

            File.Move(written, _path, overwrite: true);
        }
    }
}
