using System.Diagnostics;
using System.Globalization;

namespace Platform.Hosting.Tests.Build;

/// <summary>A copy of tools/aspire with an npm and an Aspire CLI that only say that they were called.</summary>
public sealed class BundleFixture : IDisposable
{
    private const string Npm =
        """
        #!/bin/sh
        echo npm >> calls
        case "$NPM_SAYS" in
          offline) echo "npm http fetch GET http://registry/x attempt 1 failed with ECONNREFUSED" >&2; exit 0 ;;
          nothing) exit 0 ;;
          usage) echo "npm error code EUSAGE" >&2; exit 1 ;;
        esac
        package=node_modules/@microsoft/aspire-cli-any
        mkdir -p $package/bin
        echo '{ "version": "13.5.4" }' > $package/package.json
        cp "$FAKES/aspire" $package/bin/aspire
        """;

    private const string Aspire =
        """
        #!/bin/sh
        echo "aspire $*" | sed "s#$ASPIRE_HOME#HOME#" >> calls
        test -z "$ASPIRE_FAILS" || { echo "No space left on device"; exit 1; }
        mkdir -p "$ASPIRE_HOME/bundle/dcp" "$ASPIRE_HOME/bundle/managed"
        touch "$ASPIRE_HOME/bundle/dcp/dcp" "$ASPIRE_HOME/bundle/managed/aspire-managed"
        printf '%s+commit|1|1' "${ASPIRE_VERSION:-13.5.4}" > "$ASPIRE_HOME/.aspire-bundle-version"
        """;

    public BundleFixture()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins for npm and the Aspire CLI are shell scripts");
        Need.Node();
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "tools", "aspire")))
        {
            File.Copy(file, PathOf(Path.GetFileName(file)));
        }

        WriteCommand("npm", Npm);
        WriteCommand("aspire", Aspire);
    }

    /// <summary>The copy of tools/aspire.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("platform-bundle-").FullName;

    /// <summary>The processes that were started so far, one a line.</summary>
    public string Calls => File.Exists(PathOf("calls")) ? File.ReadAllText(PathOf("calls")) : "";

    public string PathOf(string name) => Path.Combine(Root, name);

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    public void Append(string name, string text) => File.AppendAllText(PathOf(name), text);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public void WriteCommand(string name, string script)
    {
        Directory.CreateDirectory(PathOf("fakes"));
        var path = PathOf($"fakes/{name}");
        File.WriteAllText(path, script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Runs restore.mjs; what it printed has the folder replaced by ROOT and times by N.</summary>
    public async Task<(int ExitCode, string Output)> RestoreAsync(string arguments = "", params (string Name, string Value)[] environment)
    {
        using var process = new Process { StartInfo = Restore(arguments, environment) };
        process.Start();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, Normalize(output));
    }

    private ProcessStartInfo Restore(string arguments, (string Name, string Value)[] environment)
    {
        // setsid: without a terminal there is nowhere to tell the progress but the output
        var start = new ProcessStartInfo(OnPath("setsid") ?? "node", $"{(OnPath("setsid") is null ? "" : "--wait node ")}restore.mjs {arguments}")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        start.Environment["FAKES"] = PathOf("fakes");
        start.Environment["PATH"] = $"{PathOf("fakes")}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private string Normalize(string output) =>
        string.Join('\n', output.Replace(Root, "ROOT", StringComparison.Ordinal).Split('\n').Select(WithoutTime));

    private static string WithoutTime(string line)
    {
        var place = line.LastIndexOf(" in ", StringComparison.Ordinal);
        return place >= 0 && line.EndsWith(" s.", StringComparison.Ordinal) && double.TryParse(line[(place + 4)..^3], CultureInfo.InvariantCulture, out _)
            ? line[..place] + " in N s."
            : line;
    }

    private static string? OnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, command))
            .FirstOrDefault(File.Exists);
}
