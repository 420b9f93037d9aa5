namespace Platform.Hosting.Bundles;

/// <summary>One place where the bundle may be.</summary>
/// <param name="Source">What named it, such as <c>$ASPIRE_HOME</c>.</param>
/// <param name="Dcp">Where the program <c>dcp</c> should be.</param>
/// <param name="Dashboard">Where the program <c>aspire-managed</c> should be.</param>
/// <param name="IsDemanded">The user named it: where it does not serve, that is an error, not a reason to look elsewhere.</param>
internal sealed record BundleCandidate(string Source, string Dcp, string Dashboard, bool IsDemanded)
{
    /// <summary>The paths that should exist and do not.</summary>
    public IReadOnlyList<string> Missing => [.. new[] { Dcp, Dashboard }.Where(path => !File.Exists(path))];

    /// <summary>There is something, be it broken.</summary>
    public bool IsThere => Missing.Count < 2 || Directory.Exists(Path.GetDirectoryName(Dcp)) || Directory.Exists(Path.GetDirectoryName(Dashboard));

    /// <summary>From the directory <c>versions/13.5.4_{commit}-{hash}</c>, to which <c>bundle</c> is a link; null where it is named otherwise.</summary>
    public Version? Version
    {
        get
        {
            for (var folder = new FileInfo(Dcp).Directory; folder is not null; folder = folder.Parent)
            {
                var real = folder.ResolveLinkTarget(returnFinalTarget: true)?.Name ?? folder.Name;
                if (System.Version.TryParse(real.Split('_')[0], out var version) && real.Contains('_', StringComparison.Ordinal))
                {
                    return version;
                }
            }

            return null;
        }
    }

    /// <summary>A directory that holds <c>dcp/</c> and <c>managed/</c>, or a link <c>bundle</c> to such a one.</summary>
    public static BundleCandidate In(string source, string directory, BundleDemand demand, string platform)
    {
        var root = Directory.Exists(Path.Combine(directory, "bundle")) ? Path.Combine(directory, "bundle") : directory;
        return new(
            source,
            Path.Combine(root, "dcp", Program("dcp", platform)),
            Path.Combine(root, "managed", Program("aspire-managed", platform)),
            demand is BundleDemand.Demanded);
    }

    /// <summary>Two places apart; each is the program or its directory.</summary>
    public static BundleCandidate At(string source, string dcp, string dashboard, string platform) => new(
        source,
        Directory.Exists(dcp) ? Path.Combine(dcp, Program("dcp", platform)) : dcp,
        Directory.Exists(dashboard) ? Path.Combine(dashboard, Program("aspire-managed", platform)) : dashboard,
        IsDemanded: true);

    public static string Program(string name, string platform) => platform.StartsWith("win", StringComparison.Ordinal) ? name + ".exe" : name;
}

internal enum BundleDemand
{
    /// <summary>The user named the place.</summary>
    Demanded,

    /// <summary>A place where it usually is.</summary>
    Usual,
}
