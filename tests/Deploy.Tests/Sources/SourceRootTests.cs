using Platform.Deploy.Sources;

namespace Platform.Deploy.Tests.Sources;

public sealed class SourceRootTests : IDisposable
{
    private readonly SourceFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public void The_root_is_the_checkout_that_the_manifest_lies_in()
    {
        _source.Add("src/Shop.sln", "");

        var root = SourceRoot.Around(_source.AppHost);

        Assert.Equal(_source.Root, root.Folder);
    }

    [Theory]
    [InlineData("Shop.sln")]
    [InlineData("Shop.slnx")]
    public void Without_a_checkout_it_is_the_folder_of_the_solution(string solution)
    {
        Directory.Delete(Path.Combine(_source.Root, ".git"));
        _source.Add($"src/{solution}", "");

        var root = SourceRoot.Around(_source.AppHost);

        Assert.Equal(Path.Combine(_source.Root, "src"), root.Folder);
    }

    [Fact]
    public void Without_both_it_is_the_folder_of_the_manifest()
    {
        Directory.Delete(Path.Combine(_source.Root, ".git"));

        var root = SourceRoot.Around(_source.AppHost);

        Assert.Equal(_source.AppHost, root.Folder);
    }

    [Fact]
    public void A_worktree_is_a_checkout_too()
    {
        _source.Add("src/.git", "gitdir: elsewhere");

        var root = SourceRoot.Around(_source.AppHost);

        Assert.Equal(Path.Combine(_source.Root, "src"), root.Folder);
    }

    [Theory]
    [InlineData("config/a.conf", "src/AppHost/config/a.conf")]
    [InlineData("./config//a.conf", "src/AppHost/config/a.conf")]
    [InlineData("../Web/Web.csproj", "src/Web/Web.csproj")]
    [InlineData("../../shared/../src/Web/./Web.csproj", "src/Web/Web.csproj")]
    [InlineData(".", "src/AppHost")]
    [InlineData("../..", "")]
    public void A_path_inside_is_followed(string path, string expected)
    {
        _source.Add("src/AppHost/config/a.conf", "a");
        _source.Add("src/Web/Web.csproj", "");

        Assert.Equal(new SourcePath.Inside(Path.TrimEndingDirectorySeparator(Path.Combine(_source.Root, expected))), Follow(path));
    }

    [Theory]
    [InlineData("../../../outside/secret.txt")]
    [InlineData("../../..")]
    [InlineData("a/../../../../outside/secret.txt")]
    [InlineData("../../../checkout/src/AppHost")]
    public void A_path_that_climbs_above_the_root_is_outside(string path) => Assert.Equal(new SourcePath.Outside(Way.Upwards), Follow(path));

    [Theory]
    [InlineData("/var/run/docker.sock")]
    [InlineData("//server/share/secret.txt")]
    [InlineData("C:/Users/me/secret.txt")]
    [InlineData("c:secret.txt")]
    [InlineData("\\secret.txt")]
    public void An_absolute_path_of_any_system_is_outside(string path) => Assert.Equal(new SourcePath.Outside(Way.Absolute), Follow(path));

    [Fact]
    public void An_absolute_path_is_outside_even_where_it_leads_inside() => Assert.Equal(new SourcePath.Outside(Way.Absolute), Follow(_source.Add("a.conf", "a")));

    [Fact]
    public void A_link_that_stays_inside_is_followed()
    {
        var file = _source.Add("shared/a.conf", "a");
        _source.Link("src/AppHost/relative", "../../shared");
        _source.Link("src/AppHost/absolute", Path.Combine(_source.Root, "shared"));
        _source.Link("src/AppHost/chain", "relative/../shared/a.conf");

        Assert.Equal(
            [new SourcePath.Inside(file), new SourcePath.Inside(file), new SourcePath.Inside(file)],
            [Follow("relative/a.conf"), Follow("absolute/a.conf"), Follow("chain")]);
    }

    [Theory]
    [InlineData("../../../outside/secret.txt", "link")]
    [InlineData("../../../outside", "link/secret.txt")]
    [InlineData("OUTSIDE", "link/secret.txt")]
    [InlineData("/etc", "link/passwd")]
    [InlineData("/", "link/etc/passwd")]
    [InlineData("../../../outside/../checkout/src", "link")]
    public void A_link_that_leads_outside_is_not_followed(string target, string path)
    {
        _source.Link("src/AppHost/link", target == "OUTSIDE" ? _source.Outside : target);

        Assert.Equal(new SourcePath.Outside(Way.Link), Follow(path));
    }

    [Fact]
    public void A_link_to_a_link_that_leads_outside_is_not_followed()
    {
        _source.Link("src/AppHost/first", "second");
        _source.Link("src/AppHost/second", "../third");
        _source.Link("src/third", _source.Outside);

        Assert.Equal(new SourcePath.Outside(Way.Link), Follow("first/secret.txt"));
    }

    [Fact]
    public void Links_in_a_circle_lead_nowhere()
    {
        _source.Link("src/AppHost/a", "b");
        _source.Link("src/AppHost/b", "a");

        Assert.Equal(new SourcePath.Outside(Way.Loop), Follow("a"));
    }

    [Fact]
    public void What_is_not_there_is_missing_inside()
    {
        _source.Link("src/AppHost/dangling", "nothing");

        Assert.Equal(
            [new SourcePath.Missing(Path.Combine(_source.Root, "src", "x")), new SourcePath.Missing(Path.Combine(_source.AppHost, "nothing"))],
            [Follow("../x"), Follow("dangling")]);
    }

    [Fact]
    public void A_root_that_is_a_link_is_followed_to_its_end()
    {
        var file = _source.Add("src/AppHost/a.conf", "a");
        _source.Link("alias", "src");
        _source.Link("src/AppHost/by-alias", Path.Combine(_source.Root, "alias", "AppHost", "a.conf"));
        var root = SourceRoot.At(Path.Combine(_source.Root, "alias"));

        Assert.Equal(Path.Combine(_source.Root, "src"), root.Folder);
        Assert.Equal(
            [new SourcePath.Inside(file), new SourcePath.Inside(file)],
            [root.Follow(Path.Combine(_source.Root, "alias", "AppHost"), "a.conf"), root.Follow(_source.AppHost, "by-alias")]);
    }

    [Fact]
    public void A_manifest_outside_of_the_root_that_was_named_reads_nothing() =>
        Assert.Equal(new SourcePath.Outside(Way.Upwards), SourceRoot.At(_source.Root).Follow(_source.Outside, "secret.txt"));

    [Fact]
    public void A_folder_whose_name_begins_like_the_root_is_outside()
    {
        Directory.CreateDirectory(_source.Root + "-more");

        Assert.Equal(new SourcePath.Outside(Way.Upwards), Follow("../../../checkout-more"));
    }

    private SourcePath Follow(string path) => SourceRoot.Around(_source.AppHost).Follow(_source.AppHost, path);
}
