using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

// Whoever asked disposes of the answer.
#pragma warning disable CA2000

namespace Platform.Deploy.Tests.Registries;

/// <summary>
/// A registry in memory at the edge of HTTP, by the distribution specification, with a token server beside it. What it is to do wrong is said before,
/// by request; what it was asked is kept.
/// </summary>
internal sealed class FakeRegistry : HttpMessageHandler
{
    public const string TokenHost = "tokens.example";
    private static readonly string[] Kinds = ["/blobs/uploads/", "/blobs/", "/manifests/", "/referrers/", "/tags/list"];
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredManifest> _manifests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MemoryStream> _uploads = new(StringComparer.Ordinal);
    private readonly List<Fault> _faults = [];
    private readonly List<string> _log = [];
    private readonly Lock _gate = new();
    private int _uploadCount;
    private int _tokenCount;
    private int _underWay;
    private int _met;
    private TaskCompletionSource _meeting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Names of the repositories that there are; null makes them as they are written to.</summary>
    public IReadOnlySet<string>? Repositories { get; init; }

    public bool HasImmutableTags { get; init; }

    /// <summary>Whether it lists by itself what refers to an image.</summary>
    public bool ListsReferrers { get; init; } = true;

    /// <summary><c>Basic</c> or <c>Bearer</c>; null lets everyone in.</summary>
    public string? Scheme { get; init; }

    /// <summary><c>USER:PASSWORD</c>.</summary>
    public string Login { get; set; } = "AWS:correct horse";

    /// <summary>The token that is taken; another one after <see cref="Expire"/>.</summary>
    public string Token => string.Create(CultureInfo.InvariantCulture, $"token-{_tokenCount}");

    /// <summary>What it was asked, in order: method, path, range and the status of the answer.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_gate)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>The most requests that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>The first contents of blobs, twice so many, wait until so many are under way; 0 for none.</summary>
    public int Together { get; init; }

    /// <summary>Makes all tokens so far worthless.</summary>
    public void Expire() => Interlocked.Increment(ref _tokenCount);

    public byte[]? Blob(string repository, Digest digest) => _blobs.GetValueOrDefault($"{repository} {digest}");

    public StoredManifest? Manifest(string repository, string target) => _manifests.GetValueOrDefault($"{repository} {target}");

    public void Put(string repository, byte[] blob) => _blobs[$"{repository} {Digest.Of(blob)}"] = blob;

    public void Put(string repository, string tag, StoredManifest manifest)
    {
        _manifests[$"{repository} {manifest.Digest}"] = manifest;
        _manifests[$"{repository} {tag}"] = manifest;
    }

    /// <summary>Says what happens to the next requests of a kind, each once.</summary>
    /// <param name="request">Beginning of <c>METHOD PATH</c>, such as <c>PATCH</c>.</param>
    /// <param name="answers">In order.</param>
    public FakeRegistry Does(string request, params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] answers)
    {
        _faults.AddRange(answers.Select(answer => new Fault(request, answer)));
        return this;
    }

    public FakeRegistry Answers(string request, HttpStatusCode status, string body, params (string Name, string Value)[] headers) =>
        Does(request, (_, _) => Task.FromResult(Response(status, body, headers)));

    public FakeRegistry Always(string request, HttpStatusCode status, string body)
    {
        _faults.Add(new Fault(request, (_, _) => Task.FromResult(Response(status, body))) { IsLasting = true });
        return this;
    }

    public FakeRegistry Fails(string request, Exception exception) => Does(request, (_, _) => throw exception);

    /// <summary>Takes so many bytes of the request's content, then the connection is gone.</summary>
    public FakeRegistry CutsUpload(long after) => Does("PATCH", async (request, cancellationToken) =>
    {
        await using var cut = new CutStream(Upload(request.RequestUri!.AbsolutePath), after);
        await request.Content!.CopyToAsync(cut, cancellationToken);
        throw new InvalidOperationException("The content is shorter than where it should be cut.");
    });

    /// <summary>Sends so many bytes of the answer's content, then the connection is gone.</summary>
    public FakeRegistry CutsAnswer(string request, int after) => Does(request, async (message, cancellationToken) =>
    {
        var response = await AnswerAsync(message, cancellationToken);
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        response.Content = new StreamContent(new BrokenStream(content[..after]));
        return response;
    });

    public static HttpResponseMessage Response(HttpStatusCode status, string body, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
        }

        var said = $"{request.Method} {(request.RequestUri!.Host == TokenHost ? $"{TokenHost} " : "")}{Uri.UnescapeDataString(request.RequestUri.PathAndQuery)}"
            + (request.Headers.Range is { } range ? $" {range}" : "")
            + (request.Content?.Headers.TryGetValues("Content-Range", out var ranges) == true ? $" {ranges.Single()}" : "");
        try
        {
            if (request.Method == HttpMethod.Patch)
            {
                await MeetAsync(cancellationToken);
            }

            var response = await (FaultOf($"{request.Method} {request.RequestUri.PathAndQuery}")?.Answer(request, cancellationToken) ?? AnswerAsync(request, cancellationToken));
            response.RequestMessage = request;
            Say($"{said} {(int)response.StatusCode}");
            return response;
        }
        catch (Exception failure)
        {
            Say($"{said} {failure.GetType().Name}");
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _underWay--;
            }
        }
    }

    private async Task MeetAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource meeting;
        lock (_gate)
        {
            if (_met == 2 * Together)
            {
                return;
            }

            meeting = _meeting;
            if (++_met % Together == 0)
            {
                _meeting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                meeting.SetResult();
            }
        }

        await meeting.Task.WaitAsync(cancellationToken);
    }

    private Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri!.Host == TokenHost ? HandOutAsync(request, cancellationToken)
        : !IsLetIn(request) ? Task.FromResult(Unauthorized())
        : RouteAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> HandOutAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var form = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var isKnown = request.Headers.Authorization is null ? form.Length == 0 || form.Contains("refresh_token=correct", StringComparison.Ordinal) : IsLogin(request.Headers.Authorization);
        return isKnown
            ? Response(HttpStatusCode.OK, $$"""{"token":"{{Token}}","expires_in":300}""")
            : Response(HttpStatusCode.Unauthorized, """{"errors":[{"code":"UNAUTHORIZED","message":"incorrect username or password"}]}""");
    }

    private async Task<HttpResponseMessage> RouteAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // /v2/NAME/KIND/REST, where NAME has slashes.
        var path = request.RequestUri!.AbsolutePath["/v2/".Length..];
        var kind = Kinds.First(kind => path.Contains(kind, StringComparison.Ordinal));
        var at = path.IndexOf(kind, StringComparison.Ordinal);
        var (repository, rest) = (path[..at], Uri.UnescapeDataString(path[(at + kind.Length)..]));
        if (Repositories?.Contains(repository) == false)
        {
            return Response(HttpStatusCode.NotFound, """{"errors":[{"code":"NAME_UNKNOWN","message":"The repository does not exist"}]}""");
        }

        return kind switch
        {
            "/blobs/uploads/" => await UploadAsync(request, repository, cancellationToken),
            "/blobs/" => BlobAnswer(request, repository, rest),
            "/manifests/" => await ManifestAsync(request, repository, rest, cancellationToken),
            "/referrers/" => ReferrersAnswer(repository, rest),
            _ => Response(HttpStatusCode.OK, $$"""{"tags":[{{string.Join(',', Tags(repository).Select(tag => $"\"{tag}\""))}}]}"""),
        };
    }

    private async Task<HttpResponseMessage> UploadAsync(HttpRequestMessage request, string repository, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        var query = System.Web.HttpUtility.ParseQueryString(address.Query);
        if (request.Method == HttpMethod.Post)
        {
            if (query["mount"] is { } mounted && _blobs.TryGetValue($"{query["from"]} {mounted}", out var blob))
            {
                _blobs[$"{repository} {mounted}"] = blob;
                return Response(HttpStatusCode.Created, "");
            }

            var started = string.Create(CultureInfo.InvariantCulture, $"/v2/{repository}/blobs/uploads/{Interlocked.Increment(ref _uploadCount)}");
            _uploads[started] = new MemoryStream();
            return Response(HttpStatusCode.Accepted, "", ("Location", started), ("Range", "0-0"));
        }

        if (!_uploads.TryGetValue(address.AbsolutePath, out var upload))
        {
            return Response(HttpStatusCode.NotFound, """{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN"}]}""");
        }

        switch (request.Method.Method)
        {
            case "PATCH":
                await request.Content!.CopyToAsync(upload, cancellationToken);
                break;
            case "PUT":
                var content = upload.ToArray();
                if (Digest.Of(content).ToString() != query["digest"])
                {
                    return Response(HttpStatusCode.BadRequest, """{"errors":[{"code":"DIGEST_INVALID","message":"provided digest did not match uploaded content"}]}""");
                }

                _blobs[$"{repository} {query["digest"]}"] = content;
                return Response(HttpStatusCode.Created, "");
            case "DELETE":
                _uploads.TryRemove(address.AbsolutePath, out _);
                return Response(HttpStatusCode.NoContent, "");
            default:
                break;
        }

        return Response(
            request.Method == HttpMethod.Get ? HttpStatusCode.NoContent : HttpStatusCode.Accepted,
            "",
            ("Location", address.AbsolutePath),
            ("Range", string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, upload.Length - 1)}")));
    }

    private HttpResponseMessage BlobAnswer(HttpRequestMessage request, string repository, string digest)
    {
        if (!_blobs.TryGetValue($"{repository} {digest}", out var blob))
        {
            return Response(HttpStatusCode.NotFound, """{"errors":[{"code":"BLOB_UNKNOWN"}]}""");
        }

        var from = (int)(request.Headers.Range?.Ranges.Single().From ?? 0);
        var response = new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK) { Content = new ByteArrayContent(request.Method == HttpMethod.Head ? [] : blob[from..]) };
        response.Content.Headers.ContentLength = blob.Length - from;
        return response;
    }

    private async Task<HttpResponseMessage> ManifestAsync(HttpRequestMessage request, string repository, string target, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Put)
        {
            var manifest = new StoredManifest(request.Content!.Headers.ContentType!.MediaType!, [.. await request.Content.ReadAsByteArrayAsync(cancellationToken)]);
            if (HasImmutableTags && _manifests.TryGetValue($"{repository} {target}", out var there) && there.Digest != manifest.Digest)
            {
                return Response(HttpStatusCode.BadRequest, """{"errors":[{"code":"TAG_INVALID","message":"The tag cannot be overwritten because it is immutable."}]}""");
            }

            Put(repository, target, manifest);
            var subject = ListsReferrers && System.Text.Json.JsonDocument.Parse(manifest.Content.AsMemory()).RootElement.TryGetProperty("subject", out var of)
                ? of.GetProperty("digest").GetString()
                : null;
            return Response(HttpStatusCode.Created, "", [("Docker-Content-Digest", manifest.Digest.ToString()), .. subject is null ? [] : new[] { ("OCI-Subject", subject) }]);
        }

        if (!_manifests.TryGetValue($"{repository} {target}", out var found))
        {
            return Response(HttpStatusCode.NotFound, """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}""");
        }

        var response = Response(HttpStatusCode.OK, "", ("Docker-Content-Digest", found.Digest.ToString()));
        response.Content = new ByteArrayContent(request.Method == HttpMethod.Head ? [] : [.. found.Content]);
        response.Content.Headers.ContentType = new MediaTypeHeaderValue(found.MediaType);
        return response;
    }

    private HttpResponseMessage ReferrersAnswer(string repository, string subject)
    {
        if (!ListsReferrers)
        {
            return Response(HttpStatusCode.NotFound, "");
        }

        var all = _manifests.Where(entry => entry.Key.StartsWith($"{repository} sha256:", StringComparison.Ordinal))
            .Select(entry => (entry.Value, Manifest: MediaTypes.IsManifest(entry.Value.MediaType) ? System.Text.Json.JsonSerializer.Deserialize(entry.Value.Content.AsSpan(), OciJson.Manifest) : null))
            .Where(entry => entry.Manifest?.Subject?.Digest.ToString() == subject)
            .OrderBy(entry => entry.Value.Digest.Hex, StringComparer.Ordinal)
            .Select(entry => entry.Value.Descriptor with { ArtifactType = entry.Manifest!.ArtifactType });
        var response = Response(HttpStatusCode.OK, "");
        response.Content = new ByteArrayContent([.. StoredManifest.Of(new ImageIndex { MediaType = MediaTypes.Index, Manifests = [.. all] }).Content]);
        response.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.Index);
        return response;
    }

    private IEnumerable<string> Tags(string repository) =>
        _manifests.Keys.Where(key => key.StartsWith($"{repository} ", StringComparison.Ordinal)).Select(key => key[(repository.Length + 1)..])
            .Where(target => !target.StartsWith("sha256:", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private MemoryStream Upload(string path) => _uploads[path];

    private bool IsLetIn(HttpRequestMessage request) => Scheme switch
    {
        null => true,
        "Basic" => IsLogin(request.Headers.Authorization),
        _ => request.Headers.Authorization is { Scheme: "Bearer", Parameter: { } token } && token == Token,
    };

    private bool IsLogin(AuthenticationHeaderValue? header) =>
        header is { Scheme: "Basic", Parameter: { } pair } && Encoding.UTF8.GetString(Convert.FromBase64String(pair)) == Login;

    private HttpResponseMessage Unauthorized() => Response(
        HttpStatusCode.Unauthorized,
        """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""",
        ("WWW-Authenticate", Scheme == "Basic" ? "Basic realm=\"registry\"" : $"Bearer realm=\"https://{TokenHost}/token\",service=\"registry\""));

    private Fault? FaultOf(string request)
    {
        lock (_gate)
        {
            var fault = _faults.Find(fault => request.StartsWith(fault.Request, StringComparison.Ordinal));
            if (fault is { IsLasting: false })
            {
                _faults.Remove(fault);
            }

            return fault;
        }
    }

    private void Say(string line)
    {
        lock (_gate)
        {
            _log.Add(line);
        }
    }

    private sealed record Fault(string Request, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer)
    {
        public bool IsLasting { get; init; }
    }
}
