using Platform.Deploy.Model;

namespace Platform.Deploy.Aws.Tests;

public sealed class EcrClientTests : IDisposable
{
    private readonly FakeAws _aws = new();

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task A_login_is_the_token_taken_apart()
    {
        _aws.Answers("""
            {"authorizationData":[{"authorizationToken":"QVdTOnBhc3N3b3JkOndpdGgtY29sb24=","expiresAt":1763938830.123,
              "proxyEndpoint":"https://123456789012.dkr.ecr.eu-west-1.amazonaws.com"}]}
            """);

        var login = await new EcrClient(_aws.Connection).LoginAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            new RegistryLogin(new Uri("https://123456789012.dkr.ecr.eu-west-1.amazonaws.com"), "AWS", new SecretText("password:with-colon"), DateTimeOffset.FromUnixTimeMilliseconds(1763938830123)),
            login);
        var sent = Assert.Single(_aws.Sent);
        Assert.Equal("POST https://api.ecr.eu-west-1.amazonaws.com/ {}", $"{sent.Method} {sent.Url} {sent.Body}");
        Assert.Equal("AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken", sent.Headers["x-amz-target"]);
        Assert.Equal("application/x-amz-json-1.1", sent.Headers["content-type"]);
    }

    [Fact]
    public async Task A_login_shows_no_password()
    {
        _aws.Answers("""{"authorizationData":[{"authorizationToken":"QVdTOnBhc3N3b3Jk","proxyEndpoint":"https://r.example"}]}""");

        var login = await new EcrClient(_aws.Connection).LoginAsync(TestContext.Current.CancellationToken);

        Assert.Equal("RegistryLogin { Endpoint = https://r.example/, UserName = AWS, Password = ***, ExpiresAt =  }", login.ToString());
    }

    [Fact]
    public async Task An_answer_without_a_token_is_a_problem()
    {
        _aws.Answers("""{"authorizationData":null}""");

        var failure = await Assert.ThrowsAsync<AwsException>(() => new EcrClient(_aws.Connection).LoginAsync(TestContext.Current.CancellationToken));

        Assert.Equal(AwsErrorKind.Unreadable, failure.Error.Kind);
    }
}
