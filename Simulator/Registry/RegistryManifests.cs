using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Registry;

/// <summary>Manifests, tags and referrers of repositories that exist.</summary>
internal sealed class RegistryManifests(SimulatedAccount account, BlobFolder blobs)
{
    private const int LongestManifest = 4 * 1024 * 1024;

    public RegistryReply Get(RegistryCall call)
    {
        using var entered = account.Enter();
        return ImageStore.Find(account, call.Repository, call.Reference) is { } image && blobs.Find(call.Repository, ImageStore.DigestOf(image)) is { } file
            ? new RegistryReply(200) { File = file }.With("Content-Type", image.Text("MediaType") ?? "").With("Docker-Content-Digest", ImageStore.DigestOf(image))
            : RegistryReply.Error(404, "MANIFEST_UNKNOWN", "Requested image not found");
    }

    public async Task<RegistryReply> PutAsync(RegistryCall call, HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var content = buffer.ToArray();
        return content.Length > LongestManifest ? RegistryReply.Error(400, "MANIFEST_INVALID", "the manifest is too long")
            : ManifestContent.Read(content, context.Request.ContentType) is { } manifest ? Put(call, content, manifest)
            : RegistryReply.Error(400, "MANIFEST_INVALID", "manifest invalid");
    }

    public RegistryReply Tags(RegistryCall call, int most, string? last)
    {
        using var entered = account.Enter();
        var all = ImageStore.Of(account, call.Repository).SelectMany(image => ImageStore.TagsOf(image)).Order(StringComparer.Ordinal)
            .Where(tag => string.IsNullOrEmpty(last) || string.CompareOrdinal(tag, last) > 0).ToList();
        var page = all.Take(most).ToList();
        var reply = RegistryReply.Json(200, "application/json", new JsonObject
        {
            ["name"] = call.Repository,
            ["tags"] = new JsonArray([.. page.Select(tag => (JsonNode?)JsonValue.Create(tag))]),
        });
        return page.Count < all.Count
            ? reply.With("Link", string.Create(CultureInfo.InvariantCulture, $"</v2/{call.Repository}/tags/list?n={most}&last={Uri.EscapeDataString(page[^1])}>; rel=\"next\""))
            : reply;
    }

    public RegistryReply Referrers(RegistryCall call)
    {
        using var entered = account.Enter();
        var referrers = ImageStore.Of(account, call.Repository).Where(image => image.Text("Subject") == call.Reference).Select(JsonNode? (image) =>
        {
            var descriptor = new JsonObject
            {
                ["mediaType"] = image.Text("MediaType"),
                ["digest"] = ImageStore.DigestOf(image),
                ["size"] = image.Properties["Length"]?.DeepClone(),
                ["artifactType"] = image.Text("ArtifactType"),
            };
            if (image.Properties["Annotations"] is JsonObject annotations)
            {
                descriptor["annotations"] = annotations.DeepClone();
            }

            return descriptor;
        });
        const string Index = "application/vnd.oci.image.index.v1+json";
        return RegistryReply.Json(200, Index, new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = Index, ["manifests"] = new JsonArray([.. referrers]) });
    }

    private RegistryReply Put(RegistryCall call, byte[] content, ManifestContent manifest)
    {
        using var entered = account.Enter();
        if (ImageStore.FindRepository(account, call.Repository) is not { } repository)
        {
            return RegistryReply.Error(404, "NAME_UNKNOWN", $"The repository with name '{call.Repository}' does not exist in the registry with id '{account.Id}'");
        }

        if (manifest.Blobs.FirstOrDefault(blob => blobs.Find(call.Repository, blob) is null) is { } missing)
        {
            return RegistryReply.Error(404, "BLOB_UNKNOWN", $"Layers with digests '[{missing}]' required for pushing image into repository with name '{call.Repository}' in the registry with id '{account.Id}' do not exist");
        }

        if (manifest.Manifests.FirstOrDefault(part => ImageStore.Find(account, call.Repository, part) is null) is { } absent)
        {
            return RegistryReply.Error(404, "MANIFEST_UNKNOWN", $"Images with digests '[{absent}]' required for pushing image into repository with name '{call.Repository}' in the registry with id '{account.Id}' do not exist");
        }

        var tag = call.Reference.StartsWith("sha256:", StringComparison.Ordinal) ? null : call.Reference;
        var digest = blobs.Add(call.Repository, content);
        if (tag is null && digest != call.Reference)
        {
            return RegistryReply.Error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }

        if (tag is not null && ImageStore.Find(account, call.Repository, tag) is { } holder && ImageStore.DigestOf(holder) != digest && ImageStore.IsImmutable(repository, tag))
        {
            return RegistryReply.Error(400, "TAG_INVALID", $"The image tag '{tag}' already exists in the '{call.Repository}' repository and cannot be overwritten because the tag is immutable.");
        }

        account.AdvanceTo(account.Clock.GetUtcNow());
        ImageStore.Put(account, call.Repository, digest, manifest, tag);
        var reply = new RegistryReply(201).With("Location", $"/v2/{call.Repository}/manifests/{digest}").With("Docker-Content-Digest", digest);
        return manifest.Subject is { } subject ? reply.With("OCI-Subject", subject) : reply;
    }
}
