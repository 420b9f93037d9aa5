using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Models;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>The ConfigMaps and the secret references of a workload, and the checksum that starts its pods anew when one of them changes.</summary>
internal static class ConfigurationObjects
{
    /// <summary>On a pod template.</summary>
    public const string ChecksumAnnotation = "checksum/config";

    public static string ConfigName(Workload workload) => Names.Label(workload.Name, "config");

    public static string SecretName(Workload workload) => Names.Label(workload.Name, "secrets");

    public static string FilesName(Workload workload, FileMount mount) => Names.Part(workload.Name, mount.Name);

    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(ObjectContext context, Workload workload, PodEnvironment environment)
    {
        var labels = Labels.Of(context, workload);
        if (!environment.Config.IsEmpty)
        {
            yield return new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = context.Metadata(ConfigName(workload), labels), Data = environment.Config };
        }

        foreach (var mount in workload.Files)
        {
            yield return Files(context, workload, mount);
        }

        if (!workload.Secrets.IsEmpty)
        {
            yield return Secrets(context, workload);
        }
    }

    /// <summary>Over all that a pod reads when it starts and that is not in its own template.</summary>
    public static string? Checksum(ObjectContext context, Workload workload, PodEnvironment environment)
    {
        if (environment.Config.IsEmpty && workload.Files.IsEmpty && workload.Secrets.IsEmpty)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in environment.Config)
        {
            Append(hash, "variable", name, Encoding.UTF8.GetBytes(value));
        }

        foreach (var mount in workload.Files)
        {
            foreach (var (path, content) in mount.Files)
            {
                Append(hash, "file", $"{mount.MountPath}\n{path}", content.AsSpan());
            }
        }

        foreach (var secret in SecretsOf(context, workload))
        {
            Append(hash, "secret", secret.Key, Encoding.UTF8.GetBytes(secret.SecretName));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // With its length before each part, so that no two different lists give the same bytes.
    private static void Append(IncrementalHash hash, string kind, string name, ReadOnlySpan<byte> content)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{kind}:{name.Length}:{name}:{content.Length}:"));
        hash.AppendData(content);
    }

    private static V1ConfigMap Files(ObjectContext context, Workload workload, FileMount mount)
    {
        var text = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var binary = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        foreach (var (path, content) in mount.Files)
        {
            var key = PodVolumes.FileKey(mount, path);
            if (IsText(content.AsSpan()))
            {
                text.Add(key, Encoding.UTF8.GetString(content.AsSpan()));
            }
            else
            {
                binary.Add(key, [.. content]);
            }
        }

        return new V1ConfigMap
        {
            ApiVersion = "v1",
            Kind = "ConfigMap",
            Metadata = context.Metadata(FilesName(workload, mount), Labels.Of(context, workload)),
            Data = text.Count == 0 ? null : text.ToImmutable(),
            BinaryData = binary.Count == 0 ? null : binary.ToImmutable(),
        };
    }

    // YAML has no way to write a NUL, and what is no UTF-8 is no text.
    private static bool IsText(ReadOnlySpan<byte> content) => System.Text.Unicode.Utf8.IsValid(content) && !content.Contains((byte)0);

    private static SecretProviderClass Secrets(ObjectContext context, Workload workload)
    {
        var secrets = SecretsOf(context, workload).ToList();
        return new SecretProviderClass
        {
            Metadata = context.Metadata(workload.Name, Labels.Of(context, workload)),
            Spec = new SecretProviderClassSpec(
                "aws",
                ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
                    .Add("objects", KubernetesYaml.Text([.. secrets.Select(secret => new SecretProviderObject(secret.SecretName, "secretsmanager", secret.Key))]))
                    .Add("region", context.Settings.Region)
                    .Add("usePodIdentity", "true"),
                [
                    new SyncedSecret(
                        SecretName(workload),
                        "Opaque",
                        Labels.Shared(context),
                        [.. secrets.Select(secret => new SyncedSecretKey(secret.Key, secret.Key))]),
                ]),
        };
    }

    private static IEnumerable<SecretModel> SecretsOf(ObjectContext context, Workload workload) =>
        context.Model.Secrets.Where(secret => workload.Secrets.Contains(secret.Key));
}
