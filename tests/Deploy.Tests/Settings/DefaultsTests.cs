using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Settings;

public sealed class DefaultsTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("production")]
    public void A_profile_needs_no_file(string environment)
    {
        var input = Written.Nothing(environment);

        var reading = SettingsReader.Read(input);

        Assert.Empty(reading.Problems);
        Golden.Matches(Written.Table(reading.Origins), $"settings-default-{environment}.txt");
    }

    [Fact]
    public void Another_environment_has_the_defaults_of_dev_and_its_own_name()
    {
        var input = Written.File("{}", "preview");

        var settings = SettingsReader.Read(input).Settings;

        Assert.Equal((Profile.Dev, "preview", "shop"), (settings.Profile, settings.Environment, settings.Namespace));
    }

    [Theory]
    [InlineData("Shop.AppHost", "shop")]
    [InlineData("AppHost", "apphost")]
    [InlineData("My Very_Long Name of an Application", "my-very-long-name-of-an")]
    [InlineData("2048", "app-2048")]
    [InlineData("日本", "app")]
    [InlineData("", "app")]
    public void A_folder_is_made_fit_to_name_the_application(string folder, string application)
    {
        var input = Written.Nothing("dev") with { DefaultApplication = folder };

        var reading = SettingsReader.Read(input);

        Assert.Empty(reading.Problems);
        Assert.Equal(application, reading.Settings.Application);
    }

    [Theory]
    [InlineData("ap-northeast-1", "ap-northeast-1a, ap-northeast-1c, ap-northeast-1d")]
    [InlineData("us-west-1", "us-west-1a, us-west-1c")]
    [InlineData("eu-central-1", "eu-central-1a, eu-central-1b, eu-central-1c")]
    public void A_region_gives_its_first_zones(string region, string zones)
    {
        var input = Written.Nothing("production").WithFlags($"region={region}");

        var settings = SettingsReader.Read(input).Settings;

        Assert.Equal(zones, string.Join(", ", settings.AvailabilityZones));
    }

    [Fact]
    public void The_region_of_the_AWS_tools_counts_where_no_setting_names_one()
    {
        var input = Written.Nothing("dev").WithVariable("AWS_DEFAULT_REGION", "eu-west-1").WithVariable("AWS_REGION", "eu-west-3");

        var reading = SettingsReader.Read(input);

        Assert.Equal("\"eu-west-3\" from AWS_REGION", reading.Origin("region"));
        Assert.Equal("[\"eu-west-3a\", \"eu-west-3b\"] from default (dev)", reading.Origin("availabilityZones"));
    }

    [Theory]
    [InlineData("{}", "", "", null)]
    [InlineData("""{ "region": null }""", "", "", null)]
    [InlineData("{}", "eu-west-3", "", "eu-west-3")]
    [InlineData("""{ "region": "us-east-1" }""", "eu-west-3", "", "us-east-1")]
    [InlineData("{}", "", "region=us-east-1", "us-east-1")]
    public void What_opens_AWS_is_the_region_that_somebody_named_and_never_the_default(string file, string variable, string flag, string? said)
    {
        var input = Written.File(file).WithVariable("AWS_REGION", variable).WithFlags([.. new[] { flag }.Where(text => text.Length > 0)]);

        var settings = SettingsReader.Read(input).Settings;

        Assert.Equal((said, said ?? "us-east-1"), (settings.RegionSaid, settings.Region));
    }

    [Theory]
    [InlineData("{}", "", "\"eu-west-3\" from the profile of AWS")]
    [InlineData("{}", "eu-west-1", "\"eu-west-1\" from AWS_REGION")]
    [InlineData("""{ "region": "us-east-1" }""", "", "\"us-east-1\" from environments/dev.json")]
    public void The_region_of_a_profile_comes_before_the_default_and_after_all_else(string file, string variable, string expected)
    {
        var input = Written.File(file).WithVariable("AWS_REGION", variable) with { ProfileRegion = "eu-west-3" };

        var reading = SettingsReader.Read(input);

        Assert.Equal(expected, reading.Origin("region"));
        Assert.Equal(reading.Settings.Region, reading.Settings.RegionSaid);
    }

    [Theory]
    [InlineData("network.egress=public-nodes", "network.natGateways", "0")]
    [InlineData("network.egress=private", "images.mirror", "true")]
    [InlineData("cluster.endpoint=private", "operations.bastion", "true")]
    [InlineData("cluster.existing.name=shared", "namespace", "\"shop-dev\"")]
    [InlineData("profile=production", "network.natGateways", "3")]
    public void A_default_follows_from_other_settings(string set, string key, string value)
    {
        var input = Written.Set(set);

        var reading = SettingsReader.Read(input);

        Assert.Equal($"{value} from default ({(set.StartsWith("profile", StringComparison.Ordinal) ? "production" : "dev")})", reading.Origin(key));
    }

    [Fact]
    public void Staging_has_a_private_endpoint_until_it_knows_who_reaches_a_public_one()
    {
        var input = Written.Nothing("staging");

        var (without, with) = (SettingsReader.Read(input), SettingsReader.Read(input.WithFlags("cluster.publicAccessCidrs=203.0.113.0/24")));

        Assert.Equal((EndpointAccess.Private, true), (without.Settings.Cluster.Endpoint, without.Settings.Operations.Bastion));
        Assert.Equal((EndpointAccess.Public, false), (with.Settings.Cluster.Endpoint, with.Settings.Operations.Bastion));
    }
}
