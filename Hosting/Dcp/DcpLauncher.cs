using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Platform.Hosting.Dcp;

/// <summary>The process that starts the real server in a session of its own and is gone some 40 ms later.</summary>
internal sealed class DcpLauncher : IDisposable
{
    // They are meant for the AppHost alone; a program that inherited them would bind our port, or take on our launch profile.
    private static readonly string[] OurOwnVariables =
    [
        "DOTNET_ENVIRONMENT", "DOTNET_URLS", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL", "ASPIRE_BACKCHANNEL_PATH",
        "MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly",
    ];

    private static readonly TimeSpan OutputDeadline = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private DcpLauncher(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <exception cref="DistributedApplicationException">The program cannot be run.</exception>
    public static DcpLauncher Start(DcpSessionSettings settings, string folder, ProcessIdentity host)
    {
        var start = new ProcessStartInfo(settings.DcpPath, Arguments(settings, folder, host))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = settings.WorkingDirectory ?? "",
        };
        CleanEnvironment(start.Environment);
        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["DCP_SESSION_FOLDER"] = folder;
        if (settings.DiagnosticsFolder is { } diagnostics)
        {
            start.Environment["DCP_DIAGNOSTICS_LOG_FOLDER"] = diagnostics;
            start.Environment["DCP_DIAGNOSTICS_LOG_LEVEL"] = "debug";
        }

        try
        {
            return new(Process.Start(start) ?? throw new InvalidOperationException("No process was started."));
        }
        catch (Win32Exception error)
        {
            throw new DistributedApplicationException(DcpProblems.NotStarted(settings.DcpPath, error.Message), error);
        }
    }

    /// <summary>It ended with an error: no server will come.</summary>
    public bool HasFailed => _process.HasExited && _process.ExitCode != 0;

    /// <summary>Ends it where it has not ended by itself, and says what it wrote; empty where somebody else still holds its output open.</summary>
    public async Task<string> EndAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        try
        {
            return string.Concat(await Task.WhenAll(_errors, _output).WaitAsync(OutputDeadline)).Trim();
        }
        catch (TimeoutException)
        {
            return "";
        }
    }

    public static string CertificateFile(string folder) => Path.Combine(folder, "server.pem");

    public static string KeyFile(string folder) => Path.Combine(folder, "server.key");

    public static string KubeconfigFile(string folder) => Path.Combine(folder, "kubeconfig");

    public static void CleanEnvironment(IDictionary<string, string?> environment)
    {
        var aspNetCore = environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase));
        foreach (var name in aspNetCore.Concat(OurOwnVariables).ToArray())
        {
            environment.Remove(name);
        }
    }

    public void Dispose() => _process.Dispose();

    private static IEnumerable<string> Arguments(DcpSessionSettings settings, string folder, ProcessIdentity host)
    {
        yield return "start-apiserver";
        yield return "--detach";
        yield return "--kubeconfig";
        yield return KubeconfigFile(folder);
        yield return "--tls-cert-file";
        yield return CertificateFile(folder);
        yield return "--tls-key-file";
        yield return KeyFile(folder);
        yield return "--monitor";
        yield return host.Pid.ToString(CultureInfo.InvariantCulture);
        if (host.MonitorTime() is { } time)
        {
            yield return "--monitor-identity-time";
            yield return time;
        }

        if (settings.ContainerRuntime is { } runtime)
        {
            yield return "--container-runtime";
            yield return runtime;
        }
    }
}
