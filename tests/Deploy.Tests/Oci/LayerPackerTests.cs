using System.Collections.Immutable;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Platform.Deploy.Oci;
using Platform.Deploy.Tests.Registries;

namespace Platform.Deploy.Tests.Oci;

public sealed class LayerPackerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Owner_mode_and_time_depend_on_nothing_but_the_entry()
    {
        var entries = LayerEntry.Complete([File("app/Web", "\u007fELF", executable: true), File("app/wwwroot/site.css", "body {}", executable: false), new LayerEntry.Link("app/latest", "Web")]);

        var (blob, _) = await PackedAsync(entries);

        Golden.Matches(await ListedAsync(blob), "Oci/layer.txt");
    }

    [Fact]
    public async Task The_same_files_give_the_same_bytes_wherever_and_whenever_they_are()
    {
        var first = await PackedAsync(LayerEntry.Complete([File("app/a.dll", "content", executable: false, at: "one/a")]));
        var second = LayerEntry.Complete([File("app/a.dll", "content", executable: false, at: "two/deeper/other-name")]);
        System.IO.File.SetLastWriteTimeUtc(_folder.File("two/deeper/other-name"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        var again = await PackedAsync(second);

        Assert.Equal(first.Packed, again.Packed);
        Assert.Equal(first.Blob, again.Blob);
    }

    [Fact]
    public async Task The_order_of_files_does_not_matter()
    {
        LayerEntry[] files = [File("app/b", "b", executable: false), File("app/a/z", "z", executable: false), File("app/a.txt", "t", executable: false)];

        var (forwards, backwards) = (LayerEntry.Complete(files), LayerEntry.Complete(files.Reverse()));

        Assert.Equal(["app", "app/a", "app/a.txt", "app/a/z", "app/b"], forwards.Select(entry => entry.Path));
        Assert.Equal(await PackedAsync(forwards) is var one ? one.Packed : null, (await PackedAsync(backwards)).Packed);
    }

    [Fact]
    public async Task Digest_and_diff_id_are_those_of_the_bytes()
    {
        var (blob, packed) = await PackedAsync(LayerEntry.Complete([File("app/a", "content", executable: false)]));

        using var tar = new MemoryStream();
        await using var gzip = new GZipStream(new MemoryStream(blob), CompressionMode.Decompress);
        await gzip.CopyToAsync(tar, Token);
        Assert.Equal(new PackedLayer(new Descriptor(MediaTypes.LayerGzip, Digest.Of(blob), blob.Length), Digest.Of(tar.ToArray()), tar.Length), packed);
    }

    [Fact]
    public async Task Content_decides_the_time_so_that_browsers_see_a_change_of_equal_length()
    {
        var (one, other) = (File("app/site.css", "body { color: #000000 }", executable: false, at: "1"), File("app/site.css", "body { color: #ffffff }", executable: false, at: "2"));

        Assert.Equal(one.Size, other.Size);
        Assert.NotEqual(one.Time, other.Time);
        Assert.All([one, other], file => Assert.InRange(file.Time, LayerEntry.Beginning, LayerEntry.Beginning.AddYears(9)));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(155)]
    [InlineData(256)]
    [InlineData(400)]
    public async Task A_path_of_any_length_is_read_back(int length)
    {
        var name = string.Concat(Enumerable.Range(0, length).Select(i => i % 40 == 39 && i < length - 1 ? '/' : 'n'));

        var (blob, _) = await PackedAsync([File(name, "x", executable: false, at: "source")]);

        Assert.Equal([name], await NamesAsync(blob));
    }

    [Theory]
    [InlineData("app/größe.txt")]
    [InlineData("app/文件.txt")]
    [InlineData("app/a name with spaces")]
    public async Task A_path_of_any_letters_is_read_back(string name)
    {
        var (blob, _) = await PackedAsync([File(name, "x", executable: false, at: "source")]);

        Assert.Equal([name], await NamesAsync(blob));
    }

    [Fact]
    public async Task One_name_without_a_slash_that_is_too_long_is_read_back()
    {
        var name = new string('n', 180);

        var (blob, _) = await PackedAsync([File(name, "x", executable: false, at: "source")]);

        Assert.Equal([name], await NamesAsync(blob));
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_packed_is_noticed()
    {
        var file = File("app/a", "content", executable: false);
        await System.IO.File.WriteAllTextAsync(file.Source, "changed", Token);

        var failure = await Assert.ThrowsAsync<IOException>(() => PackedAsync([file]));

        Assert.Equal($"'{file.Source}' was changed while it was packed.", failure.Message);
    }

    [Fact]
    public async Task A_full_disk_is_told_apart()
    {
        await using var full = new FullStream();

        var failure = await Assert.ThrowsAsync<IOException>(() => LayerPacker.PackAsync([File("app/a", "content", executable: false)], full, Token));

        Assert.True(FullDisk.Is(failure));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_archive_of_others_is_packed_to_the_same_layer_however_it_was_compressed(bool isCompressed)
    {
        var (blob, packed) = await PackedAsync(LayerEntry.Complete([File("app/a", "content", executable: false)]));
        var archive = _folder.File("archive");
        await using (var gzip = new GZipStream(new MemoryStream(blob), CompressionMode.Decompress))
        await using (var plain = System.IO.File.Create(archive))
        await using (var target = isCompressed ? (Stream)new GZipStream(plain, CompressionLevel.Fastest) : plain)
        {
            await gzip.CopyToAsync(target, Token);
        }

        using var output = new MemoryStream();
        var again = await LayerPacker.RepackAsync(archive, packed.DiffId, output, Token);

        Assert.Equal(packed, again);
        Assert.Equal(blob, output.ToArray());
    }

    [Fact]
    public async Task An_archive_that_is_not_what_its_maker_says_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(_folder.File("archive"), "no tar", Token);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => LayerPacker.RepackAsync(_folder.File("archive"), Digest.Of([]), Stream.Null, Token));

        Assert.Equal($"A layer that is said to be {Digest.Of([]).Short} is {Digest.Of("no tar"u8).Short}.", failure.Message);
    }

    private LayerEntry.File File(string path, string content, bool executable, string? at = null)
    {
        var source = _folder.Write(at ?? path, content);
        var bytes = Encoding.UTF8.GetBytes(content);
        return new LayerEntry.File(path, source, bytes.Length, Digest.Of(bytes), executable);
    }

    private static async Task<(byte[] Blob, PackedLayer Packed)> PackedAsync(ImmutableArray<LayerEntry> entries)
    {
        using var output = new MemoryStream();
        var packed = await LayerPacker.PackAsync(entries, output, Token);
        return (output.ToArray(), packed);
    }

    private static async Task<List<string>> NamesAsync(byte[] blob)
    {
        var names = new List<string>();
        await using var tar = new TarReader(new GZipStream(new MemoryStream(blob), CompressionMode.Decompress));
        while (await tar.GetNextEntryAsync(copyData: false, Token) is { } entry)
        {
            names.Add(entry.Name);
        }

        return names;
    }

    private static async Task<string> ListedAsync(byte[] blob)
    {
        var text = new StringBuilder();
        await using var tar = new TarReader(new GZipStream(new MemoryStream(blob), CompressionMode.Decompress));
        while (await tar.GetNextEntryAsync(copyData: false, Token) is { } entry)
        {
            text.Append(string.Create(CultureInfo.InvariantCulture, $"{entry.Format} {entry.EntryType} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.ModificationTime:yyyy-MM-dd'T'HH:mm:ss} {entry.Length} {entry.Name} {entry.LinkName}").TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
