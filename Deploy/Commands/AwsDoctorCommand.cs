using System.Collections.Immutable;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform aws doctor</c>: whether a deployment would go through, and what to mend before.</summary>
internal static class AwsDoctorCommand
{
    public static Verb Verb(AwsOptions options) => new("doctor", "Looks at credentials, permissions, quotas, versions and tools, and says of each what to do.")
    {
        Run = (parsed, screen, cancellationToken) =>
        {
            var input = options.Read(parsed);
            return Deadline.WithinAsync(input.Timeout, token => RunAsync(input, screen, token), cancellationToken);
        },
        Examples =
        [
            new Example("platform aws doctor --environment production", "before the first deployment, or when one fails"),
            new Example("platform aws doctor --profile work --output json", "for machines, with another profile"),
        ],
    };

    private static async Task<int> RunAsync(AwsInput input, Screen screen, CancellationToken cancellationToken)
    {
        var settings = await OpenedEnvironment.ReadSettingsAsync(input, cancellationToken);
        await using var cloud = input.Simulation is { } simulation ? await Simulation.StartAsync(simulation, input.Application, settings.Region, cancellationToken) : null;
        ImmutableArray<Finding> findings;
        using (Progress.Start(screen, TimeProvider.System, $"Looking at {settings.Application}-{settings.Environment}"))
        {
            findings = [.. await new Examination(OpenedEnvironment.TargetSettings(input, settings, OpenedEnvironment.Variables(), cloud), settings).RunAsync(cancellationToken), .. LocalTools.Find(settings)];
        }

        var problems = findings.Select(finding => finding.Problem).OfType<Problem>().ToList();
        await screen.Out.WriteAsync(input.Output == AwsOutput.Json ? JsonResult.Of(json => DoctorText.WriteTo(json, findings), problems) : DoctorText.Render(findings, screen));

        // The findings have said all of it.
        return problems.Count == 0 ? ExitCode.Ok : problems.Min(problem => problem.ExitCode);
    }
}
