using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Registry;

/// <summary>
/// The images of an account's repositories. Each manifest is a resource <c>AWS::ECR::Image</c> with the id <c>REPOSITORY@DIGEST</c>, so that whoever deletes
/// a repository sees what is in it. Used within the account's lock.
/// </summary>
internal static class ImageStore
{
    public const string Type = "AWS::ECR::Image";
    public const string Repository = "AWS::ECR::Repository";
    private const string TagsAttribute = "ImageTags";

    public static CloudResource? FindRepository(SimulatedAccount account, string name) => account.Resources.Find(Repository, name);

    /// <summary>Those of a repository, by digest.</summary>
    public static IEnumerable<CloudResource> Of(SimulatedAccount account, string repository) =>
        account.Resources.All(Type).Where(image => image.Text("RepositoryName") == repository && image.CreatedAt >= (FindRepository(account, repository)?.CreatedAt ?? DateTimeOffset.MaxValue));

    /// <param name="reference">Tag or digest.</param>
    public static CloudResource? Find(SimulatedAccount account, string repository, string reference) =>
        Of(account, repository).FirstOrDefault(image => DigestOf(image) == reference || TagsOf(image).Contains(reference, StringComparer.Ordinal));

    public static string DigestOf(CloudResource image) => image.Text("ImageDigest") ?? "";

    public static ImmutableArray<string> TagsOf(CloudResource image) => image.Texts(TagsAttribute);

    /// <summary>Whether a tag that names something may not name something else.</summary>
    public static bool IsImmutable(CloudResource repository, string tag)
    {
        var mutability = repository.Text("ImageTagMutability") ?? "MUTABLE";
        var isExcluded = (repository.Properties["ImageTagMutabilityExclusionFilters"] as JsonArray ?? [])
            .Any(filter => FileSystemName.MatchesSimpleExpression(filter?["ImageTagMutabilityExclusionFilterValue"]?.ToString() ?? "", tag, ignoreCase: false));
        return mutability.StartsWith("IMMUTABLE", StringComparison.Ordinal) != isExcluded;
    }

    /// <summary>Keeps a manifest, and gives it a tag.</summary>
    /// <param name="tag">Null: none.</param>
    public static void Put(SimulatedAccount account, string repository, string digest, ManifestContent manifest, string? tag)
    {
        foreach (var holder in Of(account, repository).Where(image => tag is not null && DigestOf(image) != digest && TagsOf(image).Contains(tag, StringComparer.Ordinal)).ToList())
        {
            Put(account, holder, TagsOf(holder).Remove(tag ?? ""));
        }

        var image = Find(account, repository, digest) ?? new CloudResource
        {
            Type = Type,
            Id = $"{repository}@{digest}",
            Properties = manifest.Properties(repository, digest),
            CreatedAt = account.Now,
        };
        Put(account, image, tag is null || TagsOf(image).Contains(tag, StringComparer.Ordinal) ? TagsOf(image) : TagsOf(image).Add(tag));
    }

    private static void Put(SimulatedAccount account, CloudResource image, ImmutableArray<string> tags) =>
        account.Resources.Put(image with { Attributes = new JsonObject { [TagsAttribute] = new JsonArray([.. tags.Order(StringComparer.Ordinal).Select(tag => (JsonNode?)JsonValue.Create(tag))]) } });
}

/// <summary>What a manifest or index says.</summary>
/// <param name="Blobs">Digests that have to be there before it.</param>
/// <param name="Manifests">The same, of an index.</param>
/// <param name="Size">Of all blobs, or of the manifest where it is an index.</param>
/// <param name="Subject">Digest of what it says something about; null: it stands for itself.</param>
/// <param name="Annotations">Null: none.</param>
internal sealed record ManifestContent(
    string MediaType, ImmutableArray<string> Blobs, ImmutableArray<string> Manifests, long Size, string? Subject, string? ArtifactType, JsonObject? Annotations, int Length)
{
    /// <returns>Null where it is neither.</returns>
    public static ManifestContent? Read(byte[] content, string? contentType)
    {
        try
        {
            if (JsonNode.Parse(content) is not JsonObject root)
            {
                return null;
            }

            var descriptors = (root["layers"] as JsonArray ?? []).Append(root["config"]).OfType<JsonObject>().ToList();
            var manifests = (root["manifests"] as JsonArray ?? []).OfType<JsonObject>().ToList();
            return new ManifestContent(
                root["mediaType"]?.ToString() ?? contentType ?? "application/vnd.oci.image.manifest.v1+json",
                [.. descriptors.Select(DigestOf)],
                [.. manifests.Select(DigestOf)],
                descriptors.Count == 0 ? content.Length : descriptors.Sum(descriptor => descriptor["size"]?.GetValue<long>() ?? 0),
                root["subject"] is JsonObject subject ? DigestOf(subject) : null,
                root["artifactType"]?.ToString() ?? (root["subject"] is null ? null : root["config"]?["mediaType"]?.ToString()),
                root["annotations"]?.DeepClone() as JsonObject,
                content.Length);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public JsonObject Properties(string repository, string digest) => new()
    {
        ["RepositoryName"] = repository,
        ["ImageDigest"] = digest,
        [nameof(MediaType)] = MediaType,
        [nameof(Size)] = Size,
        [nameof(Length)] = Length,
        [nameof(Subject)] = Subject,
        [nameof(ArtifactType)] = ArtifactType,
        [nameof(Annotations)] = Annotations?.DeepClone(),
        ["IsIndex"] = Manifests.Length > 0 || MediaType.Contains("index", StringComparison.Ordinal) || MediaType.Contains("list", StringComparison.Ordinal),
    };

    private static string DigestOf(JsonObject descriptor) => descriptor["digest"]?.ToString() ?? "";
}
