using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Hosting.Cli;

namespace Platform.Hosting.Tests.Cli;

/// <summary>The other end of a backchannel, as an aspire command would hold it.</summary>
internal sealed class BackchannelClient(string path) : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private JsonRpcStream? _stream;
    private int _lastId;

    /// <summary>Calls a method; returns its result, or its error.</summary>
    public async Task<JsonElement> CallAsync(string method, object? question)
    {
        var stream = _stream ??= await ConnectAsync();
        var id = ++_lastId;
        await stream.WriteAsync(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id,
                ["method"] = method,
                ["params"] = question is null ? new JsonArray() : new JsonArray(JsonSerializer.SerializeToNode(question, JsonSerializerOptions.Web)),
            },
            TestContext.Current.CancellationToken);
        var answer = await stream.ReadAsync(TestContext.Current.CancellationToken) ?? throw new IOException("Hung up.");
        Assert.Equal(id, answer.GetProperty("id").GetInt32());
        return answer.TryGetProperty("result", out var result) ? result : answer.GetProperty("error");
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _socket.Dispose();
    }

    private async Task<JsonRpcStream> ConnectAsync()
    {
        await _socket.ConnectAsync(new UnixDomainSocketEndPoint(path), TestContext.Current.CancellationToken);
        return new JsonRpcStream(new NetworkStream(_socket));
    }
}
