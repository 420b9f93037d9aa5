using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Hosting.Dcp;

/// <summary>DCP's API: objects of one kind each, created, read, patched, deleted, watched; their logs; the server itself.</summary>
internal sealed class DcpClient : IDisposable
{
    private const string ApiRoot = "apis/" + DcpJson.ApiVersion + "/";
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GonePoll = TimeSpan.FromMilliseconds(15);

    // The server refuses a merge patch whose content type names a charset (415).
    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <param name="http">With base address and authorization; its own time-out has to be infinite.</param>
    /// <param name="time">Measures the deadlines.</param>
    public DcpClient(HttpClient http, TimeProvider time)
    {
        _http = http;
        _time = time;
    }

    /// <summary>Creates the object and returns it as DCP keeps it.</summary>
    /// <exception cref="DcpApiException">409 where the name is taken, 422 where a field is refused.</exception>
    public async Task<T> CreateAsync<T>(T item, CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiRoot + T.Plural);
        request.Content = Body(JsonSerializer.SerializeToUtf8Bytes(item, T.TypeInfo), Json);
        return Read<T>(await SendAsync(request, cancellationToken));
    }

    /// <summary>Null where there is no such object.</summary>
    public async Task<T?> GetAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address<T>(name));
        try
        {
            return Read<T>(await SendAsync(request, cancellationToken));
        }
        catch (DcpApiException refused) when (refused.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiRoot + T.Plural);
        var list = JsonSerializer.Deserialize(await SendAsync(request, cancellationToken), DcpJson.Default.DcpList);
        return [.. (list?.Items ?? []).Select(item => item.Deserialize(T.TypeInfo)).OfType<T>()];
    }

    /// <summary>A merge patch, such as <c>{"spec":{"stop":true}}</c>.</summary>
    public async Task<T> PatchAsync<T>(string name, JsonObject patch, CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, Address<T>(name));
        request.Content = Body(JsonSerializer.SerializeToUtf8Bytes(patch, DcpJson.Default.JsonObject), MergePatch);
        return Read<T>(await SendAsync(request, cancellationToken));
    }

    /// <summary>Starts an executable or container that was created with <c>start: false</c>.</summary>
    public Task<T> StartAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, IDcpObject<T> =>
        PatchAsync<T>(name, new JsonObject { ["spec"] = new JsonObject { ["start"] = true } }, cancellationToken);

    /// <summary>Stops an executable or container for good: a restart is delete and create.</summary>
    public Task<T> StopAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, IDcpObject<T> =>
        PatchAsync<T>(name, new JsonObject { ["spec"] = new JsonObject { ["stop"] = true } }, cancellationToken);

    /// <summary>Asks for deletion, which takes its time. An absent object is fine.</summary>
    public async Task DeleteAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, Address<T>(name));
        try
        {
            await SendAsync(request, cancellationToken);
        }
        catch (DcpApiException refused) when (refused.StatusCode is HttpStatusCode.NotFound)
        {
        }
    }

    /// <summary>Deletes and waits until the name is free again.</summary>
    /// <exception cref="DistributedApplicationException">It was still there at the deadline.</exception>
    public async Task DeleteAndWaitUntilGoneAsync<T>(string name, TimeSpan deadline, CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        var started = _time.GetTimestamp();
        await DeleteAsync<T>(name, cancellationToken);
        while (await GetAsync<T>(name, cancellationToken) is not null)
        {
            if (_time.GetElapsedTime(started) > deadline)
            {
                throw new DistributedApplicationException(DcpProblems.NotDeleted(T.Kind, name, deadline));
            }

            await Task.Delay(GonePoll, _time, cancellationToken);
        }
    }

    /// <summary>
    /// All objects of a kind, then every change to one, until cancelled. The stream is opened anew when it breaks; an object
    /// may then be reported again as it is, and one that went meanwhile is reported as deleted.
    /// </summary>
    /// <exception cref="DistributedApplicationException">DCP has not answered for a while.</exception>
    public IAsyncEnumerable<DcpChange<T>> WatchAsync<T>(CancellationToken cancellationToken)
        where T : class, IDcpObject<T> =>
        new DcpWatch<T>(this, _time).ChangesAsync(cancellationToken);

    /// <summary>
    /// The lines of one source. With <see cref="DcpLogEnd.Follow"/> the stream goes on until some seconds after the process has
    /// ended, or the object is deleted; after a restart it has to be asked for again.
    /// </summary>
    public async IAsyncEnumerable<DcpLogLine> LogAsync<T>(
        string name, DcpLogSource source, DcpLogEnd end, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        var address = $"{Address<T>(name)}/log?source={source.Name}&follow={(end is DcpLogEnd.Follow ? "true" : "false")}&timestamps=true";
        using var lines = await OpenAsync(address, cancellationToken);
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            yield return DcpLogLine.Parse(line);
        }
    }

    public async Task<DcpExecution> ExecutionAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "admin/execution");
        return JsonSerializer.Deserialize(await SendAsync(request, cancellationToken), DcpJson.Default.DcpExecution) ?? new("", null);
    }

    /// <summary>Asks DCP to stop itself, and what <paramref name="cleanup"/> says. Returns as soon as it has agreed.</summary>
    public async Task StopServerAsync(DcpCleanup cleanup, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "admin/execution");
        var wanted = new DcpExecution("Stopping", cleanup is DcpCleanup.Full ? "Full" : "None");
        request.Content = Body(JsonSerializer.SerializeToUtf8Bytes(wanted, DcpJson.Default.DcpExecution), MergePatch);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new DcpApiException(response.StatusCode, Call(request), status: null);
        }
    }

    /// <summary>Opens an endless answer, to be read line by line.</summary>
    internal async Task<DcpLineStream> OpenAsync(string address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return new DcpLineStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
        }

        using (response)
        {
            throw Refusal(request, response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
    }

    internal static string WatchAddress<T>()
        where T : class, IDcpObject<T> => ApiRoot + T.Plural + "?watch=true";

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(CallDeadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return response.IsSuccessStatusCode ? body : throw Refusal(request, response.StatusCode, body);
        }
        catch (OperationCanceledException silent) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException(DcpProblems.Silent(Call(request), CallDeadline), silent);
        }
    }

    private static DcpApiException Refusal(HttpRequestMessage request, HttpStatusCode code, byte[] body)
    {
        DcpErrorStatus? status;
        try
        {
            status = JsonSerializer.Deserialize(body, DcpJson.Default.DcpErrorStatus);
        }
        catch (JsonException)
        {
            // Some errors of the server's outer layers are plain text.
            status = new(System.Text.Encoding.UTF8.GetString(body).Trim(), Reason: null, Details: null);
        }

        return new DcpApiException(code, Call(request), status);
    }

    private static string Call(HttpRequestMessage request) => $"{request.Method} {request.RequestUri?.OriginalString}";

    private static string Address<T>(string name)
        where T : class, IDcpObject<T> => $"{ApiRoot}{T.Plural}/{Uri.EscapeDataString(name)}";

    private static T Read<T>(byte[] body)
        where T : class, IDcpObject<T> =>
        JsonSerializer.Deserialize(body, T.TypeInfo) ?? throw new JsonException($"DCP answered 'null' for one of its {T.Plural}.");

    private static ByteArrayContent Body(byte[] json, MediaTypeHeaderValue type)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = type;
        return content;
    }
}
