using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Rendering;

/// <summary>
/// Puts a rendering on disk, whole or not at all: it is written into <c>.NAME.platform-new</c> beside the folder, then the two change places.
/// What a killed run left behind is cleaned, or set right, by the next one.
/// </summary>
internal sealed class OutputFolder
{
    // The errno of Linux and macOS, and Windows' two codes for the same, as .NET puts them into HResult.
    private const int NoSpaceErrno = 28;
    private const int QuotaErrnoLinux = 122;
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullWindows = unchecked((int)0x80070027);

    // Starting threads costs more than they save.
    private const int FewFiles = 100;

    private readonly string _shown;
    private readonly string _target;
    private readonly string _beside;
    private readonly string _before;
    private readonly string _lock;

    private OutputFolder(string shown, string target)
    {
        _shown = shown;
        _target = target;
        var parent = Path.GetDirectoryName(target) ?? target;
        var name = Path.GetFileName(target);
        _beside = Path.Combine(parent, $".{name}.platform-new");
        _before = Path.Combine(parent, $".{name}.platform-old");
        _lock = Path.Combine(parent, $".{name}.platform-lock");
    }

    /// <summary>Writes all files; afterwards the folder holds them and nothing else.</summary>
    /// <param name="folder">As the user wrote it; a symbolic link is followed.</param>
    /// <param name="workingDirectory">What a relative folder is relative to.</param>
    /// <param name="tree">The files.</param>
    /// <param name="cancellationToken">Leaves the folder as it was.</param>
    /// <exception cref="DeployException">The folder is not ours, or cannot be written.</exception>
    public static void Write(string folder, string workingDirectory, ArtifactTree tree, CancellationToken cancellationToken)
    {
        try
        {
            var target = Target(folder, workingDirectory);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(target) ?? target);
            new OutputFolder(folder, target).Replace(tree, cancellationToken);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new DeployException([ProblemOf(folder, exception)], exception);
        }
    }

    /// <summary>Whether a rendering could be put there as things are: for telling the user before long work.</summary>
    /// <returns>Empty: it could.</returns>
    public static ImmutableArray<Problem> Check(string folder, string workingDirectory)
    {
        try
        {
            new OutputFolder(folder, Target(folder, workingDirectory)).RefuseForeignFiles();
            return [];
        }
        catch (DeployException refused)
        {
            return refused.Problems;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return [ProblemOf(folder, exception)];
        }
    }

    private static Problem ProblemOf(string folder, Exception exception) => exception switch
    {
        UnauthorizedAccessException => RenderingProblems.NotAllowed(folder, exception.Message),
        { HResult: NoSpaceErrno or QuotaErrnoLinux or DiskFullWindows or HandleDiskFullWindows } => RenderingProblems.DiskFull(folder, exception.Message),
        _ => RenderingProblems.CannotWrite(folder, exception.Message),
    };

    private static string Target(string folder, string workingDirectory)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, workingDirectory));
        var target = new DirectoryInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
        if (File.Exists(target))
        {
            throw new DeployException(RenderingProblems.NoFolder(folder));
        }

        var inside = Path.GetRelativePath(target, workingDirectory);
        return inside == "." || (!inside.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(inside))
            ? throw new DeployException(RenderingProblems.FolderInUse(folder))
            : target;
    }

    private void Replace(ArtifactTree tree, CancellationToken cancellationToken)
    {
        using var alone = Lock();
        CleanUp();
        RefuseForeignFiles();
        try
        {
            WriteBeside(tree, cancellationToken);
            Swap();
        }
        finally
        {
            Delete(_beside);
        }
    }

    // The system lets go of it when the process ends, however it ends.
    private FileStream Lock()
    {
        try
        {
            return new FileStream(_lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(_lock) && Directory.Exists(Path.GetDirectoryName(_lock)))
        {
            throw new DeployException(RenderingProblems.Busy(_shown));
        }
    }

    // A run that was killed between the two moves of a swap leaves only the old folder, under its other name.
    private void CleanUp()
    {
        if (Directory.Exists(_before) && !Directory.Exists(_target))
        {
            Directory.Move(_before, _target);
        }

        Delete(_before);
        Delete(_beside);
    }

    private void RefuseForeignFiles()
    {
        if (!Directory.Exists(_target))
        {
            return;
        }

        var ours = OutputMarker.Read(_target) ?? [];
        var foreign = Entries(_target).Where(entry => !ours.Contains(entry)).Order(StringComparer.Ordinal).ToList();
        if (foreign.Count > 0)
        {
            throw new DeployException(RenderingProblems.ForeignFiles(_shown, foreign));
        }
    }

    // Files by their path; a link ends the walk and has a slash, so that it is never one of ours.
    private static IEnumerable<string> Entries(string root)
    {
        var folders = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in folder.EnumerateFileSystemInfos())
            {
                var path = Path.GetRelativePath(root, entry.FullName).Replace('\\', '/');
                if (entry.LinkTarget is not null)
                {
                    yield return path + "/";
                }
                else if (entry is DirectoryInfo inner)
                {
                    folders.Push(inner);
                }
                else
                {
                    yield return path;
                }
            }
        }
    }

    private void WriteBeside(ArtifactTree tree, CancellationToken cancellationToken)
    {
        foreach (var folder in tree.Files.Select(file => Path.GetDirectoryName(file.Path) ?? "").Append("").Distinct())
        {
            _ = Directory.CreateDirectory(Path.Combine(_beside, folder));
        }

        var files = tree.Files.Add(new Artifact(OutputMarker.FileName, () => OutputMarker.Write(tree)));
        if (files.Length <= FewFiles)
        {
            foreach (var file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Write(file);
            }

            return;
        }

        try
        {
            _ = Parallel.For(
                0,
                files.Length,
                new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
                index => Write(files[index]));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }

    private void Write(Artifact artifact)
    {
        var content = artifact.Write();
        using var file = File.OpenHandle(Path.Combine(_beside, artifact.Path), FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(file, content.Span, fileOffset: 0);
    }

    private void Swap()
    {
        var replaced = Directory.Exists(_target);
        if (replaced)
        {
            Directory.Move(_target, _before);
        }

        try
        {
            Directory.Move(_beside, _target);
        }
        catch (IOException) when (replaced)
        {
            Directory.Move(_before, _target);
            throw;
        }

        Delete(_before);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
