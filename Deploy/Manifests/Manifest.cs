using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Manifests;

/// <summary>An Aspire manifest as it was written, with nothing resolved.</summary>
/// <param name="Folder">Absolute path of the folder that every path of the manifest is relative to. What may be read at all is <see cref="Sources.SourceRoot"/>'s to say.</param>
/// <param name="Resources">In the order of the file; names are unique, also without regard to case.</param>
/// <param name="Hints">By resource. Every key is the name of a resource.</param>
internal sealed record Manifest(string Folder, ImmutableArray<ManifestResource> Resources, ImmutableSortedDictionary<string, ResourceHints> Hints);

/// <summary>What reading gave: all that could be understood, and every problem of the rest, so that later stages can add theirs.</summary>
internal sealed record ManifestReading(Manifest Manifest, ImmutableArray<Problem> Problems)
{
    /// <summary>What was ignored, and is no reason to stop: members that a newer Aspire writes, or that somebody misspelt.</summary>
    public ImmutableArray<ManifestNote> Notes { get; init; } = [];
}

/// <summary>Something worth telling that is no problem.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Subject">Where, such as <c>resources.web.bindngs</c>; the first place where there are several.</param>
internal sealed record ManifestNote(string Text, string Subject);
