using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Platform.Deploy.Aws;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Commands;

/// <summary>What all verbs of <c>aws</c> were asked for.</summary>
/// <param name="Application">With exactly one environment.</param>
internal sealed record AwsInput(ApplicationInput Application)
{
    public required string? Profile { get; init; }

    /// <summary>Also among the flags of the settings; null: not said.</summary>
    public required string? Region { get; init; }

    public required AwsOutput Output { get; init; }

    /// <summary>Null: the true AWS, or what the environment's variables name in its place.</summary>
    public required SimulationInput? Simulation { get; init; }

    /// <summary>For the command as a whole; null: none.</summary>
    public required TimeSpan? Timeout { get; init; }

    /// <summary>Lower-case name of the one environment.</summary>
    public string Environment => Application.Environments[0];
}

internal enum AwsOutput
{
    Text,
    Json,
    Markdown,
}

/// <param name="StateFolder">Where the simulated account is kept; null: beside the settings.</param>
/// <param name="Speed">A factor, or <c>max</c>.</param>
/// <param name="Faults">As the simulator reads them.</param>
internal sealed record SimulationInput(string? StateFolder, string Speed, ImmutableArray<string> Faults);

/// <summary>The options of all verbs of <c>aws</c>. They stand at the group, so that they may come before the verb or behind it.</summary>
internal sealed class AwsOptions
{
    private const string DefaultEnvironment = "dev";
    private const string DefaultSpeed = "60";

    private readonly ApplicationOptions _application = new();

    private readonly Option<string?> _region = new("--region") { HelpName = "REGION", Description = "The region of AWS. Default: the environment's." };

    private readonly Option<string?> _profile = new("--profile") { HelpName = "NAME", Description = "A profile of AWS's files. Default: the chain of AWS's command line." };

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "FORM",
        Description = "text, json, or markdown for a pull request. Default: text.",
        DefaultValueFactory = _ => "text",
    };

    private readonly Option<bool> _simulate = new("--simulate") { Description = "Against a simulated account on this machine: nothing is needed, nothing costs." };

    private readonly Option<string?> _state = new("--state") { HelpName = "DIR", Description = "Where the simulated account is kept from one command to the next. Default: .platform/simulator beside the settings." };

    private readonly Option<string[]> _faults = new("--fault") { HelpName = "FAULT", Description = "Something that goes wrong in the simulated account, such as 'stack:NatGateway1=fail'. May be repeated." };

    private readonly Option<string?> _speed = new("--speed") { HelpName = "N", Description = $"How many minutes of the simulated account pass in one: a number, or max. Default: {DefaultSpeed}." };

    private readonly Option<string?> _timeout = new("--timeout") { HelpName = "TIME", Description = "Gives up after this long, such as 90s, 45m or 2h; what was begun is gone on with next time. Default: no limit." };

    public void AddTo(Command command)
    {
        var own = command.Options.ToList();
        _application.AddTo(command);
        foreach (var option in new Option[] { _region, _profile, _output, _simulate, _state, _faults, _speed, _timeout })
        {
            command.Options.Add(option);
        }

        foreach (var option in command.Options.Except(own))
        {
            option.Recursive = true;
        }
    }

    /// <exception cref="DeployException">A value is none that the option takes.</exception>
    public AwsInput Read(ParseResult parsed)
    {
        var application = _application.Read(parsed);
        if (application.Environments.Length > 1)
        {
            throw new DeployException(UsageProblems.TakesOneValue("--environment", $"{CommandLine.PathOf(parsed.CommandResult.Command)} --help"));
        }

        var (region, profile, simulation) = (parsed.GetValue(_region), parsed.GetValue(_profile), Simulation(parsed));
        return new AwsInput(application with
        {
            ProfileRegion = simulation is null ? RegionOf(profile) : null,
            Environments = [application.Environments is [var named] ? named : DefaultEnvironment],
            Flags = [.. application.Flags, .. region is null ? [] : new[] { new SettingFlag("--region", "region", region) }],
        })
        {
            Profile = profile,
            Region = region,
            Output = parsed.GetValue(_output) switch
            {
                "json" => AwsOutput.Json,
                "markdown" => AwsOutput.Markdown,
                "text" => AwsOutput.Text,
                var other => throw new DeployException(UsageProblems.InvalidValue("form of output", other ?? "", ["text", "json", "markdown"])),
            },
            Simulation = simulation,
            Timeout = Timeout(parsed.GetValue(_timeout)),
        };
    }

    private static string? RegionOf(string? profile)
    {
        var variables = OpenedEnvironment.Variables();
        return AwsSession.RegionOf(new AwsSessionSettings { Profile = profile }, variables, AwsProfiles.OfMachine(variables));
    }

    private SimulationInput? Simulation(ParseResult parsed)
    {
        var (state, speed, faults) = (parsed.GetValue(_state), parsed.GetValue(_speed), parsed.GetValue(_faults) ?? []);
        if (parsed.GetValue(_simulate))
        {
            return speed is null or "max" || (double.TryParse(speed, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0)
                ? new SimulationInput(state, speed ?? DefaultSpeed, [.. faults])
                : throw new DeployException(UsageProblems.InvalidValue("speed", speed, ["max", "1", DefaultSpeed]));
        }

        var alone = new[] { ("--state", state is not null), ("--speed", speed is not null), ("--fault", faults.Length > 0) }.Where(option => option.Item2).Select(option => option.Item1).ToList();
        return alone.Count == 0 ? null : throw new DeployException(alone.Select(option => UsageProblems.NeedsOption(option, "--simulate")));
    }

    private static TimeSpan? Timeout(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var unit = text.Length > 0 ? text[^1] : ' ';
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        return seconds > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000
            ? TimeSpan.FromSeconds(number * seconds)
            : throw new DeployException(UsageProblems.InvalidValue("duration", text, ["90s", "45m", "2h"]));
    }
}
