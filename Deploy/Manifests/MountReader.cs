using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Platform.Deploy.Sources;

namespace Platform.Deploy.Manifests;

/// <summary>Reads what lies behind one bind mount, as far as a ConfigMap can take it.</summary>
internal sealed class MountReader(SourceRoot root)
{
    /// <summary>What Kubernetes allows in one ConfigMap, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>More files than a folder of configuration has.</summary>
    public const int MaxFiles = 500;

    private const int MaxDepth = 32;

    private static readonly MountedSource TooLarge = new MountedSource.Unreadable(
        "holds more than 1 MiB, the most that a ConfigMap can", "Put the files into an image instead: a Dockerfile with COPY.");

    private static readonly MountedSource TooMany = new MountedSource.Unreadable(
        "holds more than 500 files", "Mount the files that are needed, or put them into an image: a Dockerfile with COPY.");

    private static readonly MountedSource TooDeep = new MountedSource.Unreadable("is nested deeper than 32 folders", "Mount the folder that is needed.");

    private static readonly MountedSource Missing = new MountedSource.Unreadable(
        "is not there", "Correct the path, or write the manifest anew where the application's source is.");

    private readonly SortedDictionary<string, ImmutableArray<byte>> _files = new(StringComparer.Ordinal);
    private int _bytes;

    public MountedSource Read(string folder, string source)
    {
        try
        {
            return root.Follow(folder, source) switch
            {
                SourcePath.Outside outside => new MountedSource.Unreadable(SourceProblems.Reason(outside.Way), SourceProblems.Cure(outside.Way)),
                SourcePath.Inside inside => ReadInside(inside.FullPath),
                _ => Missing,
            };
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new MountedSource.Unreadable("cannot be read by this user", "Let the user read it.");
        }
    }

    private MountedSource ReadInside(string path)
    {
        switch (FileKinds.Of(path))
        {
            case FileKind.File:
                return ReadFile(path, "") ?? new MountedSource.File(_files[""]);
            case FileKind.Folder:
                return ReadFolder(path, "", MaxDepth) ?? new MountedSource.Folder(_files.ToImmutableSortedDictionary(StringComparer.Ordinal));
            default:
                return Special("");
        }
    }

    // Null where all went well.
    private MountedSource? ReadFolder(string folder, string prefix, int depth)
    {
        if (depth == 0)
        {
            return TooDeep;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(entry);
            if (ReadEntry(folder, name, prefix + name, depth) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    private MountedSource? ReadEntry(string folder, string name, string path, int depth) => root.Follow(folder, name) switch
    {
        SourcePath.Inside inside => FileKinds.Of(inside.FullPath) switch
        {
            FileKind.File => ReadFile(inside.FullPath, path),
            FileKind.Folder => ReadFolder(inside.FullPath, path + "/", depth - 1),
            _ => Special(path),
        },
        SourcePath.Outside outside => new MountedSource.Unreadable($"holds '{Place.Shown(path)}', which {SourceProblems.Reason(outside.Way)}", SourceProblems.Cure(outside.Way)),
        _ => new MountedSource.Unreadable($"holds '{Place.Shown(path)}', a link to what is not there", "Remove the link, or restore what it leads to."),
    };

    private MountedSource? ReadFile(string file, string path)
    {
        if (_files.Count == MaxFiles)
        {
            return TooMany;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length > MaxBytes - _bytes)
        {
            return TooLarge;
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        _bytes += content.Length;
        _files.Add(path, ImmutableCollectionsMarshal.AsImmutableArray(content));
        return null;
    }

    private static MountedSource.Unreadable Special(string path) => new(
        path.Length == 0 ? "is a device, a socket or a pipe, which a pod cannot have" : $"holds '{Place.Shown(path)}', a device, a socket or a pipe, which a pod cannot have",
        "Remove the mount, or leave the resource out where the application is deployed.");
}
