using System.Text;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Settings;

/// <summary>Files that no person would write: each gives settings and problems, never an exception.</summary>
public sealed class ChanceTests
{
    private const string Whole =
        """
        { "account": "123456789012", "region": "eu-central-1", "availabilityZones": ["eu-central-1a", "eu-central-1b"], "tags": { "owner": "team" },
          "network": { "cidr": "10.9.0.0/16", "egress": "nat", "natGateways": 1, "existing": { "vpcId": "vpc-01234567", "cidr": "10.20.0.0/16" } },
          "cluster": { "architectures": ["arm64"], "administrators": ["arn:aws:iam::123456789012:role/Admin"] }, "registry": { "existing": "ghcr.io/owner" },
          "edge": { "domain": "shop.example.com", "certificateArn": "arn:aws:acm:eu-central-1:123456789012:certificate/1" },
          "gitOps": { "repository": "git@github.com:owner/shop.git" }, "parameters": { "greeting": "hello" }, "allowMissing": ["blobs"],
          "resources": { "web": { "substitute": { "externalUrl": "https://web.example.com" }, "replicas": { "min": 1 }, "size": { "cpuRequest": "250m" },
            "readiness": { "path": "/health" }, "outsidePorts": [5432], "env": { "A": "b" } } } }
        """;

    // Enough to change the structure, a value, a name or an escape.
    private const string Changes = "{}[]\":,\\/*-.0123456789e@ \n\tnulltrue$éZ";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_file_with_changed_characters_is_read(int seed)
    {
        var random = new Random(seed);

        var readings = Enumerable.Range(0, 1000).Select(_ => SettingsReader.Read(Written.File(Changed(random), "production")));

        Assert.All(readings, reading => Assert.NotEmpty(reading.Origins));
    }

    [Fact]
    public void A_file_that_ends_anywhere_is_read()
    {
        var files = Enumerable.Range(0, Whole.Length).Select(length => Written.File(Whole[..length]));

        var readings = files.Select(SettingsReader.Read);

        Assert.All(readings, reading => Assert.Contains("DEP041", reading.Problems.Select(problem => problem.Code)));
    }

    [Theory]
    [InlineData(4)]
    public void A_flag_of_any_characters_is_read(int seed)
    {
        var random = new Random(seed);
        var keys = SettingCatalogue.All.Select(setting => setting.Key).ToArray();

        var readings = Enumerable.Range(0, 2000).Select(_ => SettingsReader.Read(Written.Set($"{Any(random, keys)}={Noise(random)}", Noise(random))));

        Assert.All(readings, reading => Assert.NotEmpty(reading.Problems));
    }

    private static string Changed(Random random)
    {
        var text = new StringBuilder(Whole);
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            text[random.Next(text.Length)] = Changes[random.Next(Changes.Length)];
        }

        return text.ToString();
    }

    private static string Any(Random random, string[] keys) => keys[random.Next(keys.Length)].Replace('*', Changes[random.Next(Changes.Length)]);

    private static string Noise(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Changes[random.Next(Changes.Length)]));
}
