using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Platform.TestSupport;

/// <summary>
/// What a test needs from its machine. Where it is missing the test is skipped with the reason, or fails when
/// <c>PLATFORM_REQUIRE_ALL=1</c> is set, as CI does: a green run there means that everything ran.
/// </summary>
internal static class Need
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(20);
    private static readonly Lazy<bool> KubectlIsNew = new(() => Output("kubectl", "version", "--client", "--output=json") is { } version && MinorVersion(version) >= 27);
    private static readonly Lazy<string?> Engine = new(() => FirstAnswering("docker", "podman"));

    /// <summary>Aspire's orchestrator and dashboard. Returns the folder that holds <c>dcp/</c> and <c>managed/</c>.</summary>
    public static string Bundle()
    {
        var home = Environment.GetEnvironmentVariable("ASPIRE_HOME");
        string?[] candidates =
        [
            Path.GetDirectoryName(Environment.GetEnvironmentVariable("ASPIRE_DCP_PATH")),
            home is null ? null : Path.Combine(home, "bundle"),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspire", "bundle"),
            Path.Combine(Repository.Root, "tools", "aspire", ".home", "bundle"),
        ];
        return candidates.FirstOrDefault(IsBundle) ?? Missing("the Aspire bundle (build AppHost: its restore unpacks the bundle into tools/aspire)");
    }

    /// <summary>A browser for Playwright; returns its path.</summary>
    public static string Chromium() =>
        OnPath("chromium") ?? OnPath("chromium-browser") ?? OnPath("google-chrome") ?? Missing("Chromium (apt-get install chromium)");

    /// <summary>Node.js; returns its path.</summary>
    public static string Node() => OnPath("node") ?? Missing("Node.js (apt-get install nodejs npm)");

    /// <summary>kubectl with kustomize 5; returns its path.</summary>
    public static string Kubectl() => OnPath("kubectl") is { } kubectl && KubectlIsNew.Value ? kubectl : Missing("kubectl 1.27 or newer");

    /// <summary>The npm packages of a folder such as <c>tools/checks</c>; returns the repository's root.</summary>
    public static string NodePackages(string folder) =>
        Directory.Exists(Path.Combine(Repository.Root, folder, "node_modules")) ? Repository.Root : Missing($"the packages of {folder} (npm ci --prefix {folder})");

    /// <summary>An answering Docker or Podman; returns the name of its command.</summary>
    public static string ContainerEngine() =>
        Engine.Value ?? Missing("a container engine (start Docker or Podman, or run 'make test' as root on Debian, which starts one)");

    /// <summary>An image in the engine, such as <c>platform-test/busybox:1</c>; returns the engine's command.</summary>
    public static string ContainerImage(string image)
    {
        var engine = ContainerEngine();
        return Succeeds(engine, "image", "inspect", image) ? engine : Missing($"the image {image} (run tools/base-image.sh)");
    }

    /// <summary>A program of a Debian package that is not installed, unpacked by <c>tools/debian-program.sh</c>; returns its path.</summary>
    public static string DebianProgram(string program)
    {
        var cache = Environment.GetEnvironmentVariable("PLATFORM_TOOL_CACHE") is { Length: > 0 } named
            ? named
            : Path.Combine(CacheHome(), "platform", "tools");
        var unpacked = Path.Combine(cache, "bin", program);
        return File.Exists(unpacked) ? unpacked : OnPath(program) ?? Missing($"{program} (tools/debian-program.sh {program}, on Debian)");
    }

    /// <summary>The newest base image for .NET programs that <c>tools/aspnet-image.sh</c> has made; returns the folder of its OCI layout.</summary>
    public static string BaseImage()
    {
        var cache = Environment.GetEnvironmentVariable("PLATFORM_IMAGE_CACHE") is { Length: > 0 } named ? named : Path.Combine(CacheHome(), "platform", "base-images");
        var made = Directory.Exists(cache)
            ? Directory.GetDirectories(cache, "aspnet-*").Where(layout => File.Exists(Path.Combine(layout, "index.json"))).MaxBy(Directory.GetLastWriteTimeUtc)
            : null;
        return made ?? Missing("the base image of tools/aspnet-image.sh (run it, on Debian)");
    }

    /// <summary>The archive of an image that <c>tools/base-image.sh</c> has made for this machine, such as <c>busybox</c>; returns its path.</summary>
    public static string ImageArchive(string image)
    {
        var cache = Environment.GetEnvironmentVariable("PLATFORM_IMAGE_CACHE") is { Length: > 0 } named ? named : Path.Combine(CacheHome(), "platform", "base-images");
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        var made = Directory.Exists(cache) ? Directory.GetFiles(cache, $"{image}-{architecture}-*.tar").MaxBy(File.GetLastWriteTimeUtc) : null;
        return made ?? Missing($"the image {image} of tools/base-image.sh (run it, on Debian)");
    }

    /// <summary>A program of the machine; returns its path.</summary>
    /// <param name="program">Such as <c>skopeo</c>, which is also the name of its package.</param>
    public static string Program(string program) => OnPath(program) ?? Missing($"{program} (apt-get install {program})");

    /// <summary>The stand-in for AWS that <c>tools/moto.sh</c> unpacks from Debian's packages, and from nowhere else; returns its folder.</summary>
    public static string Moto()
    {
        var cache = Environment.GetEnvironmentVariable("PLATFORM_TOOL_CACHE") is { Length: > 0 } named ? named : Path.Combine(CacheHome(), "platform", "tools");
        var prepared = Directory.Exists(cache) ? Directory.GetDirectories(cache, "moto-*").FirstOrDefault(folder => File.Exists(Path.Combine(folder, "ready"))) : null;
        Assert.SkipUnless(prepared is not null || IsDebian(), "Only on Debian, whose packages moto comes from.");
        return prepared ?? Missing("moto, a stand-in for AWS (run tools/moto.sh prepare)");
    }

    /// <summary>
    /// A folder of the data that lies in <c>shared/data</c> beside the repository; returns its path. It is no part of the product,
    /// so a test that reads it is skipped where it is absent, always.
    /// </summary>
    public static string SharedData(string name)
    {
        var folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", name));
        Assert.SkipUnless(Directory.Exists(folder), $"Needs ../shared/data/{name}, which is not part of the repository.");
        return folder;
    }

    private static string Missing(string what)
    {
        var reason = $"Needs {what}.";
        if (Environment.GetEnvironmentVariable("PLATFORM_REQUIRE_ALL") == "1")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
        return reason;
    }

    private static bool IsDebian() => File.Exists("/etc/os-release") && File.ReadLines("/etc/os-release").Contains("ID=debian");

    private static bool IsBundle(string? folder) =>
        folder is not null && (File.Exists(Path.Combine(folder, "dcp", "dcp")) || File.Exists(Path.Combine(folder, "dcp", "dcp.exe")));

    private static string CacheHome() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, program), Path.Combine(folder, program + ".exe") })
            .FirstOrDefault(File.Exists);

    // A client without a server answers '--version', so ask for what only the server knows.
    private static string? FirstAnswering(params string[] engines) =>
        engines.FirstOrDefault(engine => OnPath(engine) is not null && Succeeds(engine, "network", "ls"));

    private static int MinorVersion(string version)
    {
        using var json = JsonDocument.Parse(version);
        return int.TryParse(json.RootElement.GetProperty("clientVersion").GetProperty("minor").GetString()?.TrimEnd('+'), CultureInfo.InvariantCulture, out var minor) ? minor : 0;
    }

    private static bool Succeeds(string program, params string[] arguments) => Output(program, arguments) is not null;

    // Null where the program cannot be started, fails, or does not end.
    private static string? Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var output = new StringBuilder();
        try
        {
            using var process = Process.Start(start);
            if (process is null)
            {
                return null;
            }

            process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(ProbeLimit))
            {
                // Without a limit it also waits for the last lines.
                process.WaitForExit();
                return process.ExitCode == 0 ? output.ToString() : null;
            }

            process.Kill(entireProcessTree: true);
            return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
