using System.Collections;
using System.Globalization;
using Platform.Deploy.Aws;
using Platform.Deploy.Model;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;
using Platform.Simulator;

namespace Platform.Deploy.Commands;

/// <summary>The account of one environment, opened: where all verbs of <c>aws</c> begin. It needs the settings and no application.</summary>
/// <param name="Settings">Of the environment; its account is the one of the credentials, where no other was pinned.</param>
internal sealed record OpenedEnvironment(AwsInput Input, EnvironmentSettings Settings, AwsTarget Target) : IAsyncDisposable
{
    private const string ClockSpeed = "PLATFORM_CLOCK_SPEED";

    // A simulated clock that jumps: no wait is worth waiting for.
    private const double FastestSpeed = 10_000;

    public Names Names => new(Settings.Application, Settings.Environment);

    /// <exception cref="DeployException">The settings have problems, or the account cannot be opened.</exception>
    public static async Task<OpenedEnvironment> OpenAsync(AwsInput input, CancellationToken cancellationToken)
    {
        var settings = await ReadSettingsAsync(input, cancellationToken);
        var calls = new CallListener();
        var cloud = input.Simulation is { } simulation ? await Simulation.StartAsync(simulation, input.Application, settings.Region, cancellationToken) : null;
        try
        {
            var target = TargetSettings(input, settings, Variables(), cloud);
            var opened = await AwsTarget.OpenAsync(target with { Session = target.Session with { Observe = calls.Report } }, cancellationToken);
            return new OpenedEnvironment(input, settings with { Account = opened.Account }, opened) { Calls = calls, Cloud = cloud };
        }
        catch when (cloud is not null)
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>Told of every call to AWS.</summary>
    public required CallListener Calls { get; init; }

    /// <summary>The simulated account; null: the true AWS, or a stand-in that somebody else started.</summary>
    public required SimulatedCloud? Cloud { get; init; }

    /// <summary>The settings alone, with all their problems as an exception.</summary>
    /// <exception cref="DeployException">They have problems.</exception>
    public static async Task<EnvironmentSettings> ReadSettingsAsync(AwsInput input, CancellationToken cancellationToken)
    {
        var reading = (await EnvironmentsReading.ReadAsync(input.Application, ApplicationSource.Folder(input.Application), cancellationToken))[0];
        return reading.Problems.IsEmpty ? reading.Settings : throw new DeployException(reading.Problems);
    }

    /// <summary>What the target is opened with: also for a doctor, who wants to know why it cannot be.</summary>
    /// <param name="input">What was asked for.</param>
    /// <param name="settings">Of the environment.</param>
    /// <param name="variables">Of the process.</param>
    /// <param name="cloud">The simulated account; null: none.</param>
    public static AwsTargetSettings TargetSettings(AwsInput input, EnvironmentSettings settings, IReadOnlyDictionary<string, string> variables, SimulatedCloud? cloud) => new(
        new AwsSessionSettings { Profile = input.Profile, Region = settings.Region, StandIn = cloud is null ? null : Simulation.StandIn(cloud) },
        new Names(settings.Application, settings.Environment),
        settings.Account,
        variables)
    {
        Time = cloud?.Time ?? (Speed(variables) is { } speed ? new ScaledTime(TimeProvider.System, speed) : TimeProvider.System),
        Simulated = cloud is not null || variables.ContainsKey(ClockSpeed),
    };

    /// <summary>Of the process.</summary>
    public static IReadOnlyDictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    /// <summary>Ends a simulated account too: its last changes are written then.</summary>
    public async ValueTask DisposeAsync()
    {
        Target.Dispose();
        if (Cloud is not null)
        {
            await Cloud.DisposeAsync();
        }
    }

    private static double? Speed(IReadOnlyDictionary<string, string> variables) => variables.GetValueOrDefault(ClockSpeed) switch
    {
        null or "" => null,
        "max" => FastestSpeed,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0 => factor,
        var text => throw new DeployException(UsageProblems.InvalidValue(ClockSpeed, text, ["1", "60", "max"])),
    };
}

/// <summary>Hands each call to AWS to whoever listens now.</summary>
internal sealed class CallListener
{
    private Action<AwsAttempt>? _listener;

    public void Listen(Action<AwsAttempt> listener) => _listener = listener;

    public void Report(AwsAttempt attempt) => _listener?.Invoke(attempt);
}
