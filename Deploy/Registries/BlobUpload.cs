using System.Net;
using System.Net.Http.Headers;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Registries;

/// <summary>
/// Brings a blob into a repository: not at all where it is there, by mount where the registry has it elsewhere, else in one stream that goes on
/// where it broke off.
/// </summary>
internal sealed class BlobUpload(RegistryClient client)
{
    // GHCR takes a stream of any length, but no piece above this that says its length.
    private const int SmallPiece = 4 * 1000 * 1000;

    /// <summary>Whether the repository has the blob.</summary>
    public async Task<bool> IsThereAsync(RepositoryAddress repository, Digest blob, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(
            repository, RegistryClient.Writing(repository), () => new HttpRequestMessage(HttpMethod.Head, client.Address(repository, $"blobs/{blob}")), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        await RegistryClient.ExpectAsync(response, repository, RegistryAction.ReadBlob, cancellationToken);
        return true;
    }

    /// <summary>Has the registry take the blob from another repository of its own.</summary>
    /// <returns>Whether it did; not where it cannot, does not want to, or does not have it.</returns>
    public async Task<bool> MountAsync(RepositoryAddress repository, Digest blob, RepositoryAddress from, CancellationToken cancellationToken)
    {
        var scope = RegistryClient.Writing(repository) with { From = from.Name };
        var start = client.Address(repository, $"blobs/uploads/?mount={Uri.EscapeDataString(blob.ToString())}&from={Uri.EscapeDataString(from.Name)}");
        using var response = await client.SendAsync(repository, scope, () => new HttpRequestMessage(HttpMethod.Post, start), cancellationToken);
        if (response.StatusCode == HttpStatusCode.Created)
        {
            client.Progress.Report(new RegistryEvent.Mounted(repository, blob));
            return true;
        }

        if (response.StatusCode == HttpStatusCode.Accepted && response.Headers.Location is { } location)
        {
            // An upload was begun instead. It is begun again with the rights of an upload alone, so this one is called off.
            var begun = new Uri(start, location);
            using var ended = await client.SendAsync(repository, scope, () => new HttpRequestMessage(HttpMethod.Delete, begun), client.Policy.Small with { Attempts = 1 }, cancellationToken);
        }

        return false;
    }

    /// <summary>Sends the blob.</summary>
    /// <param name="repository">Where to.</param>
    /// <param name="blob">What it has to be when it has arrived.</param>
    /// <param name="open">Opens the content at a position. May be called again and again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SendAsync(RepositoryAddress repository, Descriptor blob, Func<long, Stream> open, CancellationToken cancellationToken)
    {
        var upload = await StartAsync(repository, cancellationToken);
        var piece = long.MaxValue;
        var furthest = 0L;
        var alterations = 0;
        for (var failures = 1; ; failures++)
        {
            var (problem, asked, isAltered) = (default(Problem), default(TimeSpan?), false);
            try
            {
                using var response = upload.Offset < blob.Size
                    ? await PatchAsync(repository, blob, upload, piece, open, cancellationToken)
                    : await FinishAsync(repository, blob, upload, cancellationToken);
                if (response.StatusCode == HttpStatusCode.Created)
                {
                    return;
                }

                if (response.IsSuccessStatusCode)
                {
                    upload = Next(response, upload, piece < blob.Size - upload.Offset ? upload.Offset + piece : blob.Size);
                    if (upload.Offset > furthest)
                    {
                        (furthest, failures) = (upload.Offset, 0);
                        continue;
                    }
                }

                isAltered = await RegistryProblems.IsAlteredAsync(response, cancellationToken);
                problem = isAltered ? RegistryProblems.Altered(repository, blob.Digest) : await RegistryProblems.OfAsync(response, repository, upload.Offset < blob.Size ? RegistryAction.SendBlob : RegistryAction.FinishUpload, cancellationToken);
                asked = client.Sender.Asked(response);
                piece = IsTooLong(response.StatusCode) && piece > SmallPiece ? SmallPiece
                    : response.IsSuccessStatusCode || RetryingSender.MayPass(response.StatusCode) || IsForgotten(response.StatusCode) ? piece
                    : throw new DeployException(problem);
            }
            catch (DeployException unreachable) when (unreachable.InnerException is HttpRequestException or IOException or TimeoutException)
            {
                problem = unreachable.Problems[0];
            }

            alterations += isAltered ? 1 : 0;
            if (failures >= client.Policy.Attempts || alterations > 1)
            {
                throw new DeployException(problem);
            }

            await client.Sender.PauseAsync(repository.Host, problem.Detail ?? problem.Summary, failures, asked, cancellationToken);
            upload = !isAltered && await WhereAsync(repository, upload, cancellationToken) is { } kept && kept.Offset <= blob.Size ? kept : await StartAsync(repository, cancellationToken);
            if (upload.Offset > furthest)
            {
                (furthest, failures) = (upload.Offset, 0);
            }
        }
    }

    private static bool IsTooLong(HttpStatusCode status) => status is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.RequestedRangeNotSatisfiable;

    // What a registry says of an upload that it does not know any more, or whose position it sees otherwise than we do.
    private static bool IsForgotten(HttpStatusCode status) =>
        status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.RequestedRangeNotSatisfiable;

    private async Task<Upload> StartAsync(RepositoryAddress repository, CancellationToken cancellationToken)
    {
        var address = client.Address(repository, "blobs/uploads/");
        using var response = await client.SendAsync(repository, RegistryClient.Writing(repository), () => new HttpRequestMessage(HttpMethod.Post, address), cancellationToken);
        await RegistryClient.ExpectAsync(response, repository, RegistryAction.StartUpload, cancellationToken);
        return response.Headers.Location is { } location
            ? new Upload(new Uri(address, location), 0)
            : throw new DeployException(await RegistryProblems.UnexpectedAsync(response, cancellationToken));
    }

    private async Task<HttpResponseMessage> PatchAsync(
        RepositoryAddress repository, Descriptor blob, Upload upload, long piece, Func<long, Stream> open, CancellationToken cancellationToken)
    {
        var length = Math.Min(blob.Size - upload.Offset, piece);
        return await client.SendAsync(repository, RegistryClient.Writing(repository), Patch, Once(length), cancellationToken);

        HttpRequestMessage Patch()
        {
            var content = new PieceContent(() => open(upload.Offset), length, bytes => client.Progress.Report(new RegistryEvent.Sent(repository, blob.Digest, bytes)));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            if (length < blob.Size)
            {
                content.Headers.ContentLength = length;
                content.Headers.TryAddWithoutValidation("Content-Range", $"{upload.Offset}-{upload.Offset + length - 1}");
            }

            return new HttpRequestMessage(HttpMethod.Patch, upload.Location) { Content = content };
        }
    }

    private Task<HttpResponseMessage> FinishAsync(RepositoryAddress repository, Descriptor blob, Upload upload, CancellationToken cancellationToken)
    {
        var query = upload.Location.Query.Length > 1 ? upload.Location.Query[1..] + "&" : "";
        var address = new UriBuilder(upload.Location) { Query = $"{query}digest={Uri.EscapeDataString(blob.Digest.ToString())}" }.Uri;
        return client.SendAsync(repository, RegistryClient.Writing(repository), Put, Once(blob.Size), cancellationToken);

        HttpRequestMessage Put()
        {
            var content = new ByteArrayContent([]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return new HttpRequestMessage(HttpMethod.Put, address) { Content = content };
        }
    }

    private SendingLimits Once(long bytes) => client.Policy.Small with { Answer = client.Policy.Limit(bytes), Attempts = 1 };

    // How much has arrived. Null where the registry has forgotten the upload or does not say.
    private async Task<Upload?> WhereAsync(RepositoryAddress repository, Upload upload, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(
            repository, RegistryClient.Writing(repository), () => new HttpRequestMessage(HttpMethod.Get, upload.Location), cancellationToken);
        return response.IsSuccessStatusCode && Arrived(response) is { } arrived ? Next(response, upload, arrived) : null;
    }

    private static Upload Next(HttpResponseMessage response, Upload upload, long expected) =>
        new(response.Headers.Location is { } location ? new Uri(upload.Location, location) : upload.Location, Arrived(response) ?? expected);

    // Range: 0-1023, inclusive; "0-0" for nothing at all in the registries of the distribution project.
    private static long? Arrived(HttpResponseMessage response) =>
        RegistryClient.Header(response, "Range")?.Split('-') is ["0" or "bytes=0", var last] && long.TryParse(last, out var end) ? (end == 0 ? 0 : end + 1) : null;

    /// <param name="Location">Where to go on.</param>
    /// <param name="Offset">How many bytes are there.</param>
    private sealed record Upload(Uri Location, long Offset);

    /// <summary>A part of a stream as the content of a request, with or without its length said before.</summary>
    private sealed class PieceContent(Func<Stream> open, long length, Action<long> sent) : HttpContent
    {
        private const int BufferSize = 128 * 1024;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await using var source = open();
            var buffer = new byte[BufferSize];
            var left = length;
            while (left > 0)
            {
                var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
                if (read == 0)
                {
                    throw new IOException("The blob is shorter than it was.");
                }

                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                left -= read;
                sent(read);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        // False: sent in chunks of HTTP, without a length, as Docker does.
        protected override bool TryComputeLength(out long computed)
        {
            computed = 0;
            return false;
        }
    }
}
