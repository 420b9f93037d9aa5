using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>
/// Images of our own are deployed by digest, which is known only once they are built. Until then <see cref="Placeholder"/> stands in its place:
/// it is well formed, so that every tool takes the objects, and no image has it, so that no node can run them by mistake. Whoever applies
/// the objects puts the digest in: our tool into the model before it renders, kustomize by <c>images</c> of the overlay.
/// </summary>
internal static class ImageDigest
{
    public const string Placeholder = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    public static string Reference(WorkloadImage.Built image) => $"{image.Repository}@{Of(image)}";

    public static string Of(WorkloadImage.Built image) => image.Digest ?? Placeholder;
}
