using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Settings;

public sealed class LayerTests
{
    private const string File = """{ "region": "eu-west-1", "network": { "cidr": "10.9.0.0/16" } }""";

    [Fact]
    public void A_file_wins_over_a_default()
    {
        var input = Written.File(File);

        var reading = SettingsReader.Read(input);

        Assert.Equal("\"10.9.0.0/16\" from environments/dev.json", reading.Origin("network.cidr"));
    }

    [Fact]
    public void A_variable_wins_over_a_file()
    {
        var input = Written.File(File).WithVariable("PLATFORM__NETWORK__CIDR", "10.8.0.0/16");

        var reading = SettingsReader.Read(input);

        Assert.Equal("\"10.8.0.0/16\" from PLATFORM__NETWORK__CIDR", reading.Origin("network.cidr"));
        Assert.Equal("\"eu-west-1\" from environments/dev.json", reading.Origin("region"));
    }

    [Fact]
    public void A_flag_wins_over_a_variable_and_the_last_flag_over_the_first()
    {
        var input = Written.File(File).WithVariable("PLATFORM__NETWORK__CIDR", "10.8.0.0/16").WithFlags("network.cidr=10.7.0.0/16", "network.cidr=10.6.0.0/16");

        var reading = SettingsReader.Read(input);

        Assert.Equal("\"10.6.0.0/16\" from --set", reading.Origin("network.cidr"));
    }

    [Fact]
    public void A_flag_of_its_own_shows_its_name()
    {
        var input = Written.File(File) with { Flags = [new SettingFlag("--region", "region", "eu-north-1")] };

        var reading = SettingsReader.Read(input);

        Assert.Equal("\"eu-north-1\" from --region", reading.Origin("region"));
    }

    [Fact]
    public void Null_in_a_flag_leads_back_to_the_default()
    {
        var input = Written.File("""{ "network": { "cidr": "10.9.0.0/16", "flowLogs": "all" } }""").WithFlags("network=null");

        var reading = SettingsReader.Read(input);

        Assert.Empty(reading.Problems);
        Assert.Equal("\"10.0.0.0/16\" from default (dev)", reading.Origin("network.cidr"));
        Assert.Equal("\"none\" from default (dev)", reading.Origin("network.flowLogs"));
    }

    [Fact]
    public void Null_in_a_file_says_nothing()
    {
        var input = Written.File("""{ "network": null, "edge": { "domain": null }, "resources": { "web": null } }""");

        var reading = SettingsReader.Read(input);

        Assert.Empty(reading.Problems);
        Assert.Equal(Written.Table(SettingsReader.Read(Written.Nothing("dev")).Origins), Written.Table(reading.Origins));
    }

    [Fact]
    public void An_empty_variable_says_nothing()
    {
        var input = Written.File(File).WithVariable("PLATFORM__REGION", "").WithVariable("PLATFORM__NO__SUCH", "");

        var reading = SettingsReader.Read(input);

        Assert.Empty(reading.Problems);
        Assert.Equal("eu-west-1", reading.Settings.Region);
    }

    [Theory]
    [InlineData("PLATFORM__NETWORK__NATGATEWAYS", "2", "network.natGateways", "2")]
    [InlineData("Platform__network__natGateways", "2", "network.natGateways", "2")]
    [InlineData("PLATFORM__EDGE__WAF", "True", "edge.waf", "true")]
    [InlineData("PLATFORM__CLUSTER__ARCHITECTURES", "amd64, arm64", "cluster.architectures", "[\"amd64\", \"arm64\"]")]
    [InlineData("PLATFORM__CLUSTER__ARCHITECTURES", "[\"amd64\"]", "cluster.architectures", "[\"amd64\"]")]
    [InlineData("PLATFORM__RESOURCES__MY_API__SIZE__CPUREQUEST", "250m", "resources.my-api.size.cpuRequest", "\"250m\"")]
    [InlineData("PLATFORM__RESOURCES__WEB__ENV__Logging__LogLevel", "Debug", "resources.web.env.Logging__LogLevel", "\"Debug\"")]
    [InlineData("PLATFORM__TAGS__CostCenter", "4711", "tags.CostCenter", "\"4711\"")]
    public void A_variable_spells_a_key_with_double_underscores(string name, string text, string key, string value)
    {
        var input = Written.Nothing("dev").WithVariable(name, text);

        var reading = SettingsReader.Read(input);

        Assert.Empty(reading.Problems);
        Assert.Equal($"{value} from {name}", reading.Origin(key));
    }

    [Theory]
    [InlineData("resources.\"my.api\".size.cpuRequest=250m", "resources.\"my.api\".size.cpuRequest", "\"250m\"")]
    [InlineData("resources.web.env.Logging.Level=a=b", "resources.web.env.\"Logging.Level\"", "\"a=b\"")]
    [InlineData("resources.web.env.EMPTY=", "resources.web.env.EMPTY", "\"\"")]
    [InlineData("resources.web.env.NOTHING=null", "resources.web.env.NOTHING", "\"null\"")]
    [InlineData("tags.cost.center=4711", "tags.\"cost.center\"", "\"4711\"")]
    [InlineData("edge.inboundCidrs=203.0.113.0/24,198.51.100.0/24", "edge.inboundCidrs", "[\"203.0.113.0/24\", \"198.51.100.0/24\"]")]
    [InlineData("edge.inboundCidrs=[\"203.0.113.0/24\"]", "edge.inboundCidrs", "[\"203.0.113.0/24\"]")]
    [InlineData("cluster.administrators=", "cluster.administrators", "[]")]
    [InlineData("resources.web.outsidePorts=5432,5671", "resources.web.outsidePorts", "[5432, 5671]")]
    [InlineData("resources.web.outsidePorts=[5432]", "resources.web.outsidePorts", "[5432]")]
    [InlineData("resources.web={\"replicas\":{\"min\":2}}", "resources.web.replicas.min", "2")]
    public void A_flag_spells_a_key_with_dots(string set, string key, string value)
    {
        var input = Written.Set(set);

        var reading = SettingsReader.Read(input);

        Assert.Empty(reading.Problems);
        Assert.Equal($"{value} from --set", reading.Origin(key));
    }

    [Fact]
    public void Layers_meet_in_one_resource_whatever_its_case()
    {
        var input = Written.File("""{ "resources": { "Web": { "managementPort": 8081 } }, "parameters": { "Greeting": "hello" } }""")
            .WithVariable("PLATFORM__RESOURCES__WEB__REPLICAS__MIN", "2")
            .WithVariable("PLATFORM__PARAMETERS__GREETING", "hi")
            .WithFlags("resources.web.replicas.max=4");

        var settings = SettingsReader.Read(input).Settings;

        var (name, web) = Assert.Single(settings.Resources);
        Assert.Equal(("Web", 8081, 2, 4), (name, web.ManagementPort, web.Replicas.Min, web.Replicas.Max));
        Assert.Same(web, settings.Resources["web"]);
        Assert.Equal("hi", settings.Parameters["greeting"]);
    }

    [Fact]
    public void Every_value_says_where_it_came_from()
    {
        const string file =
            """
            {
              "application": "shop",
              "tags": { "owner": "team", "cost.center": "4711" },
              "network": { "flowLogs": "reject" },
              "parameters": { "greeting": "hello" },
              "resources": { "web": { "replicas": { "min": 3, "max": 12 }, "env": { "LOG_LEVEL": "debug" } }, "api": { "hosts": ["api.example.com"] } }
            }
            """;
        var input = Written.File(file, "production")
            .WithVariable("AWS_REGION", "eu-central-1")
            .WithVariable("PLATFORM__EDGE__DOMAIN", "shop.example.com")
            .WithVariable("PLATFORM__EDGE__HOSTEDZONEID", "Z0123456789ABCDEFGHIJ")
            .WithFlags("network.natGateways=1", "resources.web.outsidePorts=5432");

        var reading = SettingsReader.Read(input);

        Assert.Empty(reading.Problems);
        Golden.Matches(Written.Table(reading.Origins), "settings-origins.txt");
    }

    [Fact]
    public void A_file_may_have_comments_trailing_commas_and_a_byte_order_mark()
    {
        var input = Written.File("\uFEFF{ // ours\n \"region\": \"eu-west-1\", /* theirs */\n }");

        var reading = SettingsReader.Read(input);

        Assert.Empty(reading.Problems);
        Assert.Equal("eu-west-1", reading.Settings.Region);
    }
}
