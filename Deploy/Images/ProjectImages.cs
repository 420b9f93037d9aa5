using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>Images of .NET projects: published by the SDK, packed by us onto a base.</summary>
internal sealed class ProjectImages(RegistryClient client, IProgress<ImageEvent> progress)
{
    /// <exception cref="DeployException">A project does not build, or the base is not there.</exception>
    public async Task<ImmutableArray<ImageDraft>> BuildAsync(ImageOrder order, ImmutableArray<ImageModel> images, ImageWorkspace workspace, CancellationToken cancellationToken)
    {
        if (images.Length == 0)
        {
            return [];
        }

        var onBase = await BaseAsync(order, workspace, cancellationToken);
        var identifiers = order.Architectures.ToImmutableSortedDictionary(
            ImageOrder.Name, architecture => PublishFiles.RuntimeIdentifier(architecture, order.Settings.BaseImage), StringComparer.Ordinal);
        var revisions = await RevisionsAsync(images.Select(image => FileOf(order, image)), order, workspace, cancellationToken);
        var folders = PublishFiles.Folders(revisions.Keys, workspace.Sources.Root);
        var published = images.Select(image => FileOf(order, image)).ToHashSet(StringComparer.Ordinal);
        progress.Report(new ImageEvent.Publishing([.. images.Select(image => image.Resource)], order.Platforms));
        var outputs = await ProjectPublish.RunAsync(
            [.. revisions.Select(project => new PublishedProject(project.Key, folders[project.Key], project.Value?.Commit, published.Contains(project.Key) ? [.. identifiers.Values] : []))],
            workspace,
            order.Settings,
            cancellationToken);

        var drafts = new ImageDraft[images.Length];
        await Parallel.ForEachAsync(images.Index(), cancellationToken, async (image, token) =>
        {
            var file = FileOf(order, image.Item);
            var outputsOfImage = identifiers.ToImmutableSortedDictionary(platform => platform.Key, platform => outputs[(file, platform.Value)], StringComparer.Ordinal);
            drafts[image.Index] = await DraftAsync(order, image.Item, onBase, outputsOfImage, revisions[file], workspace, token);
        });
        return [.. drafts];
    }

    private static async Task<ImageDraft> DraftAsync(
        ImageOrder order,
        ImageModel image,
        BaseImage onBase,
        ImmutableSortedDictionary<string, PublishOutput> outputs,
        SourceRevision? revision,
        ImageWorkspace workspace,
        CancellationToken cancellationToken)
    {
        var identity = await workspace.Sources.IdentityAsync(image.Resource, revision, outputs.Values.First().Version, order.GitHubRepository, cancellationToken);
        var store = LayerStore.Open(workspace.Layers(Names.Label(image.Resource)));
        var platforms = new PlatformDraft[outputs.Count];
        await Parallel.ForEachAsync(outputs.Index(), cancellationToken, async (output, token) =>
        {
            var files = await PublishedFiles.ReadAsync(output.Item.Value, image.Resource, token);
            var platform = ImageAssembly.Project(identity, onBase, output.Item.Key, files.Program) with { DependencyList = files.DependencyList };
            foreach (var (name, entries) in new[] { ("dependencies", files.Dependencies), ("application", files.Application) }.Where(part => part.Item2.Length > 0))
            {
                platform = platform.With(await store.PackedAsync(name, entries, $"{name} of {image.Resource}", token));
            }

            platforms[output.Index] = platform;
        });
        return new ImageDraft
        {
            Model = image,
            Identity = identity,
            Base = onBase,
            Platforms = [.. platforms],
            Store = store,
            Parameters = ToolCall.Variables(
                ("project", image.Source is ImageSource.Project project ? project.ProjectFile : ""),
                ("publishing", order.Settings.Publishing.ToString()),
                ("readyToRun", order.Settings.ReadyToRun ? "true" : "false")),
        };
    }

    private async Task<BaseImage> BaseAsync(ImageOrder order, ImageWorkspace workspace, CancellationToken cancellationToken)
    {
        var reference = order.Settings.BaseImage;
        var digest = await new ImageLocking(client, progress).DigestAsync(reference, order, cancellationToken);
        return await new BaseImages(client, workspace.Bases).ReadAsync(reference, digest, order.Platforms, cancellationToken);
    }

    // Of the projects and all that they refer to.
    private static async Task<ImmutableSortedDictionary<string, SourceRevision?>> RevisionsAsync(
        IEnumerable<string> projects, ImageOrder order, ImageWorkspace workspace, CancellationToken cancellationToken)
    {
        var revisions = ImmutableSortedDictionary.CreateBuilder<string, SourceRevision?>(StringComparer.Ordinal);
        foreach (var file in projects.SelectMany(project => ProjectInputs.Of(project, workspace.Sources.Root).References.Prepend(project)).Distinct(StringComparer.Ordinal))
        {
            // The base is part of what an image is made from.
            revisions[file] = await workspace.Sources.RevisionAsync(ProjectInputs.Of(file, workspace.Sources.Root).Paths.Add(order.LockFile), cancellationToken);
        }

        return revisions.ToImmutable();
    }

    private static string FileOf(ImageOrder order, ImageModel image) =>
        image.Source is ImageSource.Project project ? Path.GetFullPath(project.ProjectFile, order.Folder) : throw new InvalidOperationException("Not a project.");
}
