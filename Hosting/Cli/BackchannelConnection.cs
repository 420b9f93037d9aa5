using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Platform.Hosting.Dashboard;

namespace Platform.Hosting.Cli;

/// <summary>
/// One <c>aspire</c> command that is connected. Calls run side by side. A stream is answered with a token, and the command asks for its
/// items by <c>$/enumerator/next</c>, as StreamJsonRpc does.
/// </summary>
internal sealed class BackchannelConnection(JsonRpcStream stream, BackchannelCalls calls) : IAsyncDisposable
{
    private const int UnknownMethod = -32601;
    private const int Failed = -32000;
    private const int Cancelled = -32800;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _calls = new();
    private readonly ConcurrentDictionary<int, IAsyncEnumerator<IReadOnlyList<object>>> _streams = new();
    private readonly CancellationTokenSource _ending = new();
    private int _lastToken;

    /// <summary>Goes on until the command hangs up or the application stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = cancellationToken.Register(_ending.Cancel);
        List<Task> running = [];
        try
        {
            while (await stream.ReadAsync(_ending.Token) is { } message)
            {
                _ = running.RemoveAll(call => call.IsCompleted);
                running.Add(TakeAsync(message));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or InvalidDataException or JsonException)
        {
            // The command was killed, the application stops, or whoever is there is no aspire command.
        }

        await _ending.CancelAsync();
        await Task.WhenAll(running);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var token in _streams.Keys)
        {
            await AbandonAsync(token);
        }

        _ending.Dispose();
    }

    private async Task TakeAsync(JsonElement message)
    {
        var method = message.TryGetProperty("method", out var name) ? name.GetString() ?? "" : "";
        var question = message.TryGetProperty("params", out var parameters) ? FirstOf(parameters) : default;
        try
        {
            if (message.TryGetProperty("id", out var id))
            {
                await stream.WriteAsync(await AnswerAsync(id, method, question), _ending.Token);
            }
            else if (method == "$/cancelRequest" && _calls.TryGetValue(KeyOf(question, "id"), out var call))
            {
                await call.CancelAsync();
            }
            else if (method == "$/enumerator/abandon")
            {
                await AbandonAsync(TokenOf(question));
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    private async Task<JsonObject> AnswerAsync(JsonElement id, string method, JsonElement question)
    {
        using var call = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = JsonNode.Parse(id.GetRawText()) };
        _calls[id.GetRawText()] = call;
        try
        {
            var result = method switch
            {
                "$/enumerator/next" => await NextAsync(TokenOf(question), call.Token),
                "$/enumerator/abandon" => await AbandonAsync(TokenOf(question)),
                _ => await calls.AnswerAsync(method, question, call.Token),
            };
            if (result is null)
            {
                answer["error"] = ErrorOf(UnknownMethod, $"There is no method '{method}'.");
            }
            else
            {
                answer["result"] = JsonSerializer.SerializeToNode(result is IAsyncEnumerable<object> items ? Open(items) : result, Json);
            }
        }
        catch (OperationCanceledException)
        {
            answer["error"] = ErrorOf(Cancelled, "The call was cancelled.");
        }
#pragma warning disable CA1031 // whatever a call fails with is its answer, and the application goes on
        catch (Exception failure)
#pragma warning restore CA1031
        {
            answer["error"] = ErrorOf(Failed, failure.Message);
        }
        finally
        {
            _ = _calls.TryRemove(id.GetRawText(), out _);
        }

        return answer;
    }

    private StreamAnswer Open(IAsyncEnumerable<object> items)
    {
        var token = Interlocked.Increment(ref _lastToken);
        _streams[token] = items.InBatchesAsync(_ending.Token).GetAsyncEnumerator(_ending.Token);
        return new StreamAnswer(token);
    }

    private async Task<object> NextAsync(int token, CancellationToken cancellationToken)
    {
        if (!_streams.TryGetValue(token, out var items))
        {
            return new StreamItems([], Finished: true);
        }

        if (await items.MoveNextAsync().AsTask().WaitAsync(cancellationToken))
        {
            return new StreamItems(items.Current, Finished: false);
        }

        _ = await AbandonAsync(token);
        return new StreamItems([], Finished: true);
    }

    private async Task<object> AbandonAsync(int token)
    {
        if (_streams.TryGetValue(token, out var items) && _streams.TryRemove(KeyValuePair.Create(token, items)))
        {
            await EndAsync(items);
        }

        return new Nothing();
    }

    private static async Task EndAsync(IAsyncEnumerator<IReadOnlyList<object>> items)
    {
        try
        {
            await items.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // It is just being asked for its next item; the end of the connection ends it.
        }
    }

    // The commands send one question, in a list or by name.
    private static JsonElement FirstOf(JsonElement parameters) => parameters.ValueKind switch
    {
        JsonValueKind.Array => parameters.GetArrayLength() > 0 ? parameters[0] : default,
        _ => parameters,
    };

    private static int TokenOf(JsonElement question) => question.ValueKind == JsonValueKind.Number ? question.GetInt32() : question.GetProperty("token").GetInt32();

    private static string KeyOf(JsonElement question, string property) =>
        question.ValueKind == JsonValueKind.Object && question.TryGetProperty(property, out var value) ? value.GetRawText() : "";

    private static JsonObject ErrorOf(int code, string message) => new() { ["code"] = code, ["message"] = message };

    private sealed record StreamAnswer(int Token);

    private sealed record StreamItems(IReadOnlyList<object> Values, bool Finished);
}
