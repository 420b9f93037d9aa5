using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Simulator;
using Platform.Simulator.Accounts;
using Platform.Simulator.Faults;

namespace Platform.Deploy.Commands;

/// <summary>Starts the simulated account of <c>--simulate</c> inside this process.</summary>
internal static class Simulation
{
    private static readonly string[] StateFolder = [".platform", "simulator"];

    /// <exception cref="DeployException">A fault or a speed is none, or the folder holds something else.</exception>
    public static async Task<SimulatedCloud> StartAsync(SimulationInput input, ApplicationInput application, string region, CancellationToken cancellationToken)
    {
        var options = new SimulatorOptions
        {
            StateFolder = Path.GetFullPath(input.StateFolder ?? Path.Combine([Beside(application), .. StateFolder]), application.WorkingDirectory),
            Speed = ClockSpeed.Parse(input.Speed) ?? throw new DeployException(UsageProblems.InvalidValue("speed", input.Speed, ["max", "1", "60"])),
            Faults = [.. Faults(input.Faults)],
            Region = region,
        };
        try
        {
            return await SimulatedCloud.StartAsync(options, cancellationToken);
        }
        catch (Exception broken) when (broken is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new DeployException([UsageProblems.NoSimulation(options.StateFolder, broken.Message)], broken);
        }
    }

    /// <summary>What a session is opened with to reach it.</summary>
    public static AwsStandIn StandIn(SimulatedCloud cloud) => new(cloud.Endpoint, new AwsKeys(cloud.AccessKeyId, new SecretText(cloud.SecretAccessKey), SessionToken: null));

    private static string Beside(ApplicationInput application)
    {
        var folder = ApplicationSource.Folder(application);
        var settings = EnvironmentsReading.FolderOf(application, folder);
        return settings is null ? folder : Path.GetDirectoryName(settings) ?? folder;
    }

    private static ImmutableArray<FaultRule> Faults(ImmutableArray<string> texts)
    {
        var rules = ImmutableArray.CreateBuilder<FaultRule>();
        var problems = new List<Problem>();
        foreach (var text in texts)
        {
            try
            {
                rules.Add(FaultRule.Parse(text));
            }
            catch (FormatException wrong)
            {
                problems.Add(UsageProblems.UnknownFault(text, wrong.Message));
            }
        }

        return problems.Count == 0 ? rules.ToImmutable() : throw new DeployException(problems);
    }
}
