using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>
/// Versions of Kubernetes as EKS has them: fourteen months of standard support, twelve more of the other kind. The dates of the newer ones are
/// made in the same rhythm.
/// </summary>
internal sealed record KubernetesRelease(string Version, DateTimeOffset Released)
{
    private const int StandardMonths = 14;
    private const int ExtendedMonths = 26;

    public static ImmutableArray<KubernetesRelease> All { get; } =
    [
        new("1.31", Day(2024, 9, 26)),
        new("1.32", Day(2025, 1, 23)),
        new("1.33", Day(2025, 5, 29)),
        new("1.34", Day(2025, 10, 2)),
        new("1.35", Day(2026, 1, 27)),
        new("1.36", Day(2026, 6, 2)),
    ];

    public string StatusAt(DateTimeOffset time) =>
        time < Released.AddMonths(StandardMonths) ? "STANDARD_SUPPORT" : time < Released.AddMonths(ExtendedMonths) ? "EXTENDED_SUPPORT" : "UNSUPPORTED";

    public JsonObject Json(DateTimeOffset now) => new()
    {
        ["clusterVersion"] = Version,
        ["clusterType"] = "eks",
        ["defaultPlatformVersion"] = "eks.4",
        ["defaultVersion"] = this == All[^1],
        ["releaseDate"] = AwsJson.Time(Released),
        ["endOfStandardSupportDate"] = AwsJson.Time(Released.AddMonths(StandardMonths)),
        ["endOfExtendedSupportDate"] = AwsJson.Time(Released.AddMonths(ExtendedMonths)),
        ["status"] = StatusAt(now).ToLowerInvariant().Replace('_', '-'),
        ["versionStatus"] = StatusAt(now),
        ["kubernetesPatchVersion"] = $"{Version}.2",
    };

    /// <summary>An addon's versions for this release, newest first: the last is the one that EKS installs by itself.</summary>
    public ImmutableArray<string> AddonVersions()
    {
        var minor = Version.Split('.')[1];
        return [.. ((int[])[3, 2, 1]).Select(build => string.Create(CultureInfo.InvariantCulture, $"v1.{minor}.{build}-eksbuild.{build}"))];
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
