using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Platform.EndToEnd.Tests;

/// <summary>
/// An AppHost as a user starts it, with a temp folder and a home of its own. Every process it starts inherits a mark, so that the test
/// can tell whether one is left.
/// </summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Mark = "PLATFORM_HOST_PROCESS";
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "";

    private readonly Process _process;
    private readonly string _mark;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private readonly bool _ownsFolder;

    private HostProcess(Process process, string mark, string folder, bool ownsFolder)
    {
        (_process, _mark, Folder, _ownsFolder) = (process, mark, folder, ownsFolder);
        process.OutputDataReceived += (_, line) => Keep(line.Data, _output);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, _errors);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its temp folder; its home is the folder <c>home</c> in there.</summary>
    public string Folder { get; }

    public int Id => _process.Id;

    public string Output => string.Concat(_output.Select(line => line + "\n"));

    public string Errors => string.Concat(_errors.Select(line => line + "\n"));

    /// <summary>Where DCP keeps the state of a session.</summary>
    public IEnumerable<string> SessionFolders => Directory.EnumerateDirectories(Folder, "platform-dcp-*");

    /// <summary>The program <c>tests/Programs/SampleHost</c>.</summary>
    public static HostProcess Sample(string sample, params string[] args) => Start("tests/Programs/SampleHost", null, [], ["--no-dashboard", "--Sample", sample, .. args]);

    /// <summary>Starts the program of a project folder.</summary>
    /// <param name="project">Such as <c>AppHost</c>.</param>
    /// <param name="folder">The temp folder of an earlier process; null for a new one, which goes with the process.</param>
    /// <param name="environment">Variables that differ from the test's own; null removes one.</param>
    /// <param name="args">The command line.</param>
    public static HostProcess Start(string project, string? folder, IEnumerable<KeyValuePair<string, string?>> environment, params string[] args)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux, where processes are found in /proc.");
        var program = Path.Combine(Repository.Root, project, "bin", Configuration, "net10.0", Path.GetFileName(project) + ".dll");
        var mark = Guid.NewGuid().ToString("N");

        // Sockets of DCP lie in there, whose paths have at most 108 bytes.
        var ownsFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("plt-").FullName;
        var start = new ProcessStartInfo("dotnet", [program, .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        start.Environment[Mark] = mark;
        start.Environment["TMPDIR"] = folder;
        start.Environment["HOME"] = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["AppHost__BundlePath"] = Need.Bundle();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new HostProcess(Process.Start(start) ?? throw new InvalidOperationException("No process was started."), mark, folder, ownsFolder);
    }

    /// <summary>Waits for a line of the output that holds a text, and returns it.</summary>
    public Task<string> LineAsync(string text) => Eventually.ValueAsync(
        _ => Task.FromResult(_output.Concat(_errors).FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal))
            ?? (_process.HasExited ? throw new InvalidOperationException($"It ended with code {_process.ExitCode} before it said '{text}':\n{Output}{Errors}") : null)),
        Applications.Soon,
        $"'{text}' in\n{Output}{Errors}");

    /// <summary>Waits for its end.</summary>
    public async Task<int> ExitCodeAsync()
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Applications.Soon, TestContext.Current.CancellationToken);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"It still runs:\n{Output}{Errors}");
        }
    }

    /// <summary>Such as <c>INT</c>, as Ctrl-C sends it.</summary>
    public void Signal(string signal) => Signal(Id, signal);

    public static void Signal(int pid, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The processes that it started, by their command lines; its own is not among them.</summary>
    public IReadOnlyList<(int Id, string Command)> Others() =>
        [.. from directory in Directory.EnumerateDirectories("/proc")
            let pid = int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
            where pid > 0 && pid != Id && Read(pid, "environ").Split('\0').Contains($"{Mark}={_mark}")
            select (pid, Read(pid, "cmdline").Replace('\0', ' ').Trim())];

    /// <summary>Waits until nothing that it started is left.</summary>
    public async Task NothingLeftAsync(TimeSpan deadline)
    {
        try
        {
            await Eventually.TrueAsync(() => Others().Count == 0, deadline, "the end of all processes");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"After {deadline.TotalSeconds} s these are left:\n{string.Join('\n', Others())}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pid in Others().Select(other => other.Id).Append(_process.HasExited ? 0 : Id).Where(pid => pid > 0))
        {
            Signal(pid, "KILL");
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        if (_ownsFolder)
        {
            await Eventually.TrueAsync(() => TryDelete(Folder), Applications.Soon, $"the removal of {Folder}");
        }
    }

    private static void Keep(string? line, ConcurrentQueue<string> lines)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static bool TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
