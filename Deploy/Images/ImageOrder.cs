using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Images;

/// <summary>What is to be built, and from what.</summary>
internal sealed record ImageOrder
{
    /// <summary>Sorted by resource.</summary>
    public required ImmutableArray<ImageModel> Images { get; init; }

    /// <summary>Absolute path of the manifest's folder, to which paths of images are relative.</summary>
    public required string Folder { get; init; }

    /// <summary>Absolute path of <see cref="ImageLock.FileName"/>.</summary>
    public required string LockFile { get; init; }

    /// <summary>Whether a base that the lock file lacks is a problem, as in CI; else it is resolved and added.</summary>
    public required bool Locked { get; init; }

    public required ImageSettings Settings { get; init; }

    /// <summary>In any order; each once.</summary>
    public required ImmutableArray<Architecture> Architectures { get; init; }

    /// <summary><c>owner/name</c> on GitHub; null takes the address of the checkout's origin.</summary>
    public required string? GitHubRepository { get; init; }

    /// <summary>Takes the place of the version in tags; null for the version of the sources.</summary>
    public required string? Tag { get; init; }

    /// <summary>What of the sources may not be read or is not there: with any of it nothing is built.</summary>
    public ImmutableArray<Problem> Refused { get; init; } = [];

    /// <summary>Absolute path of the folder that an image is made from.</summary>
    public string PathOf(ImageModel image) => image.Source switch
    {
        ImageSource.Project project => Path.GetDirectoryName(Path.GetFullPath(project.ProjectFile, Folder)) ?? Folder,
        ImageSource.Build build => Path.GetFullPath(build.Context, Folder),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Go's names of the architectures, sorted.</summary>
    public ImmutableArray<string> Platforms => [.. Architectures.Select(Name).Order(StringComparer.Ordinal)];

    public static string Name(Architecture architecture) => architecture == Architecture.Amd64 ? "amd64" : "arm64";
}

/// <summary>How far a build is, for those who show it.</summary>
internal abstract record ImageEvent
{
    private ImageEvent()
    {
    }

    /// <summary>The name of a base was resolved and put into the lock file.</summary>
    public sealed record BaseLocked(string Reference, Oci.Digest Digest) : ImageEvent;

    /// <summary>The history of the checkout is cut off, so that revisions and tags may differ from those of a full clone.</summary>
    public sealed record ShallowHistory : ImageEvent;

    public sealed record Publishing(ImmutableArray<string> Resources, ImmutableArray<string> Platforms) : ImageEvent;

    public sealed record Built(BuiltImage Image) : ImageEvent;

    /// <summary>The registry has it under this digest; <paramref name="Bytes"/> of blobs were sent for it.</summary>
    public sealed record Pushed(PushedImage Image, long Bytes) : ImageEvent;

    /// <summary>Nothing goes on before the registry's scan has ended.</summary>
    public sealed record Scanning(PushedImage Image) : ImageEvent;

    /// <summary>The gate let it through, as no scan says anything of it.</summary>
    public sealed record NotScanned(PushedImage Image, string Because) : ImageEvent;
}
