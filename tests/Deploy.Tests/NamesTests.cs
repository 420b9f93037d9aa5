using Platform.Deploy.Model;

namespace Platform.Deploy.Tests;

public sealed class NamesTests
{
    private static readonly Names Shop = new("shop", "production");

    [Theory]
    [InlineData("web", "web")]
    [InlineData("Web", "web")]
    [InlineData("web-api", "web-api")]
    [InlineData("web.api", "web-api-8908a2df")]
    [InlineData("1st", "r-1st-e01ddf65")]
    [InlineData("...", "r-ab5df625")]
    public void A_name_becomes_a_DNS_label(string name, string expected)
    {
        var label = Names.Label(name);

        Assert.Equal(expected, label);
    }

    [Fact]
    public void A_part_of_a_resource_is_called_as_no_resource_can_be()
    {
        Assert.Equal("db--headless", Names.Part("db", "headless"));
        Assert.NotEqual(Names.Part("db", "a-b"), Names.Part("db-a", "b"));
        Assert.InRange(Names.Part(new string('x', 63), "external").Length, 1, 63);
        Assert.Equal("shop-production-gp3", Shop.ClusterWide("gp3"));
    }

    [Fact]
    public void A_long_name_is_cut_and_gets_its_hash()
    {
        var one = Names.Label(new string('a', 63) + "1");
        var other = Names.Label(new string('a', 63) + "2");

        Assert.Equal(54, one.Length);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Names_that_differ_in_more_than_case_stay_apart()
    {
        string[] names = ["a.b", "a-b", "a_b", "a b", "ab", "a--b", "a-b-", "-a-b", "ä", "ö", new('a', 64), new('a', 65)];

        Assert.Equal(names.Length, names.Select(Names.Label).Distinct().Count());
        Assert.Equal(names.Length, names.Select(Names.LogicalId).Distinct().Count());
        Assert.Equal(names.Length, names.Select(Names.Port).Distinct().Count());
        Assert.Equal(names.Length, names.Select(Shop.Role).Distinct().Count());
        Assert.Equal(names.Length, names.Select(Shop.Secret).Distinct().Count());
    }

    [Theory]
    [InlineData("web", "Web")]
    [InlineData("web-api", "WebApi")]
    [InlineData("a-1b", "A1bC985FE9D")]
    [InlineData("a1b", "A1b")]
    public void A_name_becomes_a_logical_id(string name, string expected)
    {
        var id = Names.LogicalId(name);

        Assert.Equal(expected, id);
    }

    [Fact]
    public void Names_stay_within_the_limits_of_their_services()
    {
        var name = new string('x', 200);
        var names = new Names(new string('a', 24), new string('e', 12));

        Assert.InRange(Names.Label(name).Length, 1, 63);
        Assert.InRange(Names.Label(Names.Label(name), "1a2b3c4d").Length, 1, 63);
        Assert.InRange(Names.Port(name).Length, 1, 15);
        Assert.InRange(names.Role(name).Length, 1, 64);
        Assert.InRange(names.Repository(name).Length, 2, 256);
        Assert.InRange(Names.LogicalId(name).Length, 1, 255);
        Assert.InRange(names.StateBucket("123456789012", "ap-northeast-1").Length, 3, 63);
        Assert.InRange(names.Boundary("ap-northeast-1").Length, 1, 128);
    }

    [Theory]
    [InlineData("docker.io/library/redis:7.4", "shop/mirror/production/docker.io/library/redis")]
    [InlineData("registry.example.com:5000/team/app", "shop/mirror/production/registry.example.com-5000/team/app")]
    [InlineData("ghcr.io/acme/app:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "shop/mirror/production/ghcr.io/acme/app")]
    [InlineData("redis:7.4", "shop/mirror/production/docker.io/library/redis")]
    public void The_copy_of_an_image_is_kept_under_its_own_name(string reference, string expected)
    {
        var repository = Shop.Mirror(reference);

        Assert.Equal(expected, repository);
    }
}
