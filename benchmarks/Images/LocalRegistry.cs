using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Platform.Benchmarks.Images;

/// <summary>Debian's registry in a process and a folder of its own, with the base image of tools/aspnet-image.sh in it.</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly string _folder;

    private LocalRegistry(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
        // Nobody reads its log, and it would stop where nobody takes it.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public string BaseImage => $"localhost:{Port}/dotnet/aspnet:10.0";

    /// <returns>Null where the machine lacks something.</returns>
    public static async Task<LocalRegistry?> StartAsync(CancellationToken cancellationToken)
    {
        var tools = Path.Combine(BuiltTool.Checkout(), "tools");
        var program = await LineAsync(Path.Combine(tools, "debian-program.sh"), ["docker-registry"], cancellationToken);
        var layout = await LineAsync(Path.Combine(tools, "aspnet-image.sh"), [], cancellationToken);
        if (program is null || layout is null)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("platform-registry-").FullName;
        var port = FreePort();
        var configuration = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(
            configuration, $"version: 0.1\nlog:\n  level: error\n  accesslog:\n    disabled: true\nstorage:\n  filesystem:\n    rootdirectory: {folder}/data\nhttp:\n  addr: 127.0.0.1:{port}\n", cancellationToken);
        var start = new ProcessStartInfo(program, ["serve", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OTEL_TRACES_EXPORTER"] = "none";
        var registry = new LocalRegistry(Process.Start(start) ?? throw new InvalidOperationException("The registry did not start."), folder, port);
        await registry.AnswersAsync(cancellationToken);
        if (await LineAsync("skopeo", ["copy", "--all", "--dest-tls-verify=false", $"oci:{layout}:aspnet", $"docker://{registry.BaseImage}"], cancellationToken) is not null)
        {
            return registry;
        }

        await registry.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(new Uri($"http://localhost:{Port}/v2/"), limit.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The last line of what a program writes; null where it fails or is not there.
    private static async Task<string?> LineAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true }) ?? throw new Win32Exception();
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output.Trim().Split('\n')[^1] : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
