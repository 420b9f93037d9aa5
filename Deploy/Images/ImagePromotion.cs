using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Model;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>
/// Takes what one environment has to the next, by digest: nothing is built again, neither now nor by the deployment that follows, which finds what was
/// promoted by what it was made from.
/// </summary>
internal sealed class ImagePromotion(ImageTools tools, string scratch)
{
    private const string Created = "org.opencontainers.image.created";

    /// <summary>What there is to promote.</summary>
    /// <param name="images">Of the application.</param>
    /// <param name="from">Environment and registry that have them.</param>
    /// <param name="tag">One tag for all; null takes of each image the newest that was made for the environment.</param>
    /// <param name="to">The environment that gets them, and Go's names of the architectures that it runs on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">An environment has no such image, or one lacks an architecture; all of them are named.</exception>
    public async Task<ImmutableArray<PushedImage>> FindAsync(
        ImmutableArray<ImageModel> images,
        (string Environment, RegistryPrefix Registry) from,
        string? tag,
        (string Environment, ImmutableArray<string> Architectures) to,
        CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<PushedImage>();
        var problems = new List<Problem>();
        foreach (var image in images)
        {
            var repository = from.Registry.Repository(image.Repository);
            if (await FindAsync(repository, from.Environment, tag, cancellationToken) is { } source)
            {
                var pushed = new PushedImage(image.Resource, repository, source.Tag, source.Digest);
                found.Add(pushed);
                var made = await ArchitecturesAsync(pushed, cancellationToken);
                ImmutableArray<string> missing = [.. to.Architectures.Except(made, StringComparer.Ordinal)];
                if (!missing.IsEmpty)
                {
                    problems.Add(ImageProblems.NotForArchitecture(pushed, missing, to, from.Environment));
                }
            }
            else
            {
                problems.Add(ImageProblems.NothingToPromote(image.Resource, repository, from.Environment, tag));
            }
        }

        return problems.Count == 0 ? found.ToImmutable() : throw new DeployException(problems);
    }

    /// <param name="images">What <see cref="FindAsync(ImmutableArray{ImageModel}, ValueTuple{string, RegistryPrefix}, string?, ValueTuple{string, ImmutableArray{string}}, CancellationToken)"/> found.</param>
    /// <param name="from">The registry that they were found in.</param>
    /// <param name="to">Environment and registry that get them.</param>
    /// <param name="cancellationToken">Ends it; run again, it goes on.</param>
    public async Task<ImmutableArray<ImageResult>> RunAsync(
        ImmutableArray<PushedImage> images, RegistryPrefix from, (string Environment, RegistryPrefix Registry) to, CancellationToken cancellationToken)
    {
        var promoted = ImmutableArray.CreateBuilder<ImageResult>();
        foreach (var image in images)
        {
            var target = to.Registry.Repository(from.NameOf(image.Repository));
            var before = tools.Client.Traffic.SentTo(target);
            var copied = await new ImageCopy(tools.Client, scratch).RunAsync(image.Repository, target, image.Digest, cancellationToken);
            var (tag, named) = await ImagePush.TagAsync(tools.Client, target, image.Tag, image.Digest, cancellationToken);
            if (!named)
            {
                await tools.Client.PutManifestAsync(target, tag, copied, cancellationToken);
            }

            var pushed = image with { Repository = target, Tag = tag };
            await ImageMarks.MarkAsync(tools.Client, pushed, to.Environment, cancellationToken);
            foreach (var inputs in await InputsOfAsync(image, cancellationToken))
            {
                await ImageMarks.NameAsync(tools.Client, pushed, inputs, cancellationToken);
            }

            promoted.Add(new ImageResult(pushed, tools.Client.Traffic.SentTo(target) - before));
        }

        return promoted.ToImmutable();
    }

    // What an image was made from is known only where it was pushed.
    private async Task<IEnumerable<string>> InputsOfAsync(PushedImage image, CancellationToken cancellationToken)
    {
        var own = new ConcurrentBag<string>();
        var all = (await tools.Client.TagsAsync(image.Repository, cancellationToken)).Where(ImageInputs.IsTag);
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = tools.Client.Policy.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(all, bounded, async (tag, token) =>
        {
            if (await tools.Client.FindDigestAsync(image.Repository, tag, token) == image.Digest)
            {
                own.Add(tag);
            }
        });
        return own;
    }

    private async Task<(string Tag, Digest Digest)?> FindAsync(RepositoryAddress repository, string environment, string? tag, CancellationToken cancellationToken)
    {
        if (tag is not null)
        {
            return await tools.Client.FindDigestAsync(repository, tag, cancellationToken) is { } named ? (tag, named) : null;
        }

        var prefix = ImageMarks.Of(environment, "");
        (string Tag, Digest Digest, string Time)? newest = null;
        foreach (var mark in (await tools.Client.TagsAsync(repository, cancellationToken)).Where(mark => mark.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var manifest = await tools.Client.GetManifestAsync(repository, mark, cancellationToken);
            // Times of one format, in UTC: they sort as texts. Of two of one commit the tag decides, so that the choice is always the same.
            var candidate = (Tag: mark[prefix.Length..], manifest.Digest, Time: TimeOf(manifest));
            if (newest is not { } best || StringComparer.Ordinal.Compare($"{candidate.Time} {candidate.Tag}", $"{best.Time} {best.Tag}") > 0)
            {
                newest = candidate;
            }
        }

        return newest is { } chosen ? (chosen.Tag, chosen.Digest) : null;
    }

    // What we push is an index; what somebody else has put there may be an image of one platform.
    private async Task<ImmutableArray<string>> ArchitecturesAsync(PushedImage image, CancellationToken cancellationToken)
    {
        var stored = await tools.Client.GetManifestAsync(image.Repository, image.Digest.ToString(), cancellationToken);
        try
        {
            if (MediaTypes.IsIndex(stored.MediaType))
            {
                var index = JsonSerializer.Deserialize(stored.Content.AsSpan(), OciJson.Index) ?? throw new JsonException();
                return [.. index.Manifests.Select(manifest => manifest.Platform).OfType<ImagePlatform>().Where(platform => platform.Os == "linux").Select(platform => platform.Architecture)];
            }

            var manifest = JsonSerializer.Deserialize(stored.Content.AsSpan(), OciJson.Manifest) ?? throw new JsonException();
            var config = await new BlobDownload(tools.Client).ReadAsync(image.Repository, manifest.Config, cancellationToken);
            return [(JsonSerializer.Deserialize(config, OciJson.Config) ?? throw new JsonException()).Architecture];
        }
        catch (JsonException failure)
        {
            throw new DeployException([ImageProblems.NoImage(image.Repository, image.Digest)], failure);
        }
    }

    private static string TimeOf(StoredManifest manifest)
    {
        try
        {
            return JsonSerializer.Deserialize(manifest.Content.AsSpan(), OciJson.Index)?.Annotations?.GetValueOrDefault(Created) ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
