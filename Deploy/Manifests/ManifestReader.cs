using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Manifests;

/// <summary>From the bytes of an Aspire manifest to records (docs/manifest.md). It goes on after a wrong entry, so that all problems are found at once.</summary>
internal static class ManifestReader
{
    private const string Resources = "resources";
    private const string Hints = "deploymentHints";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Reads a manifest as if it stood in the folder that it belongs to.</summary>
    public static ManifestReading Read(ManifestInput input)
    {
        var reading = Read(input.Utf8, input.WrittenIn);
        return reading with { Manifest = reading.Manifest.MovedTo(input.Folder) };
    }

    /// <param name="utf8">The file.</param>
    /// <param name="folder">Absolute path of the folder that its paths are relative to.</param>
    public static ManifestReading Read(ReadOnlyMemory<byte> utf8, string folder)
    {
        var findings = new ReadingFindings();
        using var document = ManifestJson.Parse(utf8, findings);
        ImmutableArray<ManifestResource> resources = [];
        var hints = ImmutableSortedDictionary.Create<string, ResourceHints>(StringComparer.Ordinal);
        if (document is not null && Top(document.RootElement, findings) is var (entries, hintEntries))
        {
            resources = ReadResources(entries, findings);
            if (hintEntries is { } present)
            {
                hints = new HintsReader(resources, findings).Read(present, Place.Top.Member(Hints));
            }
        }

        return new ManifestReading(new Manifest(folder, resources, hints), findings.Problems) { Notes = findings.Notes };
    }

    /// <summary>Whether a resource or a binding may be called so. Aspire's own rule has no dots and underscores; manifests of other hands may.</summary>
    public static bool IsName(string name) => char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    // The published schema allows further members here, and other tools put theirs; one that is nearly ours is told.
    private static (JsonElement? Resources, JsonElement? Hints)? Top(JsonElement root, ReadingFindings findings)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            findings.Add(ManifestProblems.WrongKind(Place.Top.Subject, "an object", root));
            return null;
        }

        JsonElement? resources = null, hints = null;
        foreach (var (name, value, place) in Members.Entries(root, Place.Top, StringComparer.Ordinal, findings))
        {
            switch (name)
            {
                case Resources:
                    resources = value;
                    break;
                case Hints:
                    hints = value.ValueKind == JsonValueKind.Null ? null : value;
                    break;
                case var other when ClosestName.Among([Resources, Hints], other) is not null:
                    findings.Ignore("A manifest", other, Place.Top, [Resources, Hints]);
                    break;
                default:
                    break;
            }
        }

        if (resources is null or { ValueKind: JsonValueKind.Null })
        {
            findings.Add(ManifestProblems.Missing(Place.Top.Subject, "A manifest", Resources));
            resources = null;
        }

        return (resources, hints);
    }

    private static ImmutableArray<ManifestResource> ReadResources(JsonElement? element, ReadingFindings findings)
    {
        if (element is not { } map)
        {
            return [];
        }

        // An expression may name a resource that comes later.
        var entries = Members.Entries(map, Place.Top.Member(Resources), StringComparer.OrdinalIgnoreCase, findings).ToList();
        var reader = new EntryReader(new ManifestTextParser(entries.Select(entry => entry.Name)), findings);
        var resources = ImmutableArray.CreateBuilder<ManifestResource>(entries.Count);
        foreach (var (name, value, place) in entries)
        {
            if (IsName(name))
            {
                resources.Add(reader.Read(name, value, place));
            }
            else
            {
                findings.Add(ManifestProblems.BadName(place.ToString(), "a resource", name));
            }
        }

        return resources.ToImmutable();
    }
}
