using System.Buffers.Binary;
using System.Numerics;

namespace Platform.Deploy.Oci;

/// <summary>
/// Deflate (RFC 1951) whose output depends on the input alone. zlib gives no such promise: its bytes change with its version, and may with the
/// processor, so the digest of a layer would depend on the machine that packed it.
/// </summary>
internal sealed class DeflateEncoder
{
    private const int Window = 32 * 1024;
    private const int ChunkSize = 256 * 1024;
    private const int ShortestMatch = 4;
    private const int LongestMatch = 258;
    private const int HashBits = 16;
    private const int Nowhere = -1;

    // How hard matches are looked for: near zlib's level 6 in size, and about as fast.
    private const int ChainLimit = 24;
    private const int GoodMatch = 16;
    private const int NiceMatch = 96;

    private readonly byte[] _buffer = new byte[Window + ChunkSize];
    private readonly int[] _heads = new int[1 << HashBits];
    private readonly int[] _previous = new int[Window + ChunkSize];
    private readonly DeflateBlock _block = new();
    private readonly BitWriter _bits = new();
    private int _start;
    private int _end;

    public DeflateEncoder() => Array.Fill(_heads, Nowhere);

    /// <summary>What can be written so far; to be taken before the next call.</summary>
    public ReadOnlyMemory<byte> Output => _bits.Bytes;

    /// <summary>Takes as much input as fits, and compresses where the buffer is full.</summary>
    /// <returns>How many bytes were taken.</returns>
    public int Append(ReadOnlySpan<byte> input)
    {
        _bits.Clear();
        var taken = Math.Min(input.Length, _buffer.Length - _end);
        input[..taken].CopyTo(_buffer.AsSpan(_end));
        _end += taken;
        if (_end == _buffer.Length)
        {
            Compress(last: false);
            Slide();
        }

        return taken;
    }

    public void Finish()
    {
        _bits.Clear();
        Compress(last: true);
        _bits.Align();
    }

    // Matches end with the chunk, so that a chunk can be compressed before the next one is there.
    private void Compress(bool last)
    {
        var blockStart = _start;
        var position = _start;
        var (length, distance) = Find(position, 0);
        while (position < _end)
        {
            Insert(position);
            // One literal may pay where the match after it is longer.
            var next = length is > 0 and < NiceMatch ? Find(position + 1, length) : default;
            var taken = 1;
            if (length == 0 || next.Length > length)
            {
                _block.Literal(_buffer[position]);
            }
            else
            {
                _block.Match(length, distance);
                taken = length;
                for (var i = 1; i < length; i++)
                {
                    Insert(position + i);
                }
            }

            position += taken;
            (length, distance) = taken == 1 && next.Length > 0 ? next : Find(position, 0);
            if (_block.Full)
            {
                _block.Write(_buffer.AsSpan(blockStart, position - blockStart), last && position == _end, _bits);
                blockStart = position;
            }
        }

        if (!_block.Empty || (last && (blockStart == _start || blockStart < position)))
        {
            _block.Write(_buffer.AsSpan(blockStart, position - blockStart), last, _bits);
        }

        _start = _end;
    }

    // The longest match that begins at a position and is longer than one that is known; the nearest of the longest.
    private (int Length, int Distance) Find(int position, int known)
    {
        var limit = Math.Min(LongestMatch, _end - position);
        if (limit < ShortestMatch)
        {
            return default;
        }

        var best = Math.Max(known, ShortestMatch - 1);
        if (best >= limit)
        {
            return default;
        }

        var distance = 0;
        var chain = known >= GoodMatch ? ChainLimit / 4 : ChainLimit;
        var buffer = _buffer.AsSpan(0, _end);
        var lowest = Math.Max(0, position - Window);
        for (var candidate = _heads[Hash(position)]; candidate >= lowest && chain > 0; candidate = _previous[candidate], chain--)
        {
            if (buffer[candidate + best] != buffer[position + best])
            {
                continue;
            }

            var length = Common(buffer[candidate..], buffer[position..], limit);
            if (length > best)
            {
                best = length;
                distance = position - candidate;
                if (best >= NiceMatch || best == limit)
                {
                    break;
                }
            }
        }

        return distance == 0 ? default : (best, distance);
    }

    private static int Common(ReadOnlySpan<byte> earlier, ReadOnlySpan<byte> later, int limit)
    {
        var length = 0;
        for (; length + 8 <= limit; length += 8)
        {
            var difference = BinaryPrimitives.ReadUInt64LittleEndian(earlier[length..]) ^ BinaryPrimitives.ReadUInt64LittleEndian(later[length..]);
            if (difference != 0)
            {
                return length + (BitOperations.TrailingZeroCount(difference) / 8);
            }
        }

        while (length < limit && earlier[length] == later[length])
        {
            length++;
        }

        return length;
    }

    private void Insert(int position)
    {
        if (_end - position >= ShortestMatch)
        {
            ref var head = ref _heads[Hash(position)];
            _previous[position] = head;
            head = position;
        }
    }

    private uint Hash(int position) => (BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(position)) * 2654435761u) >> (32 - HashBits);

    // Keeps the last window and moves it, with all that points into it, to the front.
    private void Slide()
    {
        var shift = _end - Window;
        _buffer.AsSpan(shift, Window).CopyTo(_buffer);
        for (var i = 0; i < _heads.Length; i++)
        {
            _heads[i] = Math.Max(_heads[i] - shift, Nowhere);
        }

        for (var i = 0; i < Window; i++)
        {
            _previous[i] = Math.Max(_previous[i + shift] - shift, Nowhere);
        }

        _start = Window;
        _end = Window;
    }
}
