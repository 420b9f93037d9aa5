using System.Text;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Settings;

/// <summary>What is wrong with one setting, in the words that the user sees.</summary>
public sealed class SettingsProblemTests
{
    [Fact]
    public void Everything_that_is_wrong_in_a_file_is_reported_at_once()
    {
        var input = Written.File(
            """
            {
              // every kind of mistake, one a line
              "application": "a-name-of-more-than-24-letters",
              "acount": "123456789012",
              "account": 123456789012,
              "region": "Frankfurt",
              "natGateways": 2,
              "availabilityZones": "eu-central-1a",
              "namespace": "kube-system",
              "tags": { "app": "x", "owner": "team\u0007" },
              "network": { "cidr": "10.0.0.0/8", "egress": "publicnodes", "natGateways": "2", "flowLogs": 1, "existing": {} },
              "cluster": { "version": 1.30, "publicAccessCidrs": ["203.0.113.7/24"], "architectures": [], "administrators": ["arn:aws:iam::123456789012:role/*"] },
              "registry": { "existing": "https://ghcr.io/owner" },
              "edge": { "domain": "https://example.com", "hostedZoneId": "example.com", "certificateArn": "arn:aws:iam::1:role/x", "inboundCidrs": [] },
              "operations": { "email": "nobody", "monthlyBudget": 0, "logRetentionDays": 31, "logRetentionDays": 30 },
              "gitHub": { "repository": "shop", "ownerId": "*", "repositoryId": "12a" },
              "gitOps": { "repository": "https://user:pass@example.com/x.git", "path": "../elsewhere" },
              "images": { "baseImage": "Not An Image", "severityGate": "low", "mirror": "yes" },
              "allowMissing": ["cache", "cache", 1],
              "parameters": { "": "x" },
              "resources": {
                "web": {
                  "substitute": {},
                  "replicas": { "min": 0, "max": 2.5 },
                  "size": { "cpuRequest": "half", "memoryLimit": "512MB" },
                  "readiness": "/health",
                  "managementPort": 70000,
                  "metricsPath": "metrics",
                  "writablePaths": ["/var/../etc"],
                  "awsPolicies": ["AdministratorAccess"],
                  "userId": 0,
                  "outsidePorts": [5432, 0, 70000],
                  "env": { "A=B": "x" }
                },
                "WEB": {}
              },
            }
            """);

        var problems = SettingsReader.Read(input).Problems;

        Golden.Matches(Written.Text(problems), "settings-problems-in-a-file.txt");
    }

    [Fact]
    public void Everything_that_is_wrong_in_flags_and_variables_is_reported_at_once()
    {
        var input = Written.Set(
                "network.natGateways",
                "=1",
                "network.=1",
                "network.natgateway=1",
                "cidr=10.0.0.0/16",
                "network=1",
                "network={\"cidr\":}",
                "network={\"natGateways\":\"1\"}",
                "cluster.architectures=[\"arm64\"",
                "edge.waf=yes",
                "resources.web.outsidePorts=5432,amqp",
                "resources.web.outsidePorts=[\"5432\"]",
                "network.natGateways=two",
                "account=123",
                "resources.my.api.replicas.min=2",
                "resources.\"my.api.replicas.min=2",
                "resources=x",
                "tags.env=x",
                "tags={\"aws:x\":\"y\"}")
            .WithVariable("PLATFORM__NETWORK__NATGATEWAY", "1")
            .WithVariable("PLATFORM__", "1")
            .WithVariable("PLATFORM__RESOURCES__WEB__REPLICAS", "2")
            .WithVariable("PLATFORM__NETWORK__EGRESS", "private-nodes")
            .WithVariable("AWS_REGION", "mars");

        var problems = SettingsReader.Read(input).Problems;

        Golden.Matches(Written.Text(problems), "settings-problems-in-flags.txt");
    }

    [Theory]
    [InlineData("", "environments/dev.json, line 1, column 1")]
    [InlineData("{", "environments/dev.json, line 1, column 2")]
    [InlineData("{\n  \"region\": eu-west-1\n}", "environments/dev.json, line 2, column 13")]
    [InlineData("{}\n{}", "environments/dev.json, line 2, column 1")]
    [InlineData("{\n \"region\": \"\\ud800\" }", "environments/dev.json, line 2, column 12")]
    public void What_is_no_JSON_has_line_and_column(string text, string subject)
    {
        var input = Written.File(text);

        var problems = SettingsReader.Read(input).Problems;

        Assert.Equal(("DEP041", subject), problems.Select(problem => (problem.Code, problem.Subject)).Single());
    }

    [Fact]
    public void A_file_of_another_encoding_or_without_end_is_refused()
    {
        var notUtf8 = Written.File("{}") with { File = new SettingsFile("environments/dev.json", Encoding.Latin1.GetBytes("{ \"tags\": { \"owner\": \"Müller\" } }")) };
        var huge = Written.File(new string(' ', 2_000_000));
        var list = Written.File("[]");
        var deep = Written.File(string.Concat(Enumerable.Repeat("{\"resources\":", 100)));

        var problems = new[] { notUtf8, huge, list, deep }.SelectMany(input => SettingsReader.Read(input).Problems);

        Golden.Matches(Written.Text(problems), "settings-problems-of-files.txt");
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("a-long-environment")]
    [InlineData("../dev")]
    [InlineData("1")]
    public void A_name_that_is_no_environment_is_a_problem(string name)
    {
        var input = Written.Nothing(name);

        var problems = SettingsReader.Read(input).Problems;

        Assert.Equal(
            $"""
            DEP047 '{name}' is not a name for an environment (at most 12 lower-case letters, digits and hyphens; first a letter).
              at  --environment
              fix Write one such as 'staging'.

            """,
            Written.Text(problems));
    }

    [Fact]
    public void A_value_with_a_problem_has_its_default_so_that_later_stages_can_go_on()
    {
        var input = Written.Set("network.cidr=10.0.0.0/8", "network.natGateways=9", "resources.web.replicas.min=0");

        var reading = SettingsReader.Read(input);

        Assert.Equal(3, reading.Problems.Length);
        Assert.Equal(("10.0.0.0/16", 1), (reading.Settings.Network.Cidr, reading.Settings.Network.NatGateways));
        Assert.Empty(reading.Settings.Resources);
    }

    [Fact]
    public void What_depends_on_a_value_that_is_wrong_already_is_not_a_second_problem()
    {
        var input = Written.File("""{ "edge": { "domain": "shop.example.com", "hostedzoneId": "Z0123456789ABCDEFGHIJ" } }""", "production");

        var problems = SettingsReader.Read(input).Problems;

        Assert.Equal(
            """
            DEP043 There is no setting 'edge.hostedzoneId'.
              at  edge.hostedzoneId (environments/production.json:1)
              fix Did you mean 'edge.hostedZoneId'?

            """,
            Written.Text(problems));
    }

    [Theory]
    [InlineData("gitOps.repository=https://octocat:canary@github.com/octocat/shop.git")]
    [InlineData("resources.db.substitute.externalUrl=amqp://guest:canary@mq.example.com")]
    [InlineData("resources.db.substitute.externalUrl=Host=db;Password=canary")]
    [InlineData("resources.db.substitute.connectionStringSecret=Host=db;Password=canary")]
    [InlineData("registry.existing=octocat:canary@ghcr.io/octocat")]
    public void A_secret_in_the_wrong_place_is_refused_and_not_repeated(string set)
    {
        var input = Written.Set(set);

        var reading = SettingsReader.Read(input);

        Assert.Equal(["DEP047"], reading.Problems.Select(problem => problem.Code));
        Assert.DoesNotContain("canary", Written.Text(reading.Problems) + Written.Table(reading.Origins), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_stays_on_its_line()
    {
        var input = Written.Set("region=\u001b[31m\n" + new string('x', 1000), "no\u0007such=1");

        var problems = SettingsReader.Read(input).Problems;

        Assert.Equal(
            $"""
            DEP047 '\u001b[31m\u000a{new string('x', 94)}…' is not the name of a region.
              at  region (--set)
              fix Write one such as 'eu-central-1'.
            DEP043 There is no setting 'no\u0007such'.
              at  no\u0007such (--set)
              fix Remove it; 'settings --explain' shows all keys.

            """,
            Written.Text(problems));
    }

    [Fact]
    public void Only_a_flag_without_a_key_is_a_matter_of_usage()
    {
        var input = Written.Set("region");

        var problem = Assert.Single(SettingsReader.Read(input).Problems);

        Assert.Equal(ExitCode.Usage, problem.ExitCode);
    }
}
