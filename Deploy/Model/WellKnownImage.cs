using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Platform.Deploy.Model;

/// <summary>What a public image needs to run as a user without rights on a read-only root. A setting wins over each of them.</summary>
/// <param name="UserId">That owns its files.</param>
internal sealed record WellKnownImage(long UserId)
{
    /// <summary>The same in the variants on Alpine; 0: no other.</summary>
    public long AlpineUserId { get; init; }

    /// <summary>Where it keeps what outlives it; null: it keeps nothing.</summary>
    public string? DataPath { get; init; }

    /// <summary>Folders beside the data and <c>/tmp</c> that it writes to while it runs.</summary>
    public ImmutableArray<string> WritablePaths { get; init; } = [];

    /// <summary>It rewrites its own files when it starts.</summary>
    public bool NeedsWritableRoot { get; init; }

    public int LeastMemoryMiB { get; init; }

    /// <param name="repository">With its host, without tag: <c>docker.io/library/redis</c>.</param>
    /// <param name="tag">Null where there is none.</param>
    public static WellKnownImage? Find(string repository, string? tag) =>
        Table.TryGetValue(repository, out var image)
            ? image.AlpineUserId != 0 && tag?.Contains("alpine", StringComparison.Ordinal) == true ? image with { UserId = image.AlpineUserId } : image
            : null;

    private static readonly FrozenDictionary<string, WellKnownImage> Table = new Dictionary<string, WellKnownImage>
    {
        ["docker.io/library/redis"] = new(999) { DataPath = "/data" },
        ["docker.io/library/postgres"] = new(999) { AlpineUserId = 70, DataPath = "/var/lib/postgresql/data", WritablePaths = ["/var/run/postgresql"] },
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
