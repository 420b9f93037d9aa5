using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Images;
using Platform.Deploy.Oci;

namespace Platform.Deploy.Tests.Images;

public sealed class LayerStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_with_the_same_content_are_not_packed_again()
    {
        var first = await PackedAsync("one");
        // It could not be packed any more: its files are gone.
        Directory.Delete(_folder.File("sources"), recursive: true);

        var second = await LayerStore.Open(_folder.File("store")).PackedAsync("application", Entries("one", write: false), "application of web", Token);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_layer_whose_file_is_gone_is_packed_again()
    {
        var first = await PackedAsync("one");
        File.Delete(FileOf(first));

        var second = await PackedAsync("one");

        Assert.Equal(first, second);
        Assert.True(File.Exists(FileOf(second)));
    }

    [Fact]
    public async Task A_layer_whose_file_was_cut_off_is_packed_again()
    {
        var first = await PackedAsync("one");
        await File.WriteAllTextAsync(FileOf(first), "cut", Token);

        var second = await PackedAsync("one");

        Assert.Equal(second.Layer.Blob.Digest, Digest.Of(await File.ReadAllBytesAsync(FileOf(second), Token)));
    }

    [Fact]
    public async Task What_the_latest_build_does_not_use_is_deleted()
    {
        var first = await PackedAsync("one");

        var second = await PackedAsync("two");

        Assert.Equal([Path.GetFileName(FileOf(second)), "layers.json"], Directory.GetFiles(_folder.File("store")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.NotEqual(first.DiffId, second.DiffId);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_written_anew()
    {
        var first = await PackedAsync("one");
        await File.WriteAllTextAsync(_folder.File("store/layers.json"), "{", Token);

        var second = await PackedAsync("one");

        Assert.Equal(first, second);
    }

    private async Task<AddedLayer> PackedAsync(string content)
    {
        var store = LayerStore.Open(_folder.File("store"));
        var added = await store.PackedAsync("application", Entries(content, write: true), "application of web", Token);
        store.Clean();
        return added;
    }

    private ImmutableArray<LayerEntry> Entries(string content, bool write)
    {
        var source = write ? _folder.Write("sources/a", content) : _folder.File("sources/a");
        return LayerEntry.Complete([new LayerEntry.File("app/a", source, content.Length, Digest.Of(Encoding.UTF8.GetBytes(content)), Executable: false)]);
    }

    private static string FileOf(AddedLayer added) => Assert.IsType<ImageLayer.Packed>(added.Layer).File;
}
