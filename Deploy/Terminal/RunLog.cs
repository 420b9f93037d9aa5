using System.Globalization;
using Platform.Deploy.Apply;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Terminal;

/// <summary>
/// Everything that one run did, in a file of its own on this machine: for whoever looks for the reason afterwards. It holds names, states and AWS's reasons,
/// never a value of a secret or a key.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private const int MostKept = 50;

    private readonly Lock _lock = new();
    private readonly StreamWriter _writer;

    private RunLog(string path, StreamWriter writer) => (Path, _writer) = (path, writer);

    /// <summary>Of the file.</summary>
    public string Path { get; }

    /// <summary>Where the machine keeps state of programs: <c>$XDG_STATE_HOME</c>, <c>~/.local/state</c>; on Windows the local application data.</summary>
    public static string FolderOf(Func<string, string?> variable) => System.IO.Path.Combine(
        OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : variable("XDG_STATE_HOME") is { Length: > 0 } state && System.IO.Path.IsPathRooted(state)
                ? state
                : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
        "platform",
        "runs");

    /// <param name="folder">Made where it is missing; old logs in it are removed.</param>
    /// <param name="run">Id of the run.</param>
    /// <param name="now">Names the file, so that the newest is the last.</param>
    /// <returns>Null where the machine lets no file be written: a run is more than its log.</returns>
    public static RunLog? Open(string folder, string run, DateTimeOffset now)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var old in Directory.EnumerateFiles(folder, "*.log").OrderDescending(StringComparer.Ordinal).Skip(MostKept - 1).ToList())
            {
                File.Delete(old);
            }

            var path = System.IO.Path.Combine(folder, $"{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{run}.log");
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

#pragma warning disable CA2000 // The log ends it.
            return new RunLog(path, new StreamWriter(path, options) { NewLine = "\n", AutoFlush = true });
#pragma warning restore CA2000
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(RunEvent happened, DateTimeOffset now) => Write(JsonLines.Of(happened, now));

    public void Write(IEnumerable<Problem> problems) => Write(ProblemText.Render([.. problems], new Palette(Colours: false)).TrimEnd('\n'));

    public void Write(string line)
    {
        lock (_lock)
        {
            try
            {
                _writer.WriteLine(line);
            }
            catch (IOException)
            {
                // Of a full disk, for one: the run goes on without these lines.
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writer.Dispose();
        }
    }
}
