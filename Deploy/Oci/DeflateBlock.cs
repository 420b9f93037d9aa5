using System.Numerics;

namespace Platform.Deploy.Oci;

/// <summary>
/// Literals and matches until they are written as one block of deflate (RFC 1951), in the shortest of its three forms.
/// </summary>
internal sealed class DeflateBlock
{
    public const int Capacity = 32 * 1024;
    private const int EndOfBlock = 256;
    private const int CodeLimit = 15;
    private const int LengthCodeLimit = 7;
    private const int MatchFlag = 1 << 31;

    private static readonly byte[] LengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    private static readonly (byte Code, byte Extra, byte Base)[] Lengths = LengthTable();
    private static readonly HuffmanCode FixedLiterals = new([.. Repeated(8, 144), .. Repeated(9, 112), .. Repeated(7, 24), .. Repeated(8, 8)]);
    private static readonly HuffmanCode FixedDistances = new([.. Repeated(5, 30)]);

    private readonly int[] _tokens = new int[Capacity];
    private readonly int[] _literals = new int[286];
    private readonly int[] _distances = new int[30];
    private int _count;

    public bool Full => _count == Capacity;

    public bool Empty => _count == 0;

    public void Literal(byte value)
    {
        _tokens[_count++] = value;
        _literals[value]++;
    }

    /// <param name="length">3 to 258.</param>
    /// <param name="distance">1 to 32768.</param>
    public void Match(int length, int distance)
    {
        _tokens[_count++] = MatchFlag | ((length - 3) << 16) | (distance - 1);
        _literals[257 + Lengths[length - 3].Code]++;
        _distances[DistanceCode(distance - 1)]++;
    }

    /// <param name="plain">What the tokens stand for.</param>
    /// <param name="last">Whether the stream ends with it.</param>
    /// <param name="output">Gets the block's bits.</param>
    public void Write(ReadOnlySpan<byte> plain, bool last, BitWriter output)
    {
        _literals[EndOfBlock] = 1;
        var literals = HuffmanCode.Of(_literals, CodeLimit);
        var distances = HuffmanCode.Of(_distances, CodeLimit);
        var description = new CodeDescription(literals.Lengths, distances.Lengths);

        var asDynamic = description.Bits + Bits(literals, distances);
        var asFixed = Bits(FixedLiterals, FixedDistances);
        var stored = (long)(plain.Length + 5) * 8;
        if (stored < Math.Min(asDynamic, asFixed) && plain.Length <= ushort.MaxValue)
        {
            output.Write(last ? 1u : 0, 3);
            output.Align();
            output.Write((uint)plain.Length, 16);
            output.Write((uint)plain.Length ^ 0xffff, 16);
            output.Align();
            output.Write(plain);
        }
        else if (asFixed <= asDynamic)
        {
            output.Write((1u << 1) | (last ? 1u : 0), 3);
            WriteTokens(FixedLiterals, FixedDistances, output);
        }
        else
        {
            output.Write((2u << 1) | (last ? 1u : 0), 3);
            description.Write(output);
            WriteTokens(literals, distances, output);
        }

        _count = 0;
        Array.Clear(_literals);
        Array.Clear(_distances);
    }

    private long Bits(HuffmanCode literals, HuffmanCode distances)
    {
        long bits = 0;
        for (var symbol = 0; symbol < _literals.Length; symbol++)
        {
            bits += (long)_literals[symbol] * (literals.Lengths[symbol] + (symbol > EndOfBlock ? LengthExtra(symbol - 257) : 0));
        }

        for (var symbol = 0; symbol < _distances.Length; symbol++)
        {
            bits += (long)_distances[symbol] * (distances.Lengths[symbol] + DistanceExtra(symbol));
        }

        return bits;
    }

    private void WriteTokens(HuffmanCode literals, HuffmanCode distances, BitWriter output)
    {
        foreach (var token in _tokens.AsSpan(0, _count))
        {
            if (token >= 0)
            {
                literals.Write(output, token);
                continue;
            }

            var length = (token >> 16) & 0xff;
            var (code, extra, lowest) = Lengths[length];
            literals.Write(output, 257 + code);
            output.Write((uint)(length - lowest), extra);

            var distance = token & 0xffff;
            var distanceCode = DistanceCode(distance);
            var distanceExtra = DistanceExtra(distanceCode);
            distances.Write(output, distanceCode);
            output.Write((uint)distance & ((1u << distanceExtra) - 1), distanceExtra);
        }

        literals.Write(output, EndOfBlock);
    }

    private static IEnumerable<byte> Repeated(byte value, int times) => Enumerable.Repeat(value, times);

    private static int LengthExtra(int code) => code is < 8 or 28 ? 0 : (code >> 2) - 1;

    private static int DistanceExtra(int code) => code < 4 ? 0 : (code >> 1) - 1;

    // Two codes a power of two: the highest bit and the one below it.
    private static int DistanceCode(int distance)
    {
        if (distance < 4)
        {
            return distance;
        }

        var highest = BitOperations.Log2((uint)distance);
        return (2 * highest) + ((distance >> (highest - 1)) & 1);
    }

    // By length - 3: code, extra bits, the lowest length - 3 of the code. 258 has a code of its own.
    private static (byte Code, byte Extra, byte Base)[] LengthTable()
    {
        var table = new (byte Code, byte Extra, byte Base)[256];
        var length = 0;
        for (var code = 0; code < 28; code++)
        {
            var extra = LengthExtra(code);
            var lowest = length;
            for (; length < Math.Min(256, lowest + (1 << extra)); length++)
            {
                table[length] = ((byte)code, (byte)extra, (byte)lowest);
            }
        }

        table[255] = (28, 0, 255);
        return table;
    }

    /// <summary>The lengths of both codes as deflate puts them before a block: runs, which have a third code.</summary>
    private sealed class CodeDescription
    {
        private readonly List<(byte Symbol, byte Extra)> _runs = [];
        private readonly HuffmanCode _code;
        private readonly int _literals;
        private readonly int _distances;
        private readonly int _shown;

        public CodeDescription(byte[] literals, byte[] distances)
        {
            _literals = Math.Max(257, Array.FindLastIndex(literals, length => length > 0) + 1);
            _distances = Math.Max(1, Array.FindLastIndex(distances, length => length > 0) + 1);
            AddRuns([.. literals.AsSpan(0, _literals), .. distances.AsSpan(0, _distances)]);

            var counts = new int[19];
            foreach (var (symbol, _) in _runs)
            {
                counts[symbol]++;
            }

            _code = HuffmanCode.Of(counts, LengthCodeLimit);
            _shown = LengthOrder.Length;
            while (_shown > 4 && _code.Lengths[LengthOrder[_shown - 1]] == 0)
            {
                _shown--;
            }
        }

        public long Bits => 14 + (3 * _shown) + _runs.Sum(run => (long)_code.Lengths[run.Symbol] + ExtraBits(run.Symbol));

        public void Write(BitWriter output)
        {
            output.Write((uint)(_literals - 257), 5);
            output.Write((uint)(_distances - 1), 5);
            output.Write((uint)(_shown - 4), 4);
            for (var i = 0; i < _shown; i++)
            {
                output.Write(_code.Lengths[LengthOrder[i]], 3);
            }

            foreach (var (symbol, extra) in _runs)
            {
                _code.Write(output, symbol);
                output.Write(extra, ExtraBits(symbol));
            }
        }

        private static int ExtraBits(byte symbol) => symbol switch { 16 => 2, 17 => 3, 18 => 7, _ => 0 };

        private void AddRuns(ReadOnlySpan<byte> lengths)
        {
            for (var i = 0; i < lengths.Length;)
            {
                var value = lengths[i];
                var run = lengths[i..].IndexOfAnyExcept(value) is var end and >= 0 ? end : lengths.Length - i;
                if (value == 0 && run >= 3)
                {
                    run = Math.Min(run, 138);
                    _runs.Add(run <= 10 ? ((byte)17, (byte)(run - 3)) : ((byte)18, (byte)(run - 11)));
                }
                else if (value != 0 && run >= 4)
                {
                    // The value once, then how often again.
                    run = Math.Min(run, 7);
                    _runs.Add((value, 0));
                    _runs.Add((16, (byte)(run - 4)));
                }
                else
                {
                    run = 1;
                    _runs.Add((value, 0));
                }

                i += run;
            }
        }
    }
}
