using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>What the images of one environment are made from, and where they go.</summary>
internal sealed record ImageStageOrder
{
    public required ImageOrder Build { get; init; }

    /// <summary>Where the images go.</summary>
    public required RegistryPrefix Registry { get; init; }

    /// <summary>Name of the environment: its images are marked with it, so that they can be promoted and are not expired.</summary>
    public required string Environment { get; init; }

    /// <summary>Other people's images that are pinned, and copied where the environment wants that. Empty: none is asked for.</summary>
    public required ImmutableArray<OtherImage> Others { get; init; }

    /// <summary>All images that a model runs: its own and other people's.</summary>
    /// <param name="model">Of the environment.</param>
    /// <param name="build">Its own images.</param>
    /// <param name="registry">Where they go.</param>
    public static ImageStageOrder Of(DeploymentModel model, ImageOrder build, RegistryPrefix registry) => new()
    {
        Build = build,
        Registry = registry,
        Environment = model.Settings.Environment,
        Others = [.. model.OtherImages.Select(reference => new OtherImage(reference, model.Settings.Images.Mirror ? registry.Repository(model.Names.Mirror(reference)) : null))],
    };
}

/// <summary>An image that the registry has under its digest.</summary>
/// <param name="BytesSent">Of blobs; 0 where the registry had everything.</param>
internal sealed record ImageResult(PushedImage Image, long BytesSent);

/// <summary>What a deployment runs, by digest.</summary>
/// <param name="Images">Our own, in the order of the build's.</param>
/// <param name="Others">Other people's.</param>
internal sealed record ImageResults(ImmutableArray<ImageResult> Images, ImmutableArray<PinnedImage> Others)
{
    /// <summary><c>REPOSITORY@sha256:…</c> by the resource whose image it is.</summary>
    public ImmutableSortedDictionary<string, string> ByResource =>
        Images.ToImmutableSortedDictionary(result => result.Image.Resource, result => result.Image.Reference, StringComparer.Ordinal);

    /// <summary><c>REPOSITORY@sha256:…</c>, of the copy where there is one, by the reference that the model has.</summary>
    public ImmutableSortedDictionary<string, string> ByReference =>
        Others.ToImmutableSortedDictionary(other => other.Reference, other => other.Pinned, StringComparer.Ordinal);
}

/// <summary>What <see cref="ImageStage.PushAsync"/> would do, found out without sending anything.</summary>
/// <param name="Images">Our own, in the order of the build's.</param>
/// <param name="Others">Other people's.</param>
/// <param name="Refused">Images of which the registry's scan found more than the environment's severity gate lets through: nothing may be deployed.</param>
internal sealed record ImageComparison(ImmutableArray<ImageChange> Images, ImmutableArray<OtherImageChange> Others, ImmutableArray<Problem> Refused);

/// <summary>What is known of the images without a build.</summary>
/// <param name="Images">In the order of the build's.</param>
/// <param name="Refused">See <see cref="ImageComparison"/>.</param>
internal sealed record ImageRecollection(ImmutableArray<RecalledImage> Images, ImmutableArray<Problem> Refused);

/// <param name="Image">What the registry has of these sources; null: nothing, or it is not known.</param>
internal sealed record RecalledImage(string Resource, RepositoryAddress Repository, PushedImage? Image)
{
    /// <summary>Why it is not known without a build, to follow upon "as"; null: it is.</summary>
    public string? Unknown { get; init; }

    /// <summary>Of the registry's scan; null where there is no image, or the registry does not scan or has not yet.</summary>
    public ScanFindings? Findings { get; init; }

    /// <summary>Whether the image was neither pushed for this environment nor promoted to it, but for another one.</summary>
    public bool IsOfOthers { get; init; }
}

/// <summary>
/// Everything about images that a deployment needs, in three verbs: <see cref="RecallAsync"/> and <see cref="CompareAsync"/> for a plan,
/// <see cref="PushAsync"/> for its application. The last two build first, which is quick where nothing has changed, since an image is known by the digest that it would have. Of two at
/// once in the same checkout the second is refused (DEP205). Both may be run again at any time and go on where they broke off.
/// </summary>
internal sealed class ImageStage(ImageTools tools)
{
    /// <summary>Builds the images, brings what the registry lacks into it, marks them for the environment, and pins other people's images.</summary>
    /// <param name="order">What to build, and where it goes. The repositories have to exist where the registry does not make them itself.</param>
    /// <param name="findings">Reads what the registry's scan found, which is waited for where the environment has a severity gate.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">Something cannot be built, the registry does not take it, or its scan finds more than may be deployed.</exception>
    public async Task<ImageResults> PushAsync(ImageStageOrder order, FindingsSource findings, CancellationToken cancellationToken)
    {
        using var workspace = await ImageWorkspace.OpenAsync(order.Build, cancellationToken);
        var asking = order.Build.Images.Any(image => image.Source is ImageSource.Project) ? InputHashing.SdkAsync(workspace.Sources, cancellationToken) : Task.FromResult<string?>(null);
        ImmutableSortedDictionary<string, ImageInputs> inputs;
        ImmutableArray<BuiltImage> built;
        try
        {
            inputs = await new InputHashing(order.Build, workspace.Sources).RunAsync(cancellationToken);
            built = await BuiltAsync(order, workspace, cancellationToken);
        }
        finally
        {
            await Task.WhenAny(asking);
        }

        var sdk = await asking;

        // Somebody may have gone on writing meanwhile.
        var inputsAfter = await new InputHashing(order.Build, workspace.Sources).RunAsync(cancellationToken);
        var push = new ImagePush(tools, workspace);
        var results = ImmutableArray.CreateBuilder<ImageResult>();
        foreach (var image in built)
        {
            var repository = order.Registry.Repository(image.Repository);
            var before = tools.Client.Traffic.SentTo(repository);
            var pushed = await push.RunAsync(image, repository, cancellationToken);
            await ImageMarks.MarkAsync(tools.Client, pushed, order.Environment, cancellationToken);
            if (inputs[image.Resource] is ImageInputs.Known known && inputsAfter[image.Resource] == known && sdk is not null)
            {
                await ImageMarks.NameAsync(tools.Client, pushed, ImageInputs.Tag(known, sdk), cancellationToken);
            }

            var sent = tools.Client.Traffic.SentTo(repository) - before;
            tools.Progress.Report(new ImageEvent.Pushed(pushed, sent));
            results.Add(new ImageResult(pushed, sent));
        }

        var others = await new OtherImages(tools, workspace).PinAsync(order.Others, order.Build, cancellationToken);
        await PassAsync(order, [.. results.Select(result => result.Image)], findings, cancellationToken);
        return new ImageResults(results.ToImmutable(), others);
    }

    // The registry is asked for something beside the build: what it refuses is told before minutes of building have passed.
    private async Task<ImmutableArray<BuiltImage>> BuiltAsync(ImageStageOrder order, ImageWorkspace workspace, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asking = order.Build.Images.IsEmpty ? Task.CompletedTask : tools.Client.FindDigestAsync(order.Registry.Repository(order.Build.Images[0].Repository), "none", both.Token);
        var building = new ImageBuild(tools).RunAsync(order.Build, workspace, both.Token);
        var first = await Task.WhenAny(asking, building);
        if (!first.IsCompletedSuccessfully)
        {
            // The other one has to be over before the workspace is anybody else's.
            await both.CancelAsync();
            await Task.WhenAny(Task.WhenAll(asking, building));
            await first;
        }

        await asking;
        return await building;
    }

    /// <summary>Waits until it is known what images of the registry have, where the environment has a severity gate.</summary>
    /// <exception cref="DeployException">Its scan finds more than may be deployed, or does not end.</exception>
    public Task PassAsync(ImageStageOrder order, ImmutableArray<PushedImage> images, FindingsSource findings, CancellationToken cancellationToken) =>
        new ScanGate(tools, findings, order.Build.Settings.SeverityGate).PassAsync(images, cancellationToken);

    /// <summary>Marks images that the registry has for an environment which they were not pushed for. Nothing is built.</summary>
    public async Task TakeOverAsync(ImmutableArray<PushedImage> images, string environment, CancellationToken cancellationToken)
    {
        foreach (var image in images)
        {
            await ImageMarks.MarkAsync(tools.Client, image, environment, cancellationToken);
        }
    }

    /// <summary>
    /// Finds images in the registry by what they were made from: nothing is built. What <see cref="PushAsync"/> has pushed from the same sources with the
    /// same settings is found, and so is what was promoted of that; the environment that it was made for does not count.
    /// </summary>
    /// <param name="order">The same as for <see cref="PushAsync"/>.</param>
    /// <param name="findings">Reads what the registry's scan found; asked only of images that the registry has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">The registry does not answer.</exception>
    public async Task<ImageRecollection> RecallAsync(ImageStageOrder order, FindingsSource findings, CancellationToken cancellationToken)
    {
        var sources = await SourceTree.FindAsync(order.Build, cancellationToken);
        var asking = InputHashing.SdkAsync(sources, cancellationToken);
        var inputs = await new InputHashing(order.Build, sources).RunAsync(cancellationToken);
        var sdk = await asking;
        var images = ImmutableArray.CreateBuilder<RecalledImage>();
        var refused = ImmutableArray.CreateBuilder<Problem>();
        foreach (var image in order.Build.Images)
        {
            var repository = order.Registry.Repository(image.Repository);
            if (inputs[image.Resource] is not ImageInputs.Known known || sdk is null)
            {
                var because = (inputs[image.Resource] as ImageInputs.Unknown)?.Because ?? "there is no .NET SDK on this machine";
                images.Add(new RecalledImage(image.Resource, repository, Image: null) { Unknown = because });
                continue;
            }

            var found = await ImageMarks.FindAsync(tools.Client, image.Resource, repository, known, sdk, order.Build.Tag, cancellationToken);
            var isMarked = found is not null && await ImageMarks.IsMarkedAsync(tools.Client, found, order.Environment, cancellationToken);
            if (found is not null && !isMarked && await ImageMarks.HasAnotherAsync(tools.Client, found, order.Environment, cancellationToken))
            {
                // The environment was given another image of this commit: only a build tells which of them is meant.
                found = null;
            }

            var scan = found is null ? null : await findings(found, cancellationToken);
            images.Add(new RecalledImage(image.Resource, repository, found) { Findings = scan, IsOfOthers = found is not null && !isMarked });
            if (found is not null && scan is not null && VulnerabilityCheck.Of(found, scan, order.Build.Settings.SeverityGate) is { } problem)
            {
                refused.Add(problem);
            }
        }

        return new ImageRecollection(images.ToImmutable(), refused.ToImmutable());
    }

    /// <summary>Builds the images and compares them with the registry, which may lack their repositories: then all of them are new.</summary>
    /// <param name="order">The same as for <see cref="PushAsync"/>.</param>
    /// <param name="findings">Reads what the registry's scan found; asked only of images that the registry has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">Something cannot be built, or the registry does not answer.</exception>
    public async Task<ImageComparison> CompareAsync(ImageStageOrder order, FindingsSource findings, CancellationToken cancellationToken)
    {
        using var workspace = await ImageWorkspace.OpenAsync(order.Build, cancellationToken);
        var built = await new ImageBuild(tools).RunAsync(order.Build, workspace, cancellationToken);
        var planning = new ImagePlanning(tools);
        var changes = ImmutableArray.CreateBuilder<ImageChange>();
        foreach (var image in built)
        {
            var change = await planning.CompareAsync(image, order.Registry.Repository(image.Repository), cancellationToken);
            changes.Add(change.IsUnchanged
                ? change with
                {
                    Findings = await findings(change.Image, cancellationToken),
                    IsOfOthers = !await ImageMarks.IsMarkedAsync(tools.Client, change.Image, order.Environment, cancellationToken),
                }
                : change);
        }

        var others = await new OtherImages(tools, workspace).CompareAsync(order.Others, order.Build, cancellationToken);
        var refused = changes
            .Select(change => change.Findings is { } found ? VulnerabilityCheck.Of(change.Image, found, order.Build.Settings.SeverityGate) : null)
            .OfType<Problem>();
        return new ImageComparison(changes.ToImmutable(), others, [.. refused]);
    }
}
