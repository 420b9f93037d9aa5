using System.Collections.Immutable;
using System.Globalization;
using Platform.Hosting.Problems;

namespace Platform.Hosting;

/// <summary>The command line of an AppHost.</summary>
/// <param name="Operation">Run, or publish where <c>--publisher manifest</c> or <c>--operation publish --step publish-manifest</c> says so.</param>
/// <param name="OutputPath">Full path of the manifest; null in run mode.</param>
/// <param name="NoDashboard">Whether no dashboard is started: <c>--no-dashboard</c>.</param>
/// <param name="DashboardPort">Port of the dashboard: <c>--dashboard-port N</c>; null takes a free one.</param>
/// <param name="NonInteractive">Whether nobody is asked for missing parameters: <c>--non-interactive</c>.</param>
/// <param name="ShowHelp">Whether only the help is printed: <c>--help</c>.</param>
/// <param name="Configuration">All else, which becomes configuration: <c>--Parameters:name value</c>.</param>
internal sealed record AppHostArguments(
    DistributedApplicationOperation Operation,
    string? OutputPath,
    bool NoDashboard,
    int? DashboardPort,
    bool NonInteractive,
    bool ShowHelp,
    ImmutableArray<string> Configuration)
{
    public const string Help = """
        Runs the application on this machine, or writes its manifest.

          dotnet run --project AppHost [-- OPTIONS]

          --no-dashboard            do not start the Aspire dashboard
          --dashboard-port N        the dashboard's port; a free one by default
          --non-interactive         do not ask for missing parameters, fail instead
          --Parameters:NAME VALUE   the value of a parameter; any other setting is given the same way
          --publisher manifest --output-path FILE
                                    write the manifest and end
                                    (also: --operation publish --step publish-manifest --output-path FILE)
          --help                    this text

        Ctrl-C stops the application; a second Ctrl-C ends the host at once.
        """;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="DistributedApplicationException">An option has no value or an impossible one.</exception>
    public static AppHostArguments Parse(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var flags = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var rest = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var (option, value) = Split(args[i]);
            switch (option)
            {
                case "--no-dashboard" or "--non-interactive" or "--help" or "-h" or "-?":
                    _ = flags.Add(option);
                    break;
                case "--publisher" or "--operation" or "--step" or "--output-path" or "--dashboard-port":
                    values[option] = value ?? (i + 1 < args.Count ? args[++i] : throw new DistributedApplicationException(UsageProblems.MissingValue(option)));
                    break;
                default:
                    rest.Add(args[i]);
                    break;
            }
        }

        var operation = OperationOf(values);
        var outputPath = values.GetValueOrDefault("--output-path");
        var help = flags.Contains("--help") || flags.Contains("-h") || flags.Contains("-?");
        if (operation == DistributedApplicationOperation.Publish && outputPath is null && !help)
        {
            throw new DistributedApplicationException(UsageProblems.MissingOutputPath());
        }

        return new AppHostArguments(
            operation,
            outputPath,
            flags.Contains("--no-dashboard"),
            PortOf(values),
            flags.Contains("--non-interactive"),
            help,
            rest.ToImmutable());
    }

    private static DistributedApplicationOperation OperationOf(Dictionary<string, string> values)
    {
        Check(values, "--publisher", "manifest");
        Check(values, "--step", "publish-manifest");
        Check(values, "--operation", "run", "publish");
        return values.ContainsKey("--publisher") || string.Equals(values.GetValueOrDefault("--operation"), "publish", StringComparison.OrdinalIgnoreCase)
            ? DistributedApplicationOperation.Publish
            : DistributedApplicationOperation.Run;
    }

    private static void Check(Dictionary<string, string> values, string option, params string[] allowed)
    {
        if (values.TryGetValue(option, out var value) && !allowed.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            throw new DistributedApplicationException(
                UsageProblems.InvalidValue(option, value, string.Join(" or ", allowed.Select(name => $"'{name}'"))));
        }
    }

    private static int? PortOf(Dictionary<string, string> values)
    {
        if (!values.TryGetValue("--dashboard-port", out var text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw new DistributedApplicationException(UsageProblems.InvalidValue("--dashboard-port", text, "a number from 1 to 65535"));
    }

    private static (string Option, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        (string Option, string? Value) parts = argument.StartsWith('-') && equals > 0 ? (argument[..equals], argument[(equals + 1)..]) : (argument, null);
        return (parts.Option.ToLowerInvariant(), parts.Value);
    }
}
