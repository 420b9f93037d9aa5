using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>Builds images up to their digest. Pushes nothing, and asks a registry only for a base that was never read here.</summary>
internal sealed class ImageBuild(RegistryClient client, IProgress<ImageEvent> progress)
{
    /// <returns>In the order of the images.</returns>
    /// <exception cref="DeployException">Something cannot be built.</exception>
    public async Task<ImmutableArray<BuiltImage>> RunAsync(ImageOrder order, ImageWorkspace workspace, CancellationToken cancellationToken)
    {
        if (workspace.Git is { IsShallow: true })
        {
            progress.Report(new ImageEvent.ShallowHistory());
        }

        return await ProjectsAsync(order, [.. order.Images.Where(image => image.Source is ImageSource.Project)], workspace, cancellationToken);
    }

    private async Task<ImmutableArray<BuiltImage>> ProjectsAsync(
        ImageOrder order, ImmutableArray<ImageModel> images, ImageWorkspace workspace, CancellationToken cancellationToken)
    {
        if (images.Length == 0)
        {
            return [];
        }

        var onBase = await BaseAsync(order, workspace, cancellationToken);
        var identifiers = order.Architectures.ToImmutableSortedDictionary(
            ImageOrder.Name, architecture => PublishFiles.RuntimeIdentifier(architecture, order.Settings.BaseImage), StringComparer.Ordinal);
        var revisions = await RevisionsAsync(images.Select(image => FileOf(order, image)), order, workspace, cancellationToken);
        var folders = PublishFiles.Folders(revisions.Keys, workspace.Root);
        var published = images.Select(image => FileOf(order, image)).ToHashSet(StringComparer.Ordinal);
        progress.Report(new ImageEvent.Publishing([.. images.Select(image => image.Resource)], order.Platforms));
        var outputs = await ProjectPublish.RunAsync(
            [.. revisions.Select(project => new PublishedProject(project.Key, folders[project.Key], project.Value?.Commit, published.Contains(project.Key) ? [.. identifiers.Values] : []))],
            workspace,
            order.Settings,
            cancellationToken);

        var built = new BuiltImage[images.Length];
        await Parallel.ForEachAsync(images.Index(), cancellationToken, async (image, token) =>
        {
            var file = FileOf(order, image.Item);
            var outputsOfImage = identifiers.ToImmutableSortedDictionary(platform => platform.Key, platform => outputs[(file, platform.Value)], StringComparer.Ordinal);
            built[image.Index] = await OneAsync(order, image.Item, onBase, outputsOfImage, revisions[file], workspace, token);
            progress.Report(new ImageEvent.Built(built[image.Index]));
        });
        return [.. built];
    }

    private static async Task<BuiltImage> OneAsync(
        ImageOrder order,
        ImageModel image,
        BaseImage onBase,
        ImmutableSortedDictionary<string, PublishOutput> outputs,
        SourceRevision? revision,
        ImageWorkspace workspace,
        CancellationToken cancellationToken)
    {
        var git = workspace.Git;
        var version = (git is null || revision is null ? null : await git.VersionAsync(revision.Commit, cancellationToken)) ?? outputs.Values.First().Version;
        var source = order.GitHubRepository is null ? git?.Origin : $"https://github.com/{order.GitHubRepository}";
        var identity = new ImageIdentity(image.Resource, version, source, revision);
        var store = LayerStore.Open(workspace.Layers(Names.Label(image.Resource)));
        var platforms = new BuiltPlatform[outputs.Count];
        await Parallel.ForEachAsync(outputs.Index(), cancellationToken, async (output, token) =>
        {
            var (architecture, published) = output.Item;
            var files = await PublishedFiles.ReadAsync(published, image.Resource, token);
            var added = ImmutableArray.CreateBuilder<AddedLayer>();
            foreach (var (name, entries) in new[] { ("dependencies", files.Dependencies), ("application", files.Application) }.Where(part => part.Item2.Length > 0))
            {
                var (layer, diffId) = await store.PackedAsync(name, entries, token);
                added.Add(new AddedLayer(layer, diffId, $"{name} of {image.Resource}"));
            }

            platforms[output.Index] = ImageAssembly.Project(identity, onBase, architecture, added.ToImmutable(), files.Program) with { DependencyList = files.DependencyList };
        });
        store.Clean();
        var index = ImageAssembly.Index(identity, onBase, platforms);
        return new BuiltImage
        {
            Resource = image.Resource,
            Repository = image.Repository,
            Tag = ImageTag.Of(order.Tag ?? version, revision, index.Digest),
            Platforms = [.. platforms],
            Index = index,
            Base = onBase,
            Revision = revision,
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
        var git = workspace.Git;
        var revisions = ImmutableSortedDictionary.CreateBuilder<string, SourceRevision?>(StringComparer.Ordinal);
        foreach (var file in projects.SelectMany(project => ProjectInputs.Of(project, workspace.Root).References.Prepend(project)).Distinct(StringComparer.Ordinal))
        {
            // The base is part of what an image is made from.
            var paths = ProjectInputs.Of(file, workspace.Root).Paths.Add(order.LockFile);
            revisions[file] = git is null ? null : await git.RevisionAsync([.. paths.Select(path => Relative(path, git.Root)).OfType<string>()], cancellationToken);
        }

        return revisions.ToImmutable();
    }

    private static string FileOf(ImageOrder order, ImageModel image) =>
        image.Source is ImageSource.Project project ? Path.GetFullPath(project.ProjectFile, order.Folder) : throw new InvalidOperationException("Not a project.");

    // Null for what is outside of the checkout.
    private static string? Relative(string path, string root)
    {
        var relative = Path.GetRelativePath(root, path).Replace('\\', '/');
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }
}
