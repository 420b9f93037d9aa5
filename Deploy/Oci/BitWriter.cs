using System.Buffers.Binary;

namespace Platform.Deploy.Oci;

/// <summary>Bits in deflate's order, lowest first, into a buffer that grows.</summary>
internal sealed class BitWriter
{
    private byte[] _bytes = new byte[64 * 1024];
    private int _length;
    private ulong _bits;
    private int _count;

    /// <summary>The whole bytes so far.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <param name="bits">No bit above <paramref name="count"/> may be set.</param>
    /// <param name="count">At most 32.</param>
    public void Write(uint bits, int count)
    {
        _bits |= (ulong)bits << _count;
        _count += count;
        if (_count >= 32)
        {
            Room(4);
            BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_length), (uint)_bits);
            _length += 4;
            _bits >>= 32;
            _count -= 32;
        }
    }

    /// <summary>Fills up to the next byte with zeros.</summary>
    public void Align()
    {
        Room(8);
        for (; _count > 0; _count -= 8)
        {
            _bytes[_length++] = (byte)_bits;
            _bits >>= 8;
        }

        _count = 0;
    }

    /// <summary>Only on a whole byte: after <see cref="Align"/>.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Forgets the whole bytes; the bits of the one that is not whole stay.</summary>
    public void Clear() => _length = 0;

    private void Room(int more)
    {
        if (_bytes.Length - _length < more)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
        }
    }
}
