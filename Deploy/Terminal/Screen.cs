using System.Text;

namespace Platform.Deploy.Terminal;

/// <summary>Where a command's words go: results to <paramref name="Out"/>, progress and problems to <paramref name="Error"/>.</summary>
internal sealed record Screen(TextWriter Out, TextWriter Error)
{
    private const int PipeWidth = 120;
    private const int LeastWidth = 40;

    /// <summary>Where answers of a person come from; null: nobody is there to be asked.</summary>
    public TextReader? In { get; init; }

    /// <summary>A person reads the result on a terminal; tables are drawn for them.</summary>
    public required bool Tables { get; init; }

    /// <summary>A person watches the progress; lines may be drawn over.</summary>
    public required bool Live { get; init; }

    public required bool Colours { get; init; }

    /// <summary>Columns that a line may fill.</summary>
    public required int Width { get; init; }

    /// <summary>The streams of this process. <c>NO_COLOR</c> and <c>TERM=dumb</c> are heeded.</summary>
    public static Screen OfProcess()
    {
        var dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        var (outIsTerminal, errorIsTerminal) = (!Console.IsOutputRedirected, !Console.IsErrorRedirected);
        if (OperatingSystem.IsWindows() && outIsTerminal)
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        return new Screen(Console.Out, Console.Error)
        {
            In = Console.IsInputRedirected || !errorIsTerminal ? null : Console.In,
            Tables = outIsTerminal && !dumb,
            Live = errorIsTerminal && !dumb,
            Colours = outIsTerminal && errorIsTerminal && !dumb && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = outIsTerminal || errorIsTerminal ? Math.Max(LeastWidth, Columns()) : PipeWidth,
        };
    }

    /// <summary>As for a pipe: <c>--plain</c>.</summary>
    public Screen Plain() => this with { Tables = false, Live = false, Colours = false };

    // A terminal that does not say how wide it is.
    private static int Columns()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : PipeWidth;
        }
        catch (IOException)
        {
            return PipeWidth;
        }
    }
}
