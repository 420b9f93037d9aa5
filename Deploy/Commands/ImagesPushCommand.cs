using System.Collections.Immutable;
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
        ImagesCommand.RunAsync(input, screen, "Pushing images", async (session, progress) =>
        {
            using var workspace = await ImageWorkspace.OpenAsync(session.Order, cancellationToken);
            var built = await new ImageBuild(session.Tools).RunAsync(session.Order, workspace, cancellationToken);
            var push = new ImagePush(session.Tools, workspace);
            var promotion = new ImagePromotion(session.Tools, Path.Combine(workspace.Folder, "copies"));
            var pushed = ImmutableArray.CreateBuilder<(PushedImage Image, long BytesSent)>();
            foreach (var image in built)
            {
                var done = await push.RunAsync(image, session.Registry.Repository(image.Repository), cancellationToken);
                await promotion.MarkAsync(done, session.Model.Settings.Environment, cancellationToken);
                pushed.Add((done, progress.TakeSent()));
            }

            var references = input.Only.IsEmpty ? session.Model.OtherImages : [];
            var others = await new OtherImages(session.Tools, workspace).PinAsync(references, session.Order, session.Mirror, cancellationToken);
            var palette = new Palette(screen.Colours);
            return input.Json
                ? JsonResult.Of(json => ImagesText.WriteTo(json, pushed.Select(one => (one.Image, one.BytesSent == 0, one.BytesSent, default(ScanFindings))), others), [])
                : ImagesText.Pushed(pushed, palette) + ImagesText.Pinned(others, palette);
        },
        cancellationToken);

    private static Task<int> PlanAsync(ImageInput input, Screen screen, CancellationToken cancellationToken) =>
        ImagesCommand.RunAsync(input, screen, "Comparing images", async (session, _) =>
        {
            using var workspace = await ImageWorkspace.OpenAsync(session.Order, cancellationToken);
            var built = await new ImageBuild(session.Tools).RunAsync(session.Order, workspace, cancellationToken);
            var planning = new ImagePlanning(session.Tools, workspace);
            var planned = ImmutableArray.CreateBuilder<(ImageChange Change, ScanFindings? Findings)>();
            foreach (var image in built)
            {
                var change = await planning.CompareAsync(image, session.Registry.Repository(image.Repository), cancellationToken);
                planned.Add((change, change.IsUnchanged ? await session.FindingsAsync(change.Image, cancellationToken) : null));
            }

            var refused = planned.Where(plan => plan.Findings is not null)
                .Select(plan => VulnerabilityCheck.Of(plan.Change.Image, plan.Findings ?? throw new System.Diagnostics.UnreachableException(), session.Model.Settings.Images.SeverityGate))
                .OfType<Problem>()
                .ToList();
            if (refused.Count > 0)
            {
                throw new DeployException(refused);
            }

            return input.Json
                ? JsonResult.Of(json => ImagesText.WriteTo(json, planned.Select(plan => (plan.Change.Image, plan.Change.IsUnchanged, plan.Change.BytesToSend, plan.Findings)), []), [])
                : ImagesText.Planned(planned, new Palette(screen.Colours));
        },
        cancellationToken);
}
