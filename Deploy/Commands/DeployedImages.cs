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
    /// <summary>Null: there is nothing to push.</summary>
    public Func<IProgress<RunEvent>, CancellationToken, Task<StepResult>>? PushAsync => without || planned.Model.Images.IsEmpty ? null : PushAllAsync;

    private async Task<StepResult> PushAllAsync(IProgress<RunEvent> progress, CancellationToken cancellationToken)
    {
        if (planned.Plan.Images.All(image => image.Action == ImageAction.Unchanged))
        {
            return StepResult.Unchanged;
        }

        var events = new ImageRunEvents(progress);
#pragma warning disable CA2000 // The session ends it.
        var ecr = new EcrAccess(planned.Opened.Target.Deployer);
#pragma warning restore CA2000
        using var session = await ImageSession.OfAsync(ImageInput.Of(planned.Opened.Input.Application), planned.Application, ecr, events, events, cancellationToken);

        // Other people's images are pinned when the cluster is given its objects.
        var results = await new ImageStage(session.Tools).PushAsync(session.Stage with { Others = [] }, cancellationToken);
        var sent = results.Images.Sum(image => image.BytesSent);
        return sent == 0 && results.Images.Length > 0
            ? new StepResult(StepOutcome.Unchanged, "")
            : new StepResult(StepOutcome.Done, string.Create(CultureInfo.InvariantCulture, $"{results.Images.Count(image => image.BytesSent > 0)} pushed, {ImagesText.Size(sent)} sent"));
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
