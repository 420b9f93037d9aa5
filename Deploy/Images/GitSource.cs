using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>The commit that something was last changed by.</summary>
/// <param name="Commit">40 or 64 hexadecimal digits.</param>
/// <param name="Time">When it was committed.</param>
/// <param name="Dirty">Whether there are changes since that are not committed.</param>
internal sealed record SourceRevision(string Commit, DateTimeOffset Time, bool Dirty)
{
    private const int ShortLength = 12;

    public string Short => Commit[..ShortLength];
}

/// <summary>
/// The repository that an application is built from. An image's revision is the last commit that changed what it is made of, not the last of
/// all: a commit that does not concern an image does not change it.
/// </summary>
internal sealed class GitSource
{
    // Of one moment: hashes, revisions and tags of a run are all of it.
    private readonly ConcurrentDictionary<string, Task<ToolResult?>> _answers = new(StringComparer.Ordinal);
    private ImmutableArray<string>? _changed;

    private GitSource(string root, bool shallow, string? origin)
    {
        Root = root;
        IsShallow = shallow;
        Origin = origin;
    }

    /// <summary>Absolute path of the checkout.</summary>
    public string Root { get; }

    /// <summary>Whether the history was cut off: then the last commit that changed something may not be there.</summary>
    public bool IsShallow { get; }

    /// <summary>Address of the repository's page, without credentials; null where it was cloned from a folder.</summary>
    public string? Origin { get; }

    /// <returns>Null outside of a repository, in one without a commit, and where there is no git.</returns>
    /// <exception cref="DeployException">Git refuses to read the repository.</exception>
    public static async Task<GitSource?> FindAsync(string folder, CancellationToken cancellationToken)
    {
        var found = await GitAsync(folder, cancellationToken, "rev-parse", "--show-toplevel", "--is-shallow-repository", "HEAD");
        if (found is not { ExitCode: 0 })
        {
            return found is { Error: var said } && said.Contains("safe.directory", StringComparison.Ordinal)
                ? throw new DeployException(ImageProblems.ForeignRepository(folder, said.Trim()))
                : null;
        }

        var lines = found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var root = Path.GetFullPath(lines[0]);
        var origin = await GitAsync(root, cancellationToken, "config", "--get", "remote.origin.url");
        return new GitSource(root, lines[1] == "true", Page(origin?.Output.Trim() ?? ""));
    }

    /// <summary>The last commit that changed any of some paths; that of the checkout itself where no commit is known to.</summary>
    /// <param name="paths">Relative to <see cref="Root"/>, with <c>/</c>; a folder stands for all below it, <c>.</c> for everything.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SourceRevision> RevisionAsync(ImmutableArray<string> paths, CancellationToken cancellationToken)
    {
        ImmutableArray<string> arguments = ["log", "-1", "--format=%H %ct"];
        var commit = await OnceAsync(cancellationToken, [.. arguments, "--", .. paths.Select(path => path == "." ? ":/" : $":(top,literal){path}")]);
        if (commit is not { ExitCode: 0, Output.Length: > 0 })
        {
            // Nothing of it was ever committed.
            commit = await OnceAsync(cancellationToken, [.. arguments]);
        }

        var parts = (commit?.Output ?? "").Trim().Split(' ');
        var dirty = (await ChangedAsync(cancellationToken)).Any(changed => paths.Any(path => path == "." || changed == path || changed.StartsWith(path + "/", StringComparison.Ordinal)));
        return new SourceRevision(parts[0], DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture)), dirty);
    }

    /// <summary>The version of the nearest tag at or before a commit, such as <c>1.2.3</c> of <c>v1.2.3</c>; null where there is none.</summary>
    public async Task<string?> VersionAsync(string commit, CancellationToken cancellationToken)
    {
        var tag = await OnceAsync(cancellationToken, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", "--match", "[0-9]*", commit);
        return tag is { ExitCode: 0 } ? tag.Output.Trim().TrimStart('v') : null;
    }

    // Asked when it is needed: what a build itself has changed by then, such as the lock file, counts.
    private async Task<ImmutableArray<string>> ChangedAsync(CancellationToken cancellationToken)
    {
        if (_changed is { } known)
        {
            return known;
        }

        var status = await GitAsync(Root, cancellationToken, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--ignore-submodules=none");
        var changed = Changed(status?.Output ?? "");
        _changed = changed;
        return changed;
    }

    private Task<ToolResult?> OnceAsync(CancellationToken cancellationToken, params ImmutableArray<string> arguments) =>
        _answers.GetOrAdd(string.Join('\0', arguments), _ => GitAsync(Root, cancellationToken, arguments));

    private static Task<ToolResult?> GitAsync(string folder, CancellationToken cancellationToken, params ImmutableArray<string> arguments) =>
        ToolProcess.RunAsync(
            new ToolCall("git", arguments, folder)
            {
                // Read-only: no lock is taken that would disturb a person who works there, no pager, no question.
                Environment = ToolCall.Variables(("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C")),
            },
            cancellationToken);

    // "XY path\0", and for a rename the old path behind it. -z quotes nothing.
    private static ImmutableArray<string> Changed(string status)
    {
        var changed = ImmutableArray.CreateBuilder<string>();
        var entries = status.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < entries.Length; i++)
        {
            changed.Add(entries[i][3..]);
            if (entries[i][0] is 'R' or 'C' && i + 1 < entries.Length)
            {
                changed.Add(entries[++i]);
            }
        }

        return changed.ToImmutable();
    }

    // git@host:owner/name.git, ssh://git@host/owner/name.git and https://token@host/owner/name.git are all https://host/owner/name.
    private static string? Page(string remote)
    {
        if (!remote.Contains("://", StringComparison.Ordinal) && remote.IndexOf(':', StringComparison.Ordinal) is var colon and > 1 && !remote[..colon].Contains('/', StringComparison.Ordinal))
        {
            remote = $"ssh://{remote[..colon]}/{remote[(colon + 1)..]}";
        }

        if (!Uri.TryCreate(remote, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http" or "ssh" or "git"))
        {
            return null;
        }

        var path = address.AbsolutePath.TrimEnd('/');
        return $"https://{address.Host}{(path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path)}";
    }
}
