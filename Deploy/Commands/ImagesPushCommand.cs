using System.CommandLine;
using Platform.Deploy.Images;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform images push</c>.</summary>
internal static class ImagesPushCommand
{
    public static Verb Verb()
    {
        var options = new ImageOptions();
        var dryRun = new Option<bool>("--dry-run") { Description = "Builds and compares, but sends nothing." };
        var verb = new Verb("push", "Builds the images and brings what the registry lacks into it; prints the references that deployments use.")
        {
            Options = { dryRun },
            Run = (parsed, screen, cancellationToken) => parsed.GetValue(dryRun)
                ? PlanAsync(options.Read(parsed), screen, cancellationToken)
                : PushAsync(options.Read(parsed), screen, cancellationToken),
            Examples =
            [
                new Example("platform images push --environment staging", "to the environment's registry: ECR, or what registry.existing names"),
                new Example("platform images push --registry ghcr.io/owner --tag 2.0", "to another registry, with a version of one's own"),
                new Example("platform images push --dry-run", "which images would change, and how much would be sent"),
            ],
        };
        options.AddTo(verb);
        return verb;
    }

    private static Task<int> PushAsync(ImageInput input, Screen screen, CancellationToken cancellationToken) =>
        ImagesCommand.RunAsync(input, screen, "Pushing images", async session =>
        {
            var results = await new ImageStage(session.Tools).PushAsync(session.Stage, session.FindingsAsync, cancellationToken);
            return input.Json ? JsonResult.Of(json => ImagesText.WriteTo(json, results), []) : ImagesText.Pushed(results, new Palette(screen.Colours));
        },
        cancellationToken);

    private static Task<int> PlanAsync(ImageInput input, Screen screen, CancellationToken cancellationToken) =>
        ImagesCommand.RunAsync(input, screen, "Comparing images", async session =>
        {
            var comparison = await new ImageStage(session.Tools).CompareAsync(session.Stage, session.FindingsAsync, cancellationToken);
            if (comparison.Refused.Length > 0)
            {
                throw new DeployException(comparison.Refused);
            }

            return input.Json ? JsonResult.Of(json => ImagesText.WriteTo(json, comparison), []) : ImagesText.Planned(comparison, new Palette(screen.Colours));
        },
        cancellationToken);
}
