using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Registries;

public sealed class RegistryPolicyTests
{
    [Theory]
    [InlineData("ghcr.io", "https://ghcr.io/")]
    [InlineData("docker.io", "https://registry-1.docker.io/")]
    [InlineData("registry.example:5000", "https://registry.example:5000/")]
    [InlineData("192.168.1.2:5000", "https://192.168.1.2:5000/")]
    [InlineData("localhost.example", "https://localhost.example/")]
    [InlineData("localhost:5000", "http://localhost:5000/")]
    [InlineData("localhost", "http://localhost/")]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [InlineData("plain.example:5000", "http://plain.example:5000/")]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "http://127.0.0.1:4510/")]
    public void Only_this_machine_and_what_is_named_is_spoken_to_without_TLS(string host, string expected)
    {
        var policy = RegistryPolicy.Default with
        {
            PlainHosts = new HashSet<string> { "plain.example:5000" },
            Endpoints = new Dictionary<string, Uri> { ["123456789012.dkr.ecr.eu-west-1.amazonaws.com"] = new("http://127.0.0.1:4510") },
        };

        var address = policy.Address(host);

        Assert.Equal(expected, address.AbsoluteUri);
    }

    [Theory]
    [InlineData("https://tokens.example/token", true)]
    [InlineData("http://tokens.example/token", false)]
    [InlineData("http://localhost:5001/token", true)]
    [InlineData("http://plain.example:5000/token", true)]
    public void Credentials_go_where_nobody_listens(string address, bool expected)
    {
        var policy = RegistryPolicy.Default with { PlainHosts = new HashSet<string> { "plain.example:5000" } };

        var isSafe = policy.IsSafe(new Uri(address));

        Assert.Equal(expected, isSafe);
    }

    [Fact]
    public void A_transfer_may_take_longer_the_more_there_is_to_send()
    {
        var limit = RegistryPolicy.Default.Limit(100L * 1024 * 1024);

        Assert.Equal(TimeSpan.FromSeconds(60 + 3_200), limit);
    }
}
