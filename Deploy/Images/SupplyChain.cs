using System.Collections.Immutable;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>Attaches to an image, in its registry, what it consists of and where it comes from.</summary>
internal sealed class SupplyChain(RegistryClient client, BaseImages bases, ImageBuilder builder)
{
    private readonly BlobUpload _upload = new(client);
    private readonly Referrers _referrers = new(client);

    /// <summary>A list of parts for each platform, and one provenance for the image. What is there is not sent again.</summary>
    public async Task AttachAsync(BuiltImage image, RepositoryAddress repository, CancellationToken cancellationToken)
    {
        await SendAsync(repository, ImageArtifact.EmptyConfig, MediaTypes.Empty, cancellationToken);
        foreach (var platform in image.Platforms)
        {
            var parts = SpdxDocument.Render(image, platform, await PackagesAsync(image, platform, cancellationToken), builder.Tool);
            await AttachAsync(image, repository, MediaTypes.Spdx, parts, platform.Manifest.Descriptor, cancellationToken);
        }

        await AttachAsync(image, repository, MediaTypes.InToto, Provenance.Render(image, builder), image.Index.Descriptor, cancellationToken);
    }

    private async Task AttachAsync(BuiltImage image, RepositoryAddress repository, string type, byte[] document, Descriptor subject, CancellationToken cancellationToken)
    {
        await SendAsync(repository, [.. document], type, cancellationToken);
        await _referrers.PutAsync(repository, ImageArtifact.Of(type, document, subject, ImageAssembly.Time(image.Revision)), cancellationToken);
    }

    private async Task<ImmutableArray<ImagePackage>> PackagesAsync(BuiltImage image, BuiltPlatform platform, CancellationToken cancellationToken)
    {
        ImmutableArray<ImagePackage> own = platform.DependencyList is null ? [] : PackageList.Of(await File.ReadAllBytesAsync(platform.DependencyList, cancellationToken));
        if (image.Base is not { } onBase || !onBase.Platforms.TryGetValue(platform.Platform.Architecture, out var below))
        {
            return own;
        }

        return [.. own, .. Frameworks(below), .. await BasePackages.ReadAsync(onBase.Repository, below, bases, cancellationToken)];
    }

    // No package manager knows the shared frameworks of Microsoft's images; their variables name the versions. Scanners know them by their packs.
    private static IEnumerable<ImagePackage> Frameworks(BasePlatform below)
    {
        foreach (var (variable, name) in new[] { ("ASPNET_VERSION", "Microsoft.AspNetCore.App.Runtime"), ("DOTNET_VERSION", "Microsoft.NETCore.App.Runtime") })
        {
            var version = (below.Config.Config?.Env ?? []).LastOrDefault(pair => pair.StartsWith(variable + "=", StringComparison.Ordinal))?[(variable.Length + 1)..];
            if (!string.IsNullOrEmpty(version))
            {
                var pack = $"{name}.linux-{(below.Platform.Architecture == "amd64" ? "x64" : below.Platform.Architecture)}";
                yield return new ImagePackage(pack, version, PackageList.NuGetUrl(pack, version));
            }
        }
    }

    private async Task SendAsync(RepositoryAddress repository, ImmutableArray<byte> content, string type, CancellationToken cancellationToken)
    {
        var blob = new Descriptor(type, Digest.Of(content.AsSpan()), content.Length);
        if (!await _upload.IsThereAsync(repository, blob.Digest, cancellationToken))
        {
            await _upload.SendAsync(repository, blob, at => new MemoryStream([.. content.AsSpan((int)at..)]), cancellationToken);
        }
    }
}
