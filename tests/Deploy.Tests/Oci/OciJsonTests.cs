using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Oci;

public sealed class OciJsonTests
{
    private static readonly Digest One = Digest.Of([1]);

    [Fact]
    public void A_manifest_has_these_bytes()
    {
        var manifest = StoredManifest.Of(new ImageManifest
        {
            MediaType = MediaTypes.Manifest,
            Config = new Descriptor(MediaTypes.Config, One, 12),
            Layers = [new Descriptor(MediaTypes.LayerGzip, One, 345)],
        });

        Assert.Equal(
            $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{One}}","size":12},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"{{One}}","size":345}]}""",
            Encoding.UTF8.GetString(manifest.Content.AsSpan()));
        Assert.Equal(new Descriptor(MediaTypes.Manifest, Digest.Of(manifest.Content.AsSpan()), manifest.Content.Length), manifest.Descriptor);
    }

    [Fact]
    public void An_index_has_these_bytes()
    {
        var index = StoredManifest.Of(new ImageIndex
        {
            MediaType = MediaTypes.Index,
            Manifests = [new Descriptor(MediaTypes.Manifest, One, 12) { Platform = new ImagePlatform("arm64", "linux") { Variant = "v8" } }],
            Annotations = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("b", "<2> & \"x\"").Add("a", "1"),
        });

        Assert.Equal(
            $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{One}}}","size":12,"platform":{"architecture":"arm64","os":"linux","variant":"v8"}}],"annotations":{"a":"1","b":"<2> & \"x\""}}""",
            Encoding.UTF8.GetString(index.Content.AsSpan()));
    }

    [Fact]
    public void A_config_keeps_what_it_does_not_know()
    {
        var json =
            """{"created":"2026-01-02T03:04:05Z","architecture":"amd64","os":"linux","config":{"User":"1654","ExposedPorts":{"8080/tcp":{}},"Env":["A=1","B=2"],"Healthcheck":{"Test":["NONE"]}},"""
            + $$"""
            "rootfs":{"type":"layers","diff_ids":["{{One}}"]},"history":[{"created_by":"base","empty_layer":true,"author":"Ann"}],"moby.buildkit.cache":"x"}
            """;

        var config = JsonSerializer.Deserialize(json, OciJson.Config);

        Assert.Equal(json, JsonSerializer.Serialize(config!, OciJson.Config));
    }

    [Theory]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar.gzip", MediaTypes.LayerGzip)]
    [InlineData(MediaTypes.Layer, MediaTypes.Layer)]
    [InlineData(MediaTypes.LayerGzip, MediaTypes.LayerGzip)]
    [InlineData(MediaTypes.LayerZstd, MediaTypes.LayerZstd)]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", null)]
    public void The_layers_of_Docker_s_images_have_names_of_OCI(string mediaType, string? expected)
    {
        var name = MediaTypes.OciLayer(mediaType);

        Assert.Equal(expected, name);
    }

    [Theory]
    [InlineData("amd64", null, "linux/amd64")]
    [InlineData("arm64", "v8", "linux/arm64/v8")]
    public void A_platform_is_written_as_everyone_does(string architecture, string? variant, string expected)
    {
        var platform = new ImagePlatform(architecture, "linux") { Variant = variant };

        Assert.Equal(expected, platform.ToString());
    }
}
