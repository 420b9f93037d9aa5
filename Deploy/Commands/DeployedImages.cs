using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Apply;
using Platform.Deploy.Images;
using Platform.Deploy.Planning;
using Platform.Deploy.Registries;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary>The images of an application as a step of its deployment.</summary>
internal sealed class DeployedImages(PlannedEnvironment planned, bool without)
{
    /// <summary>Null: there is nothing to push or to copy.</summary>
    public Func<IProgress<RunEvent>, CancellationToken, Task<StepResult>>? PushAsync => without || (planned.Model.Images.IsEmpty && planned.Model.CopiedImages.IsEmpty) ? null : PushAllAsync;

    /// <summary>Digests of what the environment has, by resource: of the plan, and then of what was pushed.</summary>
    public ImmutableSortedDictionary<string, string> Digests { get; private set; } =
        planned.Plan.Images.Where(image => image.Digest is not null).ToImmutableSortedDictionary(image => image.Resource, image => image.Digest ?? "", StringComparer.Ordinal);

    private async Task<StepResult> PushAllAsync(IProgress<RunEvent> progress, CancellationToken cancellationToken)
    {
        ImmutableArray<string> toBuild = [.. planned.Plan.Images.Where(image => image.Action is not ImageAction.Unchanged and not ImageAction.TakenOver).Select(image => image.Resource)];
        if (toBuild.IsEmpty && planned.TakenOver.IsEmpty && planned.NotScanned.IsEmpty && planned.Model.CopiedImages.IsEmpty)
        {
            return StepResult.Unchanged;
        }

        var events = new ImageRunEvents(progress);
#pragma warning disable CA2000 // The session ends it.
        var ecr = new EcrAccess(planned.Opened.Target.Deployer, planned.Opened.Target.Time);
#pragma warning restore CA2000
        var input = ImageInput.Of(planned.Opened.Input.Application) with { Only = toBuild };
        using var session = await ImageSession.OfAsync(input, planned.Application, ecr, events, events, cancellationToken);

        // A plan does not tell which copies are there. Where they are not wanted nobody asks the registries of others, which may not be reached from here.
        var stage = session.Stage with
        {
            Build = toBuild.IsEmpty ? session.Order with { Images = [] } : session.Order,
            Others = planned.Model.CopiedImages.IsEmpty ? [] : ImageStageOrder.Of(session.Model, session.Order, session.Registry).Others,
        };
        var images = new ImageStage(session.Tools);
        await images.PassAsync(stage, planned.NotScanned, session.FindingsAsync, cancellationToken);
        await images.TakeOverAsync(planned.TakenOver, stage.Environment, cancellationToken);
        var results = await images.PushAsync(stage, session.FindingsAsync, cancellationToken);
        Digests = Digests.SetItems(results.Images.Select(result => KeyValuePair.Create(result.Image.Resource, result.Image.Digest.ToString())));
        ImmutableArray<long> pushed = [.. results.Images.Select(image => image.BytesSent).Where(bytes => bytes > 0)];
        ImmutableArray<long> copied = [.. results.Others.Select(other => other.Repository).Distinct().Select(session.Tools.Client.Traffic.SentTo).Where(bytes => bytes > 0)];
        var takenOver = planned.TakenOver.Length;
        return pushed.IsEmpty && copied.IsEmpty && takenOver == 0
            ? StepResult.Unchanged
            : new StepResult(StepOutcome.Done, string.Create(
                CultureInfo.InvariantCulture,
                $"{pushed.Length} pushed, {(takenOver == 0 ? "" : $"{takenOver} taken over, ")}{(copied.IsEmpty ? "" : $"{copied.Length} copied, ")}{ImagesText.Size(pushed.Sum() + copied.Sum())} sent"));
    }

    /// <summary>What builds and the registry tell, as events of the run.</summary>
    private sealed class ImageRunEvents(IProgress<RunEvent> progress) : IProgress<ImageEvent>, IProgress<RegistryEvent>
    {
        private long _sent;

        public void Report(ImageEvent value)
        {
            switch (value)
            {
                case ImageEvent.BaseLocked locked:
                    progress.Report(new RunEvent.Notice(DeployRun.ImagesStep, $"{ImageLock.FileName}: {locked.Reference} is {locked.Digest}. Commit it."));
                    break;
                case ImageEvent.Publishing publishing:
                    progress.Report(new RunEvent.Progressed(DeployRun.ImagesStep, $"publishing {string.Join(", ", publishing.Resources)}"));
                    break;
                case ImageEvent.Built built:
                    progress.Report(new RunEvent.Progressed(DeployRun.ImagesStep, $"built {built.Image.Resource}"));
                    break;
                case ImageEvent.Pushed pushed:
                    progress.Report(new RunEvent.Progressed(DeployRun.ImagesStep, $"pushed {pushed.Image.Resource}"));
                    break;
                case ImageEvent.Scanning scanning:
                    progress.Report(new RunEvent.Progressed(DeployRun.ImagesStep, $"waiting for the scan of {scanning.Image.Resource}"));
                    break;
                case ImageEvent.NotScanned unknown:
                    progress.Report(new RunEvent.Notice(DeployRun.ImagesStep, $"What vulnerabilities the image of {unknown.Image.Resource} has is not known: {unknown.Because}."));
                    break;
                default:
                    break;
            }
        }

        public void Report(RegistryEvent value)
        {
            if (value is RegistryEvent.Sent sent)
            {
                progress.Report(new RunEvent.Uploaded(DeployRun.ImagesStep, Interlocked.Add(ref _sent, sent.Bytes), BytesInAll: 0));
            }
        }
    }
}
