using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Registry;

/// <summary>The registry protocol of OCI as ECR has it: user <c>AWS</c>, repositories that exist before, tags that may be immutable.</summary>
internal sealed class RegistryEndpoints(SimulatedAccount account, BlobFolder blobs)
{
    private const int MostOfPage = 1_000;

    private readonly RegistryManifests _manifests = new(account, blobs);

    public async Task<RegistryReply> AnswerAsync(RegistryCall call, HttpContext context)
    {
        if (context.Request.Headers.Authorization != RegistryPassword.Header(account.Id))
        {
            return Refusal();
        }

        if (call.Operation is "Ping")
        {
            return new RegistryReply(200);
        }

        if (call.Operation is "Unsupported")
        {
            return RegistryReply.Error(405, "UNSUPPORTED", "The operation is unsupported.");
        }

        return Exists(call.Repository) ? await OfRepositoryAsync(call, context) : NoRepository(call.Repository);
    }

    /// <summary>Who asks has to say who he is.</summary>
    public RegistryReply Refusal() =>
        RegistryReply.Error(401, "UNAUTHORIZED", "Not Authorized").With("WWW-Authenticate", $"Basic realm=\"https://{account.Id}.dkr.ecr.{account.Region}.{account.DnsSuffix}/\",service=\"ecr.amazonaws.com\"");

    private async Task<RegistryReply> OfRepositoryAsync(RegistryCall call, HttpContext context)
    {
        var request = context.Request;
        return call.Operation switch
        {
            "HeadBlob" or "GetBlob" => Blob(call, request),
            "StartUpload" => await StartAsync(call, context),
            "UploadChunk" => await ChunkAsync(call, context),
            "GetUpload" => blobs.LengthOf(call.Reference) is { } length ? Upload(204, call.Repository, call.Reference, length) : NoUpload(),
            "FinishUpload" => await FinishAsync(call, context),
            "CancelUpload" => Cancel(call),
            "HeadManifest" or "GetManifest" => _manifests.Get(call),
            "PutManifest" => await _manifests.PutAsync(call, context),
            "ListReferrers" => _manifests.Referrers(call),
            _ => _manifests.Tags(call, int.TryParse(request.Query["n"], NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? Math.Min(most, MostOfPage) : MostOfPage, request.Query["last"]),
        };
    }

    private RegistryReply Blob(RegistryCall call, HttpRequest request)
    {
        if (blobs.Find(call.Repository, call.Reference) is not { } file)
        {
            return RegistryReply.Error(404, "BLOB_UNKNOWN", "blob unknown to registry");
        }

        // Range: bytes=1024-
        var range = request.Headers.Range.ToString();
        var start = range.StartsWith("bytes=", StringComparison.Ordinal) && range.EndsWith('-') && long.TryParse(range["bytes=".Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : 0;
        if (start > 0 && start >= file.Length)
        {
            return RegistryReply.Error(416, "RANGE_INVALID", "the range is behind the end");
        }

        var reply = new RegistryReply(start > 0 ? 206 : 200) { File = file, Offset = start }.With("Content-Type", "application/octet-stream").With("Docker-Content-Digest", call.Reference).With("Accept-Ranges", "bytes");
        return start > 0 ? reply.With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{file.Length - 1}/{file.Length}")) : reply;
    }

    private async Task<RegistryReply> StartAsync(RegistryCall call, HttpContext context)
    {
        var query = context.Request.Query;
        if (query["mount"].ToString() is { Length: > 0 } mount && query["from"].ToString() is var from && Exists(from) && blobs.Mount(call.Repository, mount, from))
        {
            return Created(call.Repository, mount);
        }

        var upload = Id();
        blobs.BeginUpload(upload);
        if (query["digest"].ToString() is { Length: > 0 })
        {
            return await FinishAsync(call with { Reference = upload }, context);
        }

        return Upload(202, call.Repository, upload, 0);
    }

    private async Task<RegistryReply> ChunkAsync(RegistryCall call, HttpContext context)
    {
        if (blobs.LengthOf(call.Reference) is not { } length)
        {
            return NoUpload();
        }

        // Content-Range: 1024-2047; a piece that does not follow what is there is refused.
        var range = context.Request.Headers.ContentRange.ToString().Replace("bytes ", "", StringComparison.Ordinal);
        if (range.Length > 0 && range.Split('-')[0] != length.ToString(CultureInfo.InvariantCulture))
        {
            return Upload(416, call.Repository, call.Reference, length);
        }

        await blobs.AppendAsync(call.Reference, context.Request.Body, context.RequestAborted);
        return Upload(202, call.Repository, call.Reference, blobs.LengthOf(call.Reference) ?? 0);
    }

    private async Task<RegistryReply> FinishAsync(RegistryCall call, HttpContext context)
    {
        if (blobs.LengthOf(call.Reference) is null)
        {
            return NoUpload();
        }

        var digest = context.Request.Query["digest"].ToString();
        await blobs.AppendAsync(call.Reference, context.Request.Body, context.RequestAborted);
        return await blobs.FinishAsync(call.Repository, call.Reference, digest, context.RequestAborted)
            ? Created(call.Repository, digest)
            : RegistryReply.Error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
    }

    private RegistryReply Cancel(RegistryCall call)
    {
        if (blobs.LengthOf(call.Reference) is null)
        {
            return NoUpload();
        }

        blobs.Discard(call.Reference);
        return new RegistryReply(204);
    }

    private bool Exists(string repository)
    {
        using var entered = account.Enter();
        return ImageStore.FindRepository(account, repository) is not null;
    }

    private string Id()
    {
        using var entered = account.Enter();
        return account.Ids.Guid("upload");
    }

    private RegistryReply NoRepository(string repository) =>
        RegistryReply.Error(404, "NAME_UNKNOWN", $"The repository with name '{repository}' does not exist in the registry with id '{account.Id}'");

    private static RegistryReply NoUpload() => RegistryReply.Error(404, "BLOB_UPLOAD_UNKNOWN", "upload unknown to registry");

    private static RegistryReply Created(string repository, string digest) =>
        new RegistryReply(201).With("Location", $"/v2/{repository}/blobs/{digest}").With("Docker-Content-Digest", digest);

    // The last byte that is there, and 0-0 for none.
    private static RegistryReply Upload(int status, string repository, string upload, long length) =>
        new RegistryReply(status).With("Location", $"/v2/{repository}/blobs/uploads/{upload}").With("Docker-Upload-UUID", upload)
            .With("Range", string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(length - 1, 0)}"));
}

/// <summary>What the registry takes from the user <c>AWS</c>; the same in each run, and no secret: it opens nothing else.</summary>
internal static class RegistryPassword
{
    public static string Of(string accountId) => $"simulated-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"registry of {accountId}")))[..32]}";

    public static string Token(string accountId) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"AWS:{Of(accountId)}"));

    public static string Header(string accountId) => $"Basic {Token(accountId)}";
}
