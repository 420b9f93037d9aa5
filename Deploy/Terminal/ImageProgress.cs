using Platform.Deploy.Images;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Terminal;

/// <summary>Shows how far builds and transfers of images are; what is worth keeping stays as a line of its own.</summary>
internal sealed class ImageProgress(Screen screen, Progress line) : IProgress<ImageEvent>, IProgress<RegistryEvent>
{
    private long _sent;

    public void Report(ImageEvent value)
    {
        switch (value)
        {
            case ImageEvent.BaseLocked locked:
                Note($"{ImageLock.FileName}: {locked.Reference} is {locked.Digest}. Commit it.");
                break;
            case ImageEvent.ShallowHistory:
                Note("The checkout has no history (fetch-depth: 0 brings it), so revisions and tags of images are those of its last commit.");
                break;
            case ImageEvent.Publishing publishing:
                line.Say($"publishing {string.Join(", ", publishing.Resources)} for {string.Join(", ", publishing.Platforms)}");
                break;
            case ImageEvent.Built built:
                line.Say($"built {built.Image.Resource} {built.Image.Tag}");
                break;
            case ImageEvent.Pushed pushed:
                line.Say($"pushed {pushed.Image.Reference}");
                break;
            case ImageEvent.Scanning scanning:
                line.Say($"waiting for the scan of {scanning.Image.Reference}");
                break;
            case ImageEvent.NotScanned unknown:
                Note($"What vulnerabilities the image of {unknown.Image.Resource} has is not known: {unknown.Because}.");
                break;
            default:
                break;
        }
    }

    public void Report(RegistryEvent value)
    {
        switch (value)
        {
            case RegistryEvent.Sent sent:
                line.Say($"sent {ImagesText.Size(Interlocked.Add(ref _sent, sent.Bytes))} to {sent.Repository}");
                break;
            case RegistryEvent.Received received:
                line.Say($"reading {received.Repository}");
                break;
            case RegistryEvent.Retrying retrying:
                line.Say($"{retrying.Host}: {retrying.Reason}, again in {retrying.Delay.TotalSeconds:0.#} s");
                break;
            default:
                break;
        }
    }

    private void Note(string text) => screen.Error.WriteLine(text);
}
