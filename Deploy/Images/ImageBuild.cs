using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>Builds images up to their digest. Pushes nothing, and asks a registry only for a base that was never read here.</summary>
internal sealed class ImageBuild(ImageTools tools)
{
    /// <returns>In the order of the images.</returns>
    /// <exception cref="DeployException">Something cannot be built.</exception>
    public async Task<ImmutableArray<BuiltImage>> RunAsync(ImageOrder order, ImageWorkspace workspace, CancellationToken cancellationToken)
    {
        try
        {
            return await BuildAsync(order, workspace, cancellationToken);
        }
        catch (IOException failure) when (FullDisk.Is(failure))
        {
            throw new DeployException([ImageProblems.DiskFull(workspace.Folder)], failure);
        }
    }

    private async Task<ImmutableArray<BuiltImage>> BuildAsync(ImageOrder order, ImageWorkspace workspace, CancellationToken cancellationToken)
    {
        if (workspace.Sources.Git is { IsShallow: true })
        {
            tools.Progress.Report(new ImageEvent.ShallowHistory());
        }

        var dockerfiles = await new DockerfileImages(tools.Progress, tools.Values).BuildAsync(order, Of<ImageSource.Build>(order), workspace, cancellationToken);
        var projects = await new ProjectImages(tools.Client, tools.Progress).BuildAsync(order, Of<ImageSource.Project>(order), workspace, cancellationToken);
        var drafts = projects.Concat(dockerfiles).ToImmutableSortedDictionary(draft => draft.Model.Resource, draft => draft, StringComparer.Ordinal);
        var complete = await new CopiedFiles(new BaseImages(tools.Client, workspace.Bases), workspace).AddAsync(drafts, cancellationToken);
        var built = ImmutableArray.CreateBuilder<BuiltImage>();
        foreach (var model in order.Images)
        {
            complete[model.Resource].Store.Clean();
            var image = complete[model.Resource].Finish(order.Tag);
            tools.Progress.Report(new ImageEvent.Built(image));
            built.Add(image);
        }

        return built.ToImmutable();
    }

    private static ImmutableArray<ImageModel> Of<TSource>(ImageOrder order)
        where TSource : ImageSource => [.. order.Images.Where(image => image.Source is TSource)];
}
