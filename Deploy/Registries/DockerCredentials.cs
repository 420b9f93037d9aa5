using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Registries;

/// <summary>
/// What <c>docker login</c> and <c>podman login</c> keep: in a file, or with a program that the file names. Read anew each time, since a
/// program may hand out tokens that run out.
/// </summary>
internal static class DockerCredentials
{
    private const string DockerHubKey = "https://index.docker.io/v1/";
    private const string TokenUser = "<token>";
    private static readonly TimeSpan ProgramLimit = TimeSpan.FromSeconds(30);

    /// <param name="files">Where such files may be, the first that knows the host wins. See <see cref="Files"/>.</param>
    /// <param name="host">Of the registry.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<RegistryCredential?> FindAsync(IEnumerable<string> files, string host, CancellationToken cancellationToken)
    {
        foreach (var file in files.Where(File.Exists))
        {
            if (await InFileAsync(file, host, cancellationToken) is { } credential)
            {
                return credential;
            }
        }

        return null;
    }

    /// <summary>Where Docker and Podman keep them for this user, by their own variables.</summary>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="home">The user's home folder.</param>
    public static IEnumerable<string> Files(Func<string, string?> variable, string home)
    {
        yield return Path.Combine(variable("DOCKER_CONFIG") is { Length: > 0 } folder ? folder : Path.Combine(home, ".docker"), "config.json");
        if (variable("REGISTRY_AUTH_FILE") is { Length: > 0 } named)
        {
            yield return named;
        }

        if (variable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
        {
            yield return Path.Combine(runtime, "containers", "auth.json");
        }

        yield return Path.Combine(home, ".config", "containers", "auth.json");
    }

    private static async Task<RegistryCredential?> InFileAsync(string file, string host, CancellationToken cancellationToken)
    {
        DockerConfig? config;
        try
        {
            await using var content = File.OpenRead(file);
            config = await JsonSerializer.DeserializeAsync(content, DockerJson.Default.DockerConfig, cancellationToken);
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DeployException([CredentialProblems.UnreadableFile(file, failure.Message)], failure);
        }

        string[] keys = host == "docker.io" ? [DockerHubKey, "index.docker.io", host] : [host, $"https://{host}", $"https://{host}/", $"https://{host}/v1/", $"https://{host}/v2/"];
        var program = keys.Select(key => config?.CredHelpers?.GetValueOrDefault(key)).FirstOrDefault(name => name is { Length: > 0 }) ?? config?.CredsStore;
        if (program is { Length: > 0 } && await FromProgramAsync(program, host == "docker.io" ? DockerHubKey : host, cancellationToken) is { } kept)
        {
            return kept;
        }

        var entry = keys.Select(key => config?.Auths?.GetValueOrDefault(key)).FirstOrDefault(found => found is not null);
        return entry is null ? null : Written(entry, file, host);
    }

    private static RegistryCredential? Written(DockerAuth entry, string file, string host)
    {
        if (entry.IdentityToken is { Length: > 0 } token)
        {
            return new RegistryCredential.IdentityToken(new SecretText(token));
        }

        if (entry.Username is { Length: > 0 } && entry.Password is { } password)
        {
            return new RegistryCredential.Password(entry.Username, new SecretText(password));
        }

        if (entry.Auth is not { Length: > 0 } auth)
        {
            return null;
        }

        var bytes = new byte[auth.Length];
        var pair = Convert.TryFromBase64String(auth, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\0') : "";
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new RegistryCredential.Password(pair[..colon], new SecretText(pair[(colon + 1)..]))
            : throw new DeployException(CredentialProblems.UnreadableFile(file, $"auths.{host}.auth is not base64 of USER:PASSWORD."));
    }

    // The host goes in by standard input, JSON comes out. https://github.com/docker/docker-credential-helpers
    private static async Task<RegistryCredential?> FromProgramAsync(string name, string server, CancellationToken cancellationToken)
    {
        var program = $"docker-credential-{name}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ProgramLimit);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, ["get"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            throw new DeployException([CredentialProblems.NoProgram(program, server, failure.Message)], failure);
        }

        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            await TellAsync(process, server, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            var (said, complained) = (await output, await error);
            if (process.ExitCode == 0 && JsonSerializer.Deserialize(said, DockerJson.Default.ProgramAnswer) is { Secret: { } secret } answer)
            {
                return answer.Username == TokenUser
                    ? new RegistryCredential.IdentityToken(new SecretText(secret))
                    : new RegistryCredential.Password(answer.Username ?? "", new SecretText(secret));
            }

            // The protocol has no code for it: the text is fixed, and said on standard output.
            return said.Contains("credentials not found", StringComparison.OrdinalIgnoreCase)
                ? null
                : throw new DeployException(CredentialProblems.ProgramFailed(program, server, complained.Trim()));
        }
        catch (Exception failure) when (failure is JsonException or IOException)
        {
            throw new DeployException([CredentialProblems.ProgramFailed(program, server, "Its answer is not understood.")], failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeployException([CredentialProblems.ProgramFailed(program, server, $"It did not end within {ProgramLimit.TotalSeconds:0} seconds.")], late);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // A program that ends without reading may have its reasons, and says them.
    private static async Task TellAsync(Process process, string server, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(server.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            // Its output tells.
        }
    }
}

internal sealed record DockerConfig(
    IReadOnlyDictionary<string, DockerAuth>? Auths,
    IReadOnlyDictionary<string, string>? CredHelpers,
    string? CredsStore);

internal sealed record DockerAuth(string? Auth, string? Username, string? Password, [property: JsonPropertyName("identitytoken")] string? IdentityToken);

/// <summary>Its members are in upper case.</summary>
internal sealed record ProgramAnswer([property: JsonPropertyName("Username")] string? Username, [property: JsonPropertyName("Secret")] string? Secret);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DockerConfig))]
[JsonSerializable(typeof(ProgramAnswer))]
internal sealed partial class DockerJson : JsonSerializerContext;
