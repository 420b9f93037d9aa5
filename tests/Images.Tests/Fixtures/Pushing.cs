using System.Collections.Concurrent;
using System.Collections.Immutable;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>What a build and a push gave.</summary>
internal sealed record PushResult(ImmutableArray<BuiltImage> Built, ImmutableArray<PushedImage> Pushed, RecordedEvents Events, ImmutableArray<ImageEvent> Steps)
{
    public long BytesSent => Events.BytesSent;

    /// <summary>Blobs of which anything was sent.</summary>
    public ImmutableArray<Oci.Digest> Sent => [.. Events.All.OfType<RegistryEvent.Sent>().Select(sent => sent.Blob).Distinct()];
}

/// <summary>Builds and pushes as the command does, with everything that happens recorded.</summary>
internal static class Pushing
{
    private static readonly ImageBuilder Builder = ImageBuilder.Of("platform-test", _ => null);

    public static Task<PushResult> PushAsync(this ImageOrder order, RegistryProcess registry) => order.PushAsync(registry, _ => null);

    public static async Task<PushResult> PushAsync(this ImageOrder order, RegistryProcess registry, Func<string, string?> variable)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var events = new RecordedEvents();
        var steps = new RecordedSteps();
        using var client = Client(events);
        using var workspace = await ImageWorkspace.OpenAsync(order, cancellationToken);
        var tools = new ImageTools(client, Builder, new BuildValues(variable), steps);
        var built = await new ImageBuild(tools).RunAsync(order, workspace, cancellationToken);
        var pushed = ImmutableArray.CreateBuilder<PushedImage>();
        foreach (var image in built)
        {
            pushed.Add(await new ImagePush(tools, workspace).RunAsync(image, new RepositoryAddress(registry.Host, image.Repository), cancellationToken));
        }

        return new PushResult(built, pushed.ToImmutable(), events, steps.All);
    }

    public static RegistryClient Client(RecordedEvents events) =>
        new(new SocketsHttpHandler(), (_, _) => Task.FromResult<RegistryCredential?>(null), RegistryPolicy.Default, events);

    private sealed class RecordedSteps : IProgress<ImageEvent>
    {
        private readonly ConcurrentQueue<ImageEvent> _steps = new();

        public ImmutableArray<ImageEvent> All => [.. _steps];

        public void Report(ImageEvent value) => _steps.Enqueue(value);
    }
}
