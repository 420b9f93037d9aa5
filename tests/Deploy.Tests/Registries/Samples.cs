using System.Text;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Registries;

/// <summary>The smallest images that there can be.</summary>
internal static class Samples
{
    /// <summary>An image with one layer, which is a text.</summary>
    public static (StoredManifest Manifest, byte[] Layer, byte[] Config) Image(string text)
    {
        var layer = Encoding.UTF8.GetBytes(text);
        var config = """{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}"""u8.ToArray();
        var manifest = StoredManifest.Of(new ImageManifest
        {
            MediaType = MediaTypes.Manifest,
            Config = new Descriptor(MediaTypes.Config, Digest.Of(config), config.Length),
            Layers = [new Descriptor(MediaTypes.Layer, Digest.Of(layer), layer.Length)],
        });
        return (manifest, layer, config);
    }
}
