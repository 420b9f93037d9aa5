using System.Collections.Immutable;
using Platform.Deploy.Manifests;

namespace Platform.Deploy.Model;

/// <summary>What a workload has on disk.</summary>
internal sealed record BoundStorage(ImmutableArray<VolumeModel> Volumes, ImmutableArray<FileMount> Files, ImmutableArray<string> WritablePaths);

/// <summary>Turns volumes and bind mounts into claims, mounted files and empty folders.</summary>
internal sealed class StorageBinder
{
    private const int UsualGiB = 10;

    private readonly MountedFiles _files;
    private readonly Findings _findings;
    private readonly ILookup<string, string> _usersOfVolumes;

    public StorageBinder(KnownResources resources, MountedFiles files, Findings findings)
    {
        _files = files;
        _findings = findings;
        _usersOfVolumes = resources.All
            .SelectMany(known => (known.Running?.Volumes ?? []).Where(volume => volume.Name.Length > 0).Select(volume => (volume.Name, User: known.Name)))
            .ToLookup(use => use.Name, use => use.User, StringComparer.Ordinal);
        foreach (var volume in _usersOfVolumes.Where(volume => volume.Distinct().Skip(1).Any()))
        {
            findings.Add(WorkloadProblems.SharedVolume(volume.Key, [.. volume.Distinct()]));
        }
    }

    public BoundStorage Bind(KnownResource known, ManifestResource.Workload workload, WellKnownImage? image)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        var volumes = new List<VolumeModel>();
        var writable = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var volume in workload.Volumes)
        {
            if (volume.Name.Length == 0)
            {
                if (PathOf(known, "volumes", volume.Target, taken) is { } empty)
                {
                    _ = writable.Add(empty);
                    _findings.Note(known.Name, $"What is written to {empty} is lost with each start, as the volume has no name.");
                }
            }
            else if (volumes.Exists(other => other.Name == Names.Label(volume.Name)))
            {
                _findings.Add(WorkloadProblems.VolumeMountedTwice(known.Name, volume.Name));
            }
            else if (PathOf(known, "volumes", volume.Target, taken) is { } path)
            {
                volumes.Add(new VolumeModel(Names.Label(volume.Name), path, volume.ReadOnly, known.Settings.StorageGiB ?? UsualGiB));
            }
        }

        var mounts = workload.BindMounts.Select(mount => Mounted(known, mount, taken)).OfType<FileMount>().OrderBy(mount => mount.Name, StringComparer.Ordinal);
        ImmutableArray<FileMount> files = [.. mounts];
        foreach (var path in known.Settings.WritablePaths.Concat(image?.WritablePaths ?? []).Select(Clean).Where(path => !taken.ContainsKey(path) && path != "/tmp"))
        {
            _ = writable.Add(path);
        }

        if (image?.DataPath is { } data && !Covers(taken.Keys.Concat(writable), data))
        {
            _ = writable.Add(data);
            _findings.Note(known.Name, $"It has no volume for {data}: what it stores is lost with each start. Give it one in the AppHost, with WithDataVolume() or WithVolume().");
        }

        return new BoundStorage([.. volumes.OrderBy(volume => volume.Name, StringComparer.Ordinal)], files, [.. writable]);
    }

    private FileMount? Mounted(KnownResource known, ManifestBindMount mount, Dictionary<string, string> taken)
    {
        if (PathOf(known, "bindMounts", mount.Target, taken) is not { } path || !_files.Sources.TryGetValue(mount.Source, out var source))
        {
            return null;
        }

        if (!mount.ReadOnly)
        {
            _findings.Note(known.Name, $"The files below {path} cannot be written to in the cluster.");
        }

        return source switch
        {
            MountedSource.File file => new FileMount(Names.Label(path), path, ImmutableSortedDictionary.Create<string, ImmutableArray<byte>>(StringComparer.Ordinal).Add("", file.Content)),
            MountedSource.Folder folder => new FileMount(Names.Label(path), path, folder.Files),
            _ => null,
        };
    }

    private string? PathOf(KnownResource known, string member, string target, Dictionary<string, string> taken)
    {
        var path = Clean(target);
        var place = $"{known.Place}.{member}";
        if (!path.StartsWith('/') || path.Length == 1 || path.Split('/').Contains("..") || path.Contains(':', StringComparison.Ordinal))
        {
            _findings.Add(WorkloadProblems.IllegalPath(place, target));
            return null;
        }

        if (path == "/tmp" || !taken.TryAdd(path, member))
        {
            _findings.Add(WorkloadProblems.PathTwice(place, path));
            return null;
        }

        return path;
    }

    private static string Clean(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    // A volume above the data or right below it holds them: images differ in which of the two they want.
    private static bool Covers(IEnumerable<string> paths, string data) =>
        paths.Any(path => path == data || data.StartsWith(path + "/", StringComparison.Ordinal) || path.StartsWith(data + "/", StringComparison.Ordinal));
}
