using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Hosting.Cli;

/// <summary>Messages of JSON-RPC 2.0 on a stream, each after a header: <c>Content-Length: 17</c>, an empty line, 17 bytes of JSON.</summary>
internal sealed class JsonRpcStream(Stream stream) : IDisposable
{
    private const int LongestMessage = 4 * 1024 * 1024;

    private readonly PipeReader _reader = PipeReader.Create(stream);
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>The next message; null when the other side has hung up.</summary>
    /// <exception cref="InvalidDataException">The other side speaks something else.</exception>
    public async Task<JsonElement?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await ReadHeaderAsync(cancellationToken) is not { } length)
        {
            return null;
        }

        var body = await _reader.ReadAtLeastAsync(length, cancellationToken);
        if (body.Buffer.Length < length)
        {
            return null;
        }

        var message = body.Buffer.Slice(0, length);
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement.Clone();
        _reader.AdvanceTo(message.End);
        return root;
    }

    public async Task WriteAsync(JsonObject message, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), cancellationToken);
            await stream.WriteAsync(body, cancellationToken);
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task<int?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellationToken);
            if (Header(read.Buffer, out var end) is { } header)
            {
                _reader.AdvanceTo(end);
                return LengthIn(header);
            }

            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.Buffer.Length > LongestMessage)
            {
                return null;
            }
        }
    }

    private static byte[]? Header(ReadOnlySequence<byte> buffer, out SequencePosition end)
    {
        var reader = new SequenceReader<byte>(buffer);
        var found = reader.TryReadTo(out ReadOnlySequence<byte> header, "\r\n\r\n"u8);
        end = reader.Position;
        return found ? header.ToArray() : null;
    }

    private static int LengthIn(ReadOnlySpan<byte> header)
    {
        var name = "Content-Length: "u8;
        var start = header.IndexOf(name);
        return start >= 0 && Utf8Parser.TryParse(header[(start + name.Length)..], out int length, out _) && length is >= 0 and <= LongestMessage
            ? length
            : throw new InvalidDataException("A message without Content-Length.");
    }
}
