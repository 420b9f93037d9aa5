using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>Which secrets of AWS Secrets Manager a pod mounts: <c>secrets-store.csi.x-k8s.io/v1</c>, of the Secrets Store CSI Driver.</summary>
internal sealed record SecretProviderClass : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "secrets-store.csi.x-k8s.io/v1";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "SecretProviderClass";

    [JsonPropertyName("metadata")]
    public required V1ObjectMeta Metadata { get; set; }

    [JsonPropertyName("spec")]
    public required SecretProviderClassSpec Spec { get; init; }
}

/// <param name="Provider"><c>aws</c>.</param>
/// <param name="Parameters">Of the provider: <c>objects</c> is YAML of <see cref="SecretProviderObject"/>s.</param>
/// <param name="SecretObjects">Secrets of Kubernetes that the driver makes while a pod has the volume mounted.</param>
internal sealed record SecretProviderClassSpec(
    [property: JsonPropertyName("provider")] string Provider,
    [property: JsonPropertyName("parameters")] IReadOnlyDictionary<string, string> Parameters,
    [property: JsonPropertyName("secretObjects")] IReadOnlyList<SyncedSecret> SecretObjects);

/// <param name="ObjectName">In Secrets Manager.</param>
/// <param name="ObjectType"><c>secretsmanager</c>.</param>
/// <param name="ObjectAlias">Name of the file.</param>
internal sealed record SecretProviderObject(
    [property: JsonPropertyName("objectName")] string ObjectName,
    [property: JsonPropertyName("objectType")] string ObjectType,
    [property: JsonPropertyName("objectAlias")] string ObjectAlias);

internal sealed record SyncedSecret(
    [property: JsonPropertyName("secretName")] string SecretName,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("labels")] IReadOnlyDictionary<string, string> Labels,
    [property: JsonPropertyName("data")] IReadOnlyList<SyncedSecretKey> Data);

/// <param name="ObjectName">The alias, where there is one.</param>
internal sealed record SyncedSecretKey([property: JsonPropertyName("objectName")] string ObjectName, [property: JsonPropertyName("key")] string Key);
