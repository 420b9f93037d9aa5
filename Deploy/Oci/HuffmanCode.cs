namespace Platform.Deploy.Oci;

/// <summary>A prefix code for one alphabet, with lengths that are at most a limit. The same counts give the same code.</summary>
internal sealed class HuffmanCode
{
    private readonly uint[] _codes;

    /// <param name="lengths">In bits; 0 for a symbol that does not occur.</param>
    public HuffmanCode(byte[] lengths)
    {
        Lengths = lengths;
        _codes = Codes(lengths);
    }

    public byte[] Lengths { get; }

    public void Write(BitWriter output, int symbol) => output.Write(_codes[symbol], Lengths[symbol]);

    /// <param name="counts">How often each symbol occurs.</param>
    /// <param name="limit">The most bits that a symbol may have.</param>
    public static HuffmanCode Of(ReadOnlySpan<int> counts, int limit)
    {
        var lengths = new byte[counts.Length];
        var symbols = new List<(int Count, int Symbol)>();
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] > 0)
            {
                symbols.Add((counts[symbol], symbol));
            }
        }

        if (symbols.Count <= 2)
        {
            foreach (var (_, symbol) in symbols)
            {
                lengths[symbol] = 1;
            }

            return new HuffmanCode(lengths);
        }

        symbols.Sort();
        var perLength = PerLength(symbols, limit);
        var next = 0;
        for (var length = limit; length > 0; length--)
        {
            for (var i = 0; i < perLength[length]; i++)
            {
                lengths[symbols[next++].Symbol] = (byte)length;
            }
        }

        return new HuffmanCode(lengths);
    }

    // How many symbols have each length, for counts in rising order.
    private static int[] PerLength(List<(int Count, int Symbol)> symbols, int limit)
    {
        // Two queues, leaves and inner nodes, both in rising order: the two smallest heads become one node.
        var leaves = symbols.Count;
        var weight = new long[(2 * leaves) - 1];
        var parent = new int[(2 * leaves) - 1];
        for (var i = 0; i < leaves; i++)
        {
            weight[i] = symbols[i].Count;
        }

        int leaf = 0, inner = leaves;
        for (var node = leaves; node < weight.Length; node++)
        {
            for (var child = 0; child < 2; child++)
            {
                var smallest = leaf < leaves && (inner >= node || weight[leaf] <= weight[inner]) ? leaf++ : inner++;
                weight[node] += weight[smallest];
                parent[smallest] = node;
            }
        }

        var depth = new int[weight.Length];
        var perLength = new int[limit + 1];
        for (var node = weight.Length - 2; node >= 0; node--)
        {
            depth[node] = depth[parent[node]] + 1;
            if (node < leaves)
            {
                perLength[Math.Min(depth[node], limit)]++;
            }
        }

        Shorten(perLength, limit);
        return perLength;
    }

    // Cutting lengths off at the limit can use more codes than there are: a shorter symbol is moved down for each one too many.
    private static void Shorten(int[] perLength, int limit)
    {
        long used = 0;
        for (var length = 1; length <= limit; length++)
        {
            used += (long)perLength[length] << (limit - length);
        }

        for (; used > 1L << limit; used--)
        {
            perLength[limit]--;
            var length = limit - 1;
            while (perLength[length] == 0)
            {
                length--;
            }

            perLength[length]--;
            perLength[length + 1] += 2;
        }
    }

    // Canonical codes: by length, then by symbol; bits reversed, since deflate writes a code from its first bit.
    private static uint[] Codes(byte[] lengths)
    {
        var codes = new uint[lengths.Length];
        uint code = 0;
        for (var length = 1; length <= 15; length++)
        {
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    codes[symbol] = Reversed(code++, length);
                }
            }

            code <<= 1;
        }

        return codes;
    }

    private static uint Reversed(uint code, int length)
    {
        uint reversed = 0;
        for (var i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }

        return reversed;
    }
}
