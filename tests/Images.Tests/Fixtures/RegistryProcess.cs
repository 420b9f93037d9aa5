using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>The registry of the distribution project, as Debian builds it, in a process and a folder of its own.</summary>
internal sealed partial class RegistryProcess : IAsyncDisposable
{
    public const string User = "AWS";
    public const string Password = "correct horse";

    // bcrypt of the password: made once, since making it takes its time by design.
    private const string UserFile = User + ":$2y$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2\n";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private RegistryProcess(Process process, string folder)
    {
        _process = process;
        Folder = folder;
        process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Host and port.</summary>
    public string Host { get; private set; } = "";

    /// <summary>Where it keeps its blobs.</summary>
    public string Folder { get; }

    public string Log => string.Join('\n', _log);

    public static Task<RegistryProcess> StartAsync() => StartAsync(_ => "", Temporary.Folder());

    /// <summary>One that asks for <see cref="User"/> and <see cref="Password"/>.</summary>
    public static Task<RegistryProcess> WithUsersAsync() =>
        StartAsync(
            folder =>
            {
                File.WriteAllText(Path.Combine(folder, "users"), UserFile);
                return $"auth:\n  htpasswd:\n    realm: tests\n    path: {folder}/users\n";
            },
            Temporary.Folder());

    /// <summary>One that believes what a token server signs.</summary>
    public static Task<RegistryProcess> WithTokensAsync(TokenServer tokens) =>
        StartAsync(
            folder =>
            {
                File.WriteAllText(Path.Combine(folder, "issuer.pem"), tokens.CertificatePem);
                return $"auth:\n  token:\n    realm: {tokens.Realm}\n    service: {TokenServer.Service}\n    issuer: {TokenServer.Issuer}\n    rootcertbundle: {folder}/issuer.pem\n";
            },
            Temporary.Folder());

    /// <param name="settings">Adds to its configuration; gets its folder.</param>
    /// <param name="folder">Where it keeps everything.</param>
    public static async Task<RegistryProcess> StartAsync(Func<string, string> settings, string folder)
    {
        var program = Need.DebianProgram("docker-registry");
        var configuration = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"version: 0.1\nlog:\n  level: info\n  accesslog:\n    disabled: true\nstorage:\n  delete:\n    enabled: true\n  filesystem:\n    rootdirectory: {folder}/data\nhttp:\n  addr: 127.0.0.1:0\n{settings(folder)}",
            TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(program, ["serve", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["OTEL_TRACES_EXPORTER"] = "none";
        var registry = new RegistryProcess(Process.Start(start)!, folder);
        await Eventually.TrueAsync(() => registry.Listens() || registry._process.HasExited, TimeSpan.FromSeconds(20), "the registry to listen");
        return registry.Host.Length > 0 ? registry : throw new InvalidOperationException(registry.Log);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private bool Listens()
    {
        var line = _log.Select(line => Listening().Match(line)).FirstOrDefault(match => match.Success);
        Host = line is null ? "" : $"localhost:{line.Groups[1].Value}";
        return line is not null;
    }

    [GeneratedRegex(@"listening on 127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
