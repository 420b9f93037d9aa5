using Platform.Hosting.Problems;

namespace Platform.Hosting.Bundles;

/// <summary>
/// Finds the bundle: our option; <c>ASPIRE_DCP_PATH</c> and <c>ASPIRE_DASHBOARD_PATH</c>; <c>ASPIRE_BUNDLE_VERSION_DIR</c>
/// and <c>ASPIRE_LAYOUT_PATH</c>;
/// <c>$ASPIRE_HOME</c>; <c>~/.aspire</c>; what the AppHost's build restored; <c>aspire</c> on PATH. It never downloads.
/// </summary>
internal static class BundleLocator
{
    /// <summary>The version that this library was made and tested with; the contract holds within its minor version.</summary>
    public static readonly Version Tested = new(13, 5, 4);

    // Set by the Aspire CLI for the AppHost that it runs.
    private static readonly string[] LayoutVariables = ["ASPIRE_BUNDLE_VERSION_DIR", "ASPIRE_LAYOUT_PATH"];

    private static readonly string[] Platforms = ["linux-x64", "linux-arm64", "osx-x64", "osx-arm64", "win-x64", "win-arm64"];

    /// <exception cref="DistributedApplicationException">There is none, or what the user named does not serve.</exception>
    public static Bundle Locate(BundleSearch search)
    {
        var broken = new List<Problem>();
        foreach (var candidate in Candidates(search))
        {
            switch (Judge(candidate))
            {
                case null:
                    return new(Path.GetFullPath(candidate.Dcp), Path.GetFullPath(candidate.Dashboard), candidate.Source, candidate.Version);
                case var problem when candidate.IsDemanded:
                    throw new DistributedApplicationException(problem);
                case var problem when candidate.IsThere:
                    broken.Add(problem);
                    break;
                default:
                    break;
            }
        }

        throw new DistributedApplicationException([NotFound(search), .. broken]);
    }

    private static Problem NotFound(BundleSearch search) => Platforms.Contains(search.Platform)
        ? BundleProblems.NotFound(Candidates(search).Select(candidate => $"{candidate.Source}: {candidate.Dcp}"))
        : BundleProblems.UnsupportedPlatform(search.Platform, Platforms);

    private static Problem? Judge(BundleCandidate candidate)
    {
        if (candidate.Missing is { Count: > 0 } missing)
        {
            return BundleProblems.Broken(candidate.Source, missing);
        }

        return candidate.Version is { } version && (version.Major != Tested.Major || version.Minor != Tested.Minor)
            ? BundleProblems.WrongVersion(candidate.Source, version, Tested)
            : null;
    }

    private static IEnumerable<BundleCandidate> Candidates(BundleSearch search)
    {
        if (search.Option is { Length: > 0 } option)
        {
            yield return BundleCandidate.In("the option", option, BundleDemand.Demanded, search.Platform);
        }

        if (FromPaths(search) is { } apart)
        {
            yield return apart;
        }

        foreach (var name in LayoutVariables)
        {
            if (Variable(search, name) is { } layout)
            {
                yield return BundleCandidate.In(name, layout, BundleDemand.Demanded, search.Platform);
            }
        }

        if (Variable(search, "ASPIRE_HOME") is { } home)
        {
            yield return BundleCandidate.In("ASPIRE_HOME", Path.Combine(home, "bundle"), BundleDemand.Usual, search.Platform);
        }

        yield return BundleCandidate.In("~/.aspire", Path.Combine(search.Home, ".aspire", "bundle"), BundleDemand.Usual, search.Platform);
        if (search.RestoredPath is { Length: > 0 } restored)
        {
            yield return BundleCandidate.In("the AppHost's build", restored, BundleDemand.Usual, search.Platform);
        }

        if (CommandLineTool(search) is { } tool)
        {
            yield return BundleCandidate.In("aspire on PATH", tool, BundleDemand.Usual, search.Platform);
        }
    }

    // Either may be given alone: the other is then expected beside it, as in the bundle.
    private static BundleCandidate? FromPaths(BundleSearch search)
    {
        var dcp = Variable(search, "ASPIRE_DCP_PATH");
        var dashboard = Variable(search, "ASPIRE_DASHBOARD_PATH");
        return (dcp, dashboard) switch
        {
            (null, null) => null,
            (not null, not null) => BundleCandidate.At("ASPIRE_DCP_PATH and ASPIRE_DASHBOARD_PATH", dcp, dashboard, search.Platform),
            (not null, null) => BundleCandidate.At("ASPIRE_DCP_PATH", dcp, Beside(dcp, "managed", "aspire-managed", search.Platform), search.Platform),
            (null, not null) => BundleCandidate.At("ASPIRE_DASHBOARD_PATH", Beside(dashboard, "dcp", "dcp", search.Platform), dashboard, search.Platform),
        };
    }

    private static string Beside(string path, string sibling, string program, string platform)
    {
        var directory = Directory.Exists(path) ? path : Path.GetDirectoryName(path) ?? path;
        return Path.GetFullPath(Path.Combine(directory, "..", sibling, BundleCandidate.Program(program, platform)));
    }

    // …/bin/aspire, often by a link: the bundle is beside bin.
    private static string? CommandLineTool(BundleSearch search)
    {
        var name = BundleCandidate.Program("aspire", search.Platform);
        return (Variable(search, "PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => new FileInfo(Path.Combine(directory, name)))
            .Where(file => file.Exists)
            .Select(file => file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName)
            .Select(path => Path.GetFullPath(Path.Combine(path, "..", "..", "bundle")))
            .FirstOrDefault();
    }

    private static string? Variable(BundleSearch search, string name) => search.Environment(name) is { Length: > 0 } value ? value : null;
}
