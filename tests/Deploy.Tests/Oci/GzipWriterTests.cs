using System.IO.Compression;
using System.Text;
using Platform.Deploy.Oci;
using Platform.Deploy.Tests.Registries;

namespace Platform.Deploy.Tests.Oci;

public sealed class GzipWriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Contents => new(Content.Keys);

    // What compresses well, badly, not at all; shorter and longer than a window, a chunk and a block.
    private static Dictionary<string, byte[]> Content { get; } = new()
    {
        ["nothing"] = [],
        ["one byte"] = [42],
        ["three bytes"] = [1, 2, 3],
        ["zeros"] = new byte[1_000_000],
        ["a word again and again"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Platform ", 100_000))),
        ["noise"] = RegistrySession.Content(700_001),
        ["noise, then the same at the far end of the window"] = [.. RegistrySession.Content(32_768), .. RegistrySession.Content(32_768)],
        ["noise, then the same beyond the window"] = [.. RegistrySession.Content(40_000), .. RegistrySession.Content(40_000)],
        ["every byte"] = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * 7 % 256))],
        ["sparse"] = [.. Enumerable.Range(0, 600_000).Select(i => i % 977 == 0 ? (byte)(i / 977) : (byte)0)],
        ["text"] = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"{i}: {i * i % 9973}, {(i % 3 == 0 ? "three" : "other")}"))),
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task What_was_compressed_is_what_is_unpacked(string name)
    {
        var content = Content[name];

        var packed = await PackedAsync(content, piece: content.Length + 1);

        using var unpacked = new MemoryStream();
        await using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        await gzip.CopyToAsync(unpacked, Token);
        Assert.Equal(content, unpacked.ToArray());
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task However_it_is_written_the_bytes_are_the_same(string name)
    {
        var content = Content[name];

        var (whole, inPieces) = (await PackedAsync(content, piece: content.Length + 1), await PackedAsync(content, piece: 1_021));

        Assert.Equal(Digest.Of(whole), Digest.Of(inPieces));
    }

    // With another value every layer of every image gets another digest: a change of the encoder is a change of the format of LayerStore.
    [Fact]
    public async Task The_bytes_are_those_of_the_last_version()
    {
        var digests = new StringBuilder();
        foreach (var (name, content) in Content)
        {
            var packed = await PackedAsync(content, piece: 10_000);
            digests.Append(System.Globalization.CultureInfo.InvariantCulture, $"{name}: {content.Length} -> {packed.Length} {Digest.Of(packed).Short}\n");
        }

        Golden.Matches(digests.ToString(), "Oci/gzip.txt");
    }

    [Fact]
    public async Task It_is_about_as_small_as_with_zlib()
    {
        var content = Content["text"];
        using var other = new MemoryStream();
        await using (var zlib = new GZipStream(other, CompressionLevel.Optimal, leaveOpen: true))
        {
            await zlib.WriteAsync(content, Token);
        }

        var packed = await PackedAsync(content, piece: 10_000);

        Assert.InRange(packed.Length, 0, other.Length * 1.05);
    }

    [Fact]
    public async Task The_header_says_neither_a_time_nor_a_system()
    {
        var packed = await PackedAsync([1, 2, 3], piece: 10);

        Assert.Equal([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff], packed[..10]);
    }

    private static async Task<byte[]> PackedAsync(byte[] content, int piece)
    {
        using var output = new MemoryStream();
        await using var gzip = new GzipWriter(output);
        for (var at = 0; at < content.Length; at += piece)
        {
            await gzip.WriteAsync(content.AsMemory(at, Math.Min(piece, content.Length - at)), Token);
        }

        await gzip.FinishAsync(Token);
        return output.ToArray();
    }
}
