using System.CommandLine;
using Platform.Deploy.Images;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform images promote</c>.</summary>
internal static class ImagesPromoteCommand
{
    public static Verb Verb()
    {
        var options = new ImageOptions();
        var from = new Option<string>("--from") { HelpName = "ENVIRONMENT", Description = "Whose images are taken.", Required = true };
        var to = new Option<string>("--to") { HelpName = "ENVIRONMENT", Description = "Whose registry gets them, and whose settings say what is refused.", Required = true };
        var verb = new Verb("promote", "Takes the images of one environment to the next, by digest, with all that belongs to them. Nothing is built again.")
        {
            Options = { from, to },
            Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), screen, cancellationToken),
            Examples =
            [
                new Example("platform images promote --from staging --to production", "the newest that was pushed for staging"),
                new Example("platform images promote --from staging --to production --only web --tag 1.4.0-0ff0ad27dff8", "one image by its tag"),
            ],
        };
        options.AddTo(verb);
        return verb;
    }

    private static Task<int> RunAsync(ImageInput input, string from, string to, Screen screen, CancellationToken cancellationToken)
    {
        // The target's settings count; of the source only its registry is needed.
        var target = input with { Application = input.Application with { Environments = [to] } };
        return ImagesCommand.RunAsync(target, screen, "Promoting images", async session =>
        {
            var sourceInput = target with { Application = target.Application with { Environments = [from] } };
            using var source = await ImageSession.OpenAsync(sourceInput, screen, session.Tools.Client.Progress, session.Tools.Progress, cancellationToken);
            var scratch = Directory.CreateTempSubdirectory("platform-promote-").FullName;
            try
            {
                var promotion = new ImagePromotion(session.Tools, scratch);
                var images = await promotion.FindAsync(session.Order.Images, (from, source.Registry), input.Tag, (to, session.Order.Platforms), cancellationToken);
                await CheckAsync(images, source, session.Model, cancellationToken);
                var promoted = await promotion.RunAsync(images, source.Registry, (to, session.Registry), cancellationToken);
                await new ImageStage(session.Tools).PassAsync(session.Stage, [.. promoted.Select(result => result.Image)], session.FindingsAsync, cancellationToken);
                var results = new ImageResults(promoted, Others: []);
                return input.Json ? JsonResult.Of(json => ImagesText.WriteTo(json, results), []) : ImagesText.Pushed(results, new Palette(screen.Colours));
            }
            finally
            {
                Directory.Delete(scratch, recursive: true);
            }
        },
        cancellationToken);
    }

    private static async Task CheckAsync(IEnumerable<PushedImage> images, ImageSession source, DeploymentModel target, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        foreach (var image in images)
        {
            if (await source.FindingsAsync(image, cancellationToken) is { } findings && VulnerabilityCheck.Of(image, findings, target.Settings.Images.SeverityGate) is { } problem)
            {
                problems.Add(problem);
            }
        }

        if (problems.Count > 0)
        {
            throw new DeployException(problems);
        }
    }
}
