namespace Platform.Deploy.Oci;

/// <summary>
/// Of the OCI image specification, and of Docker's schema 2 that came before it: bases come in either, we write OCI's.
/// The JSON is the same in both; only the names differ.
/// </summary>
internal static class MediaTypes
{
    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Config = "application/vnd.oci.image.config.v1+json";
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";
    public const string LayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string LayerZstd = "application/vnd.oci.image.layer.v1.tar+zstd";
    public const string Empty = "application/vnd.oci.empty.v1+json";
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string Spdx = "application/spdx+json";
    public const string InToto = "application/vnd.in-toto+json";
    private const string DockerLayerGzip = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    public static bool IsIndex(string mediaType) => mediaType is Index or DockerIndex;

    public static bool IsManifest(string mediaType) => mediaType is Manifest or DockerManifest;

    /// <summary>The OCI name of a layer's type; null for what cannot be handed on, such as layers that a registry may not hold.</summary>
    public static string? OciLayer(string mediaType) => mediaType switch
    {
        DockerLayerGzip => LayerGzip,
        Layer or LayerGzip or LayerZstd => mediaType,
        _ => null,
    };
}
