using System.Buffers.Binary;
using System.IO.Hashing;

namespace Platform.Deploy.Oci;

/// <summary>Gzip (RFC 1952) whose bytes depend on the content alone: the header says neither a time nor a system.</summary>
internal sealed class GzipWriter(Stream output) : Stream
{
    // Magic, deflate, no flags, no time, no level, unknown system.
    private static readonly byte[] Header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

    private readonly DeflateEncoder _deflate = new();
    private readonly Crc32 _check = new();
    private uint _length;
    private bool _started;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_started)
        {
            _started = true;
            await output.WriteAsync(Header, cancellationToken);
        }

        _check.Append(buffer.Span);
        _length += (uint)buffer.Length;
        while (!buffer.IsEmpty)
        {
            buffer = buffer[_deflate.Append(buffer.Span)..];
            await output.WriteAsync(_deflate.Output, cancellationToken);
        }
    }

    /// <summary>Writes what is left and the check sum. Nothing may be written afterwards.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(ReadOnlyMemory<byte>.Empty, cancellationToken);
        _deflate.Finish();
        await output.WriteAsync(_deflate.Output, cancellationToken);
        var trailer = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _check.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(4), _length);
        await output.WriteAsync(trailer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => output.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
