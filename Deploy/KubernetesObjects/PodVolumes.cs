using System.Collections.Immutable;
using k8s.Models;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>The volumes of a pod and where its container finds them.</summary>
internal sealed record PodVolumes(ImmutableArray<V1Volume> Volumes, ImmutableArray<V1VolumeMount> Mounts, ImmutableArray<V1PersistentVolumeClaim> Claims)
{
    public const string SecretsPath = "/run/secrets/app";

    // The root of a disk has lost+found, and databases want to find their folder empty.
    private const string FolderOnDisk = "data";

    private const string TemporaryPath = "/tmp";
    private const string TemporarySize = "64Mi";
    private const string WritableSize = "256Mi";

    public static PodVolumes Of(ObjectContext context, Workload workload)
    {
        var volumes = ImmutableArray.CreateBuilder<V1Volume>();
        var mounts = ImmutableArray.CreateBuilder<V1VolumeMount>();
        var claims = ImmutableArray.CreateBuilder<V1PersistentVolumeClaim>();

        foreach (var volume in workload.Volumes)
        {
            claims.Add(Claim(context, workload, volume));
            mounts.Add(new V1VolumeMount { Name = ClaimName(volume), MountPath = volume.MountPath, SubPath = FolderOnDisk, ReadOnlyProperty = volume.ReadOnly ? true : null });
        }

        foreach (var mount in workload.Files)
        {
            volumes.Add(Files(workload, mount));
            mounts.Add(MountOf(mount));
        }

        if (!workload.Secrets.IsEmpty)
        {
            volumes.Add(new V1Volume
            {
                Name = "secrets",
                Csi = new V1CSIVolumeSource
                {
                    Driver = "secrets-store.csi.k8s.io",
                    ReadOnlyProperty = true,
                    VolumeAttributes = Labels.Pair("secretProviderClass", workload.Name),
                },
            });
            mounts.Add(new V1VolumeMount { Name = "secrets", MountPath = SecretsPath, ReadOnlyProperty = true });
        }

        foreach (var path in workload.WritablePaths.Append(TemporaryPath).Where(path => workload.Volumes.All(volume => volume.MountPath != path)).Distinct().Order(StringComparer.Ordinal))
        {
            var name = path == TemporaryPath ? "tmp" : Names.Label("writable", Names.Label(path.Trim('/')));
            volumes.Add(new V1Volume { Name = name, EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new Amount(path == TemporaryPath ? TemporarySize : WritableSize) } });
            mounts.Add(new V1VolumeMount { Name = name, MountPath = path });
        }

        return new PodVolumes(volumes.ToImmutable(), mounts.ToImmutable(), claims.ToImmutable());
    }

    /// <summary>Key of a file in its ConfigMap, which has no folders: a path that is no key by itself gets its hash.</summary>
    public static string FileKey(FileMount mount, string path)
    {
        var name = path.Length == 0 ? mount.MountPath[(mount.MountPath.LastIndexOf('/') + 1)..] : path;
        var key = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_'));
        return key == name && key.Length is > 0 and <= 200 && !key.StartsWith("..", StringComparison.Ordinal) && key != "."
            ? key
            : $"{key[..Math.Min(key.Length, 200)].TrimStart('.')}-{Names.Hash(name)}";
    }

    // "tmp", "secrets" and names with these beginnings are ours.
    private static string ClaimName(VolumeModel volume) =>
        volume.Name is "tmp" or "secrets" || volume.Name.StartsWith("files-", StringComparison.Ordinal) || volume.Name.StartsWith("writable-", StringComparison.Ordinal)
            ? Names.Label("volume", volume.Name)
            : volume.Name;

    private static V1PersistentVolumeClaim Claim(ObjectContext context, Workload workload, VolumeModel volume) => new()
    {
        ApiVersion = "v1",
        Kind = "PersistentVolumeClaim",
        Metadata = new V1ObjectMeta { Name = ClaimName(volume), Labels = Labels.Selector(workload.Name) },
        Spec = new V1PersistentVolumeClaimSpec
        {
            AccessModes = ["ReadWriteOnce"],
            StorageClassName = context.ClusterWide(ClusterObjects.StorageClassName),
            Resources = new V1VolumeResourceRequirements { Requests = Quantities.One("storage", $"{volume.SizeGiB}Gi") },
        },
    };

    private static V1Volume Files(Workload workload, FileMount mount) => new()
    {
        Name = Names.Label("files", mount.Name),
        ConfigMap = new V1ConfigMapVolumeSource
        {
            Name = ConfigurationObjects.FilesName(workload, mount),
            Items = [.. mount.Files.Keys.Select(path => new V1KeyToPath { Key = FileKey(mount, path), Path = path.Length == 0 ? FileKey(mount, path) : path })],
        },
    };

    private static V1VolumeMount MountOf(FileMount mount) => new()
    {
        Name = Names.Label("files", mount.Name),
        MountPath = mount.MountPath,
        ReadOnlyProperty = true,
        SubPath = mount.Files.ContainsKey("") ? FileKey(mount, "") : null,
    };
}
