using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Registries;

/// <summary>A manifest or index as a registry keeps it: its digest is that of exactly these bytes.</summary>
internal sealed record StoredManifest(string MediaType, ImmutableArray<byte> Content)
{
    public Digest Digest { get; } = Digest.Of(Content.AsSpan());

    public Descriptor Descriptor => new(MediaType, Digest, Content.Length);

    public static StoredManifest Of(ImageManifest manifest) =>
        new(manifest.MediaType ?? MediaTypes.Manifest, [.. JsonSerializer.SerializeToUtf8Bytes(manifest, OciJson.Manifest)]);

    public static StoredManifest Of(ImageIndex index) =>
        new(index.MediaType ?? MediaTypes.Index, [.. JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Index)]);
}

/// <summary>
/// Speaks to registries by the OCI distribution specification. One client speaks to all that a run needs, and knows each one's tokens.
/// </summary>
internal sealed class RegistryClient : IDisposable
{
    private static readonly string[] ManifestTypes = [MediaTypes.Index, MediaTypes.Manifest, MediaTypes.DockerIndex, MediaTypes.DockerManifest];
    private readonly HttpMessageInvoker _http;
    private readonly RegistryAuthorization _authorization;

    /// <param name="handler">Sends; has to follow redirects, since blobs are often kept elsewhere.</param>
    /// <param name="credentials">Asked where a registry wants to know who asks.</param>
    /// <param name="policy">Attempts, limits and hosts without TLS.</param>
    /// <param name="progress">Told what goes over the wire.</param>
    public RegistryClient(HttpMessageHandler handler, CredentialSource credentials, RegistryPolicy policy, IProgress<RegistryEvent> progress)
    {
        _http = new HttpMessageInvoker(handler, disposeHandler: true);
        Traffic = new RegistryTraffic(progress);
        Sender = new RetryingSender(_http, policy, Traffic);
        _authorization = new RegistryAuthorization(Sender, credentials);
    }

    public RegistryPolicy Policy => Sender.Policy;

    public RetryingSender Sender { get; }

    public IProgress<RegistryEvent> Progress => Traffic;

    /// <summary>What went over the wire by this client.</summary>
    public RegistryTraffic Traffic { get; }

    public static RegistryScope Reading(RepositoryAddress repository) => new(repository.Name, RegistryAccess.Pull, From: null);

    public static RegistryScope Writing(RepositoryAddress repository) => new(repository.Name, RegistryAccess.Push, From: null);

    /// <summary>The digest that a tag names, or that there is such a manifest.</summary>
    /// <param name="repository">Where to look.</param>
    /// <param name="target">Tag or digest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where there is none, or no such repository.</returns>
    public async Task<Digest?> FindDigestAsync(RepositoryAddress repository, string target, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(repository, Reading(repository), () => ManifestRequest(HttpMethod.Head, repository, target), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await ExpectAsync(response, repository, RegistryAction.Pull, cancellationToken);
        return Digest.TryParse(Header(response, "Docker-Content-Digest"), out var digest)
            ? digest
            : (await FindManifestAsync(repository, target, cancellationToken))?.Digest;
    }

    /// <summary>A manifest or index, proven to be what was asked for.</summary>
    /// <returns>Null where there is none, or no such repository.</returns>
    public async Task<StoredManifest?> FindManifestAsync(RepositoryAddress repository, string target, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(repository, Reading(repository), () => ManifestRequest(HttpMethod.Get, repository, target), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await ExpectAsync(response, repository, RegistryAction.Pull, cancellationToken);
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var manifest = new StoredManifest(MediaType(response, content), [.. content]);
        var promised = Digest.TryParse(target, out var byDigest) || Digest.TryParse(Header(response, "Docker-Content-Digest"), out byDigest) ? byDigest : manifest.Digest;
        return promised == manifest.Digest
            ? manifest
            : throw new DeployException(RegistryProblems.Corrupted(repository, promised, manifest.Digest));
    }

    /// <summary>The same, for one that has to be there.</summary>
    public async Task<StoredManifest> GetManifestAsync(RepositoryAddress repository, string target, CancellationToken cancellationToken) =>
        await FindManifestAsync(repository, target, cancellationToken) ?? throw new DeployException(RegistryProblems.NoImage(repository, target));

    /// <summary>Stores a manifest whose blobs are there, and makes sure that the registry names it as we do.</summary>
    /// <param name="repository">Where to store it.</param>
    /// <param name="target">Tag, or its own digest.</param>
    /// <param name="manifest">What to store.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether the registry has taken note of the manifest's subject by itself.</returns>
    public async Task<bool> PutManifestAsync(RepositoryAddress repository, string target, StoredManifest manifest, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(repository, Writing(repository), Put, cancellationToken);
        if (!response.IsSuccessStatusCode && !Digest.TryParse(target, out _) && await RegistryProblems.IsTagTakenAsync(response, cancellationToken))
        {
            // Somebody else may have been faster with the same image.
            return await FindDigestAsync(repository, target, cancellationToken) == manifest.Digest
                ? false
                : throw new DeployException(RegistryProblems.TagTaken(repository, target, manifest.Digest));
        }

        await ExpectAsync(response, repository, RegistryAction.PutManifest, cancellationToken);
        if (Digest.TryParse(Header(response, "Docker-Content-Digest"), out var stored) && stored != manifest.Digest)
        {
            throw new DeployException(RegistryProblems.Corrupted(repository, manifest.Digest, stored));
        }

        return Header(response, "OCI-Subject") is not null;

        HttpRequestMessage Put()
        {
            var request = new HttpRequestMessage(HttpMethod.Put, Address(repository, $"manifests/{target}"))
            {
                Content = new ByteArrayContent([.. manifest.Content]),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(manifest.MediaType);
            return request;
        }
    }

    /// <summary>All tags of a repository, in the registry's order; empty where there is no such repository.</summary>
    public async Task<ImmutableArray<string>> TagsAsync(RepositoryAddress repository, CancellationToken cancellationToken)
    {
        var tags = ImmutableArray.CreateBuilder<string>();
        Uri? next = Address(repository, "tags/list?n=1000");
        while (next is not null)
        {
            var page = next;
            using var response = await SendAsync(repository, Reading(repository), () => new HttpRequestMessage(HttpMethod.Get, page), cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                break;
            }

            await ExpectAsync(response, repository, RegistryAction.Pull, cancellationToken);
            tags.AddRange(await ReadAsync(response, RegistryJson.Default.TagList, cancellationToken) is { } list ? list.Tags ?? [] : throw new DeployException(await RegistryProblems.UnexpectedAsync(response, cancellationToken)));
            next = NextPage(response, page);
        }

        return tags.ToImmutable();
    }

    /// <summary>Sends with what the registry wants to know about us; asks for it where it is refused.</summary>
    /// <returns>Any answer but a refusal for want of credentials.</returns>
    public Task<HttpResponseMessage> SendAsync(
        RepositoryAddress repository, RegistryScope scope, Func<HttpRequestMessage> request, CancellationToken cancellationToken) =>
        SendAsync(repository, scope, request, Policy.Small, cancellationToken);

    public async Task<HttpResponseMessage> SendAsync(
        RepositoryAddress repository, RegistryScope scope, Func<HttpRequestMessage> request, SendingLimits limits, CancellationToken cancellationToken)
    {
        AuthenticationHeaderValue? sent = null;
        for (var refusals = 0; ; refusals++)
        {
            var response = await Sender.SendAsync(Authorized, limits, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
            {
                return response;
            }

            using (response)
            {
                var challenge = AuthenticateChallenge.Among(response.Headers.WwwAuthenticate);
                var answer = challenge is null || refusals > 1
                    ? null
                    : await _authorization.AnswerAsync(repository.Host, scope, challenge, sent, cancellationToken);
                if (answer is null)
                {
                    throw new DeployException(await RegistryProblems.RefusedAsync(repository.Host, scope, sent is not null, response, cancellationToken));
                }
            }
        }

        HttpRequestMessage Authorized()
        {
            var message = request();
            // Where to go on with an upload is for the registry to say; who we are is for the registry alone.
            if (message.RequestUri?.Authority == Policy.Address(repository.Host).Authority)
            {
                sent = _authorization.Known(repository.Host, scope);
                message.Headers.Authorization = sent;
            }

            return message;
        }
    }

    /// <param name="repository">Whose registry is asked.</param>
    /// <param name="path">Below the repository, such as <c>blobs/uploads/</c>.</param>
    public Uri Address(RepositoryAddress repository, string path) => new(Policy.Address(repository.Host), $"v2/{repository.Name}/{path}");

    /// <summary>Throws the problem that an answer stands for, unless it is a success.</summary>
    public static async Task ExpectAsync(HttpResponseMessage response, RepositoryAddress repository, RegistryAction action, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new DeployException(await RegistryProblems.OfAsync(response, repository, action, cancellationToken));
        }
    }

    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    public void Dispose()
    {
        _authorization.Dispose();
        _http.Dispose();
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private HttpRequestMessage ManifestRequest(HttpMethod method, RepositoryAddress repository, string target)
    {
        var request = new HttpRequestMessage(method, Address(repository, $"manifests/{target}"));
        foreach (var type in ManifestTypes)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        return request;
    }

    // What the content says of itself is under the digest; the header is not.
    private static string MediaType(HttpResponseMessage response, byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("mediaType", out var type) && type.GetString() is { } own)
            {
                return own;
            }
        }
        catch (JsonException)
        {
            // Whoever reads the content reports it.
        }

        return response.Content.Headers.ContentType?.MediaType ?? MediaTypes.Manifest;
    }

    // Link: </v2/name/tags/list?n=1000&last=x>; rel="next"
    private static Uri? NextPage(HttpResponseMessage response, Uri page) =>
        Header(response, "Link") is { } link && link.StartsWith('<') && link.IndexOf('>', StringComparison.Ordinal) is var end and > 0
        && link.Contains("rel=\"next\"", StringComparison.Ordinal)
            ? new Uri(page, link[1..end])
            : null;
}
