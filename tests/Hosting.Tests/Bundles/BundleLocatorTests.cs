using System.Collections.Immutable;
using Platform.Hosting.Bundles;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Tests.Bundles;

public sealed class BundleLocatorTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("locator-").FullName;
    private readonly Dictionary<string, string> _variables = [];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Every_source_is_asked_in_turn()
    {
        var sources = new List<string>();
        var search = Search() with { Option = Bundle("option"), RestoredPath = Bundle("restored") };
        _variables["ASPIRE_DCP_PATH"] = Path.Combine(Bundle("apart"), "dcp");
        _variables["ASPIRE_BUNDLE_VERSION_DIR"] = Bundle("version");
        _variables["ASPIRE_LAYOUT_PATH"] = Bundle("layout");
        _variables["ASPIRE_HOME"] = PathOf("home1");
        Bundle("home1/bundle");
        Bundle("home/.aspire/bundle");
        Bundle("tool/bundle");
        _variables["PATH"] = $"{PathOf("nowhere")}{Path.PathSeparator}{Path.GetDirectoryName(Write("tool/bin/aspire"))}";

        sources.Add(BundleLocator.Locate(search).Source);
        search = search with { Option = null };
        foreach (var name in (string[])["ASPIRE_DCP_PATH", "ASPIRE_BUNDLE_VERSION_DIR", "ASPIRE_LAYOUT_PATH", "ASPIRE_HOME"])
        {
            sources.Add(BundleLocator.Locate(search).Source);
            _variables.Remove(name);
        }

        sources.Add(BundleLocator.Locate(search).Source);
        Directory.Delete(PathOf("home"), recursive: true);
        sources.Add(BundleLocator.Locate(search).Source);
        sources.Add(BundleLocator.Locate(search with { RestoredPath = null }).Source);

        Assert.Equal(
            ["the option", "ASPIRE_DCP_PATH", "ASPIRE_BUNDLE_VERSION_DIR", "ASPIRE_LAYOUT_PATH", "ASPIRE_HOME", "~/.aspire", "the AppHost's build", "aspire on PATH"],
            sources);
    }

    [Fact]
    public void The_bundle_names_both_programs_and_its_version()
    {
        var versions = Bundle("versions/13.5.4_abc-def");
        Directory.CreateSymbolicLink(PathOf("bundle"), versions);

        var bundle = BundleLocator.Locate(Search() with { RestoredPath = PathOf("bundle") });

        Assert.Equal(
            new Bundle(PathOf("bundle/dcp/dcp"), PathOf("bundle/managed/aspire-managed"), "the AppHost's build", new Version(13, 5, 4)),
            bundle);
    }

    [Fact]
    public void Orchestrator_and_dashboard_may_be_given_apart()
    {
        _variables["ASPIRE_DCP_PATH"] = PathOf("a");
        Write("a/dcp");
        _variables["ASPIRE_DASHBOARD_PATH"] = Write("b/aspire-managed");

        var bundle = BundleLocator.Locate(Search());

        Assert.Equal(new Bundle(PathOf("a/dcp"), PathOf("b/aspire-managed"), "ASPIRE_DCP_PATH and ASPIRE_DASHBOARD_PATH", Version: null), bundle);
    }

    [Fact]
    public void The_dashboard_alone_is_enough_where_the_orchestrator_lies_beside_it()
    {
        _variables["ASPIRE_DASHBOARD_PATH"] = Path.Combine(Bundle("x"), "managed", "aspire-managed");

        var bundle = BundleLocator.Locate(Search());

        Assert.Equal(PathOf("x/dcp/dcp"), bundle.DcpPath);
    }

    [Theory]
    [InlineData("ASPIRE_DCP_PATH", "broken/dcp")]
    [InlineData("ASPIRE_BUNDLE_VERSION_DIR", "broken")]
    public void A_place_that_the_user_named_has_to_be_complete(string variable, string path)
    {
        Write("broken/dcp/dcp");
        _variables[variable] = PathOf(path);

        var problem = Assert.Single(ProblemsOf(Search() with { RestoredPath = Bundle("good") }));

        Assert.Equal(BundleProblems.Broken(variable, [PathOf("broken/managed/aspire-managed")]), problem);
    }

    [Fact]
    public void A_broken_place_that_nobody_named_is_passed_over()
    {
        Write("home/.aspire/bundle/dcp/dcp");

        var bundle = BundleLocator.Locate(Search() with { RestoredPath = Bundle("good") });

        Assert.Equal("the AppHost's build", bundle.Source);
    }

    [Fact]
    public void Broken_places_are_told_when_nothing_else_is_found()
    {
        Write("home/.aspire/bundle/dcp/dcp");

        var problems = ProblemsOf(Search());

        Assert.Equal(["HST200", "HST201"], problems.Select(problem => problem.Code));
        Assert.Equal($"missing: {PathOf("home/.aspire/bundle/managed/aspire-managed")}", problems[1].Detail);
    }

    [Fact]
    public void Another_minor_version_is_refused_where_the_user_named_it()
    {
        var problem = Assert.Single(ProblemsOf(Search() with { Option = Bundle("versions/13.4.0_abc-def") }));

        Assert.Equal(BundleProblems.WrongVersion("the option", new Version(13, 4, 0), BundleLocator.Tested), problem);
    }

    [Fact]
    public void Another_patch_version_is_fine()
    {
        var bundle = BundleLocator.Locate(Search() with { Option = Bundle("versions/13.5.9_abc-def") });

        Assert.Equal(new Version(13, 5, 9), bundle.Version);
    }

    [Fact]
    public void A_platform_without_a_bundle_is_told()
    {
        var problem = Assert.Single(ProblemsOf(Search() with { Platform = "linux-s390x" }));

        Assert.Equal("HST203", problem.Code);
    }

    [Fact]
    public void On_Windows_the_programs_end_in_exe()
    {
        Write("w/dcp/dcp.exe");
        Write("w/managed/aspire-managed.exe");

        var bundle = BundleLocator.Locate(Search() with { Platform = "win-x64", Option = PathOf("w") });

        Assert.Equal(PathOf("w/managed/aspire-managed.exe"), bundle.DashboardPath);
    }

    private static ImmutableArray<Problem> ProblemsOf(BundleSearch search) =>
        Assert.Throws<DistributedApplicationException>(() => BundleLocator.Locate(search)).Problems;

    private BundleSearch Search() => new()
    {
        Environment = _variables.GetValueOrDefault,
        Home = PathOf("home"),
        Platform = "linux-x64",
    };

    private string Bundle(string name)
    {
        Write($"{name}/dcp/dcp");
        Write($"{name}/managed/aspire-managed");
        return PathOf(name);
    }

    private string Write(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), "");
        return PathOf(name);
    }

    private string PathOf(string name) => Path.Combine(_root, name.Replace('/', Path.DirectorySeparatorChar));
}
