using System.Collections.Immutable;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Images;

/// <summary>Waits for what ECR's scan finds in images that are to be deployed, where the environment wants to refuse some for it.</summary>
internal sealed class ScanGate(ImageTools tools, FindingsSource findings, SeverityGate gate)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    // Without a sign of a scan by then the repository does not scan when something is pushed.
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(10);

    /// <exception cref="DeployException">Images have more than the gate lets through, or are not known in time; all of them are named.</exception>
    public async Task PassAsync(ImmutableArray<PushedImage> images, CancellationToken cancellationToken)
    {
        if (gate == SeverityGate.None)
        {
            return;
        }

        var asked = await Task.WhenAll(images.Where(image => RegistryProblems.IsEcr(image.Repository.Host)).Select(image => ProblemOfAsync(image, cancellationToken)));
        ImmutableArray<Problem> problems = [.. asked.OfType<Problem>()];
        if (!problems.IsEmpty)
        {
            throw new DeployException(problems);
        }
    }

    private async Task<Problem?> ProblemOfAsync(PushedImage image, CancellationToken cancellationToken)
    {
        var began = tools.Time.GetTimestamp();
        for (var asked = 0; ; asked++)
        {
            var found = await findings(image, cancellationToken);
            var waited = tools.Time.GetElapsedTime(began);
            var problem = found is null ? null : VulnerabilityCheck.Of(image, found, gate);
            if (problem is not null || found is { HasResult: true })
            {
                return problem;
            }

            if (found is { IsPending: false } || (found is null && waited >= BeginsWithin))
            {
                tools.Progress.Report(new ImageEvent.NotScanned(image, found?.Text ?? "the repository does not scan"));
                return null;
            }

            if (waited >= EndsWithin)
            {
                return ImageProblems.ScanGoesOn(image, gate);
            }

            if (asked == 0)
            {
                tools.Progress.Report(new ImageEvent.Scanning(image));
            }

            await Task.Delay(Pause, tools.Time, cancellationToken);
        }
    }
}
