using System.Security.Cryptography;
using System.Text;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Aws.Tests;

/// <summary>The SDK reads the process's own environment, so these tests have a home of their own and run alone.</summary>
[Collection(ProcessEnvironment.Name)]
public sealed class AwsSessionTests : IDisposable
{
    private const string Config = """
        [default]
        region = eu-north-1

        [profile company]
        sso_session = company
        sso_account_id = 123456789012
        sso_role_name = Developer
        region = eu-west-1

        [sso-session company]
        sso_region = eu-west-1
        sso_start_url = https://company.awsapps.com/start

        [profile deployer]
        region = eu-west-1
        role_arn = arn:aws:iam::123456789012:role/deployer
        source_profile = company

        [profile static]
        aws_access_key_id = AKIASTATIC
        aws_secret_access_key = secret

        [profile program]
        region = eu-west-1
        credential_process = true

        [profile region-only]
        region = eu-west-3

        [profile browser]
        login_session = arn:aws:iam::123456789012:user/me

        [profile headless]
        region = eu-west-1
        role_arn = arn:aws:iam::123456789012:role/x
        """;

    private readonly ProcessEnvironment _process = new();
    private readonly FakeAws _aws = new();

    public AwsSessionTests() => _process.WriteFile(".aws/config", Config);

    public void Dispose()
    {
        _process.Dispose();
        _aws.Dispose();
    }

    [Fact]
    public async Task Keys_of_the_environment_come_before_the_default_profile()
    {
        _process.Set("AWS_ACCESS_KEY_ID", "AKIAENV");
        _process.Set("AWS_SECRET_ACCESS_KEY", "secret");
        _process.Set("AWS_SESSION_TOKEN", "token");

        using var session = Open(profile: null);

        Assert.Equal(new AwsKeys("AKIAENV", new SecretText("secret"), new SecretText("token")), await KeysAsync(session));
        Assert.Equal(("environment variables", "eu-north-1"), (session.Connection.Credentials.Source, session.Region));
    }

    [Fact]
    public async Task The_profile_that_is_named_comes_before_all()
    {
        _process.Set("AWS_ACCESS_KEY_ID", "AKIAENV");
        _process.Set("AWS_SECRET_ACCESS_KEY", "secret");
        _process.Set("AWS_REGION", "us-west-2");

        using var session = Open("static");

        Assert.Equal("AKIASTATIC", (await KeysAsync(session)).AccessKeyId);
        Assert.Equal(("profile static", "us-west-2"), (session.Connection.Credentials.Source, session.Region));
    }

    [Fact]
    public async Task A_profile_with_a_login_gets_its_keys_for_the_token_of_that_login()
    {
        using var portal = new LoopbackServer(request => (200, """{"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"s","sessionToken":"t","expiration":1999999999000}}"""));
        _process.Set("AWS_ENDPOINT_URL_SSO", portal.Address);
        LogIn("2036-01-01T00:00:00Z");

        using var session = Open("company");

        Assert.Equal(new AwsKeys("ASIASSO", new SecretText("s"), new SecretText("t")), await KeysAsync(session));
        Assert.Equal(["GET /federation/credentials?account_id=123456789012&role_name=Developer"], portal.Requests);
    }

    [Theory]
    [InlineData("company", "The SSO login of profile 'company' is over, or was never made.")]
    [InlineData("deployer", "Profile 'deployer' needs the SSO login of 'company', which is over or was never made.")]
    public async Task A_login_that_is_over_is_told_with_the_command_that_renews_it(string profile, string summary)
    {
        LogIn("2020-01-01T00:00:00Z");
        using var session = Open(profile);

        var failure = await Assert.ThrowsAsync<DeployException>(() => KeysAsync(session));

        Assert.Equal((summary, "Run 'aws sso login --profile company', then the command again."), (failure.Problems[0].Summary, failure.Problems[0].Fix));
    }

    [Fact]
    public async Task A_login_that_the_company_ended_is_told_in_the_same_way()
    {
        using var portal = new LoopbackServer(_ => (401, """{"message":"Session token not found or invalid"}"""));
        _process.Set("AWS_ENDPOINT_URL_SSO", portal.Address);
        LogIn("2036-01-01T00:00:00Z");
        using var session = Open("company");

        var failure = await Assert.ThrowsAsync<DeployException>(() => KeysAsync(session));

        Assert.Equal("DEP302", failure.Problems[0].Code);
    }

    [Fact]
    public async Task A_container_gets_its_keys_from_the_address_that_it_was_given()
    {
        using var agent = new LoopbackServer(_ => (200, """{"AccessKeyId":"ASIACONTAINER","SecretAccessKey":"s","Token":"t","Expiration":"2036-01-01T00:00:00Z"}"""));
        _process.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", agent.Address + "/v1/credentials");
        _process.Set("AWS_CONTAINER_AUTHORIZATION_TOKEN", "pod");

        using var session = Open(profile: null);

        Assert.Equal("ASIACONTAINER", (await KeysAsync(session)).AccessKeyId);
        Assert.Equal("container's role", session.Connection.Credentials.Source);
    }

    [Fact]
    public async Task A_program_of_the_profile_gives_its_keys()
    {
        var script = _process.WriteFile("keys.sh", """echo '{"Version":1,"AccessKeyId":"AKIAPROGRAM","SecretAccessKey":"s"}'""");
        _process.WriteFile(".aws/config", $"[profile program]\nregion = eu-west-1\ncredential_process = sh {script}\n");

        using var session = Open("program");

        Assert.Equal("AKIAPROGRAM", (await KeysAsync(session)).AccessKeyId);
    }

    [Fact]
    public async Task A_program_that_gives_nothing_is_a_problem()
    {
        using var session = Open("program");

        var failure = await Assert.ThrowsAsync<DeployException>(() => KeysAsync(session));

        Assert.Equal("DEP311", failure.Problems[0].Code);
    }

    [Fact]
    public async Task A_web_identity_without_its_token_is_a_problem()
    {
        _process.Set("AWS_WEB_IDENTITY_TOKEN_FILE", Path.Combine(_process.Home, "none"));
        _process.Set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/ci");
        using var session = Open(profile: null);

        var failure = await Assert.ThrowsAsync<DeployException>(() => KeysAsync(session));

        Assert.Equal("DEP312", failure.Problems[0].Code);
    }

    [Fact]
    public async Task Nothing_at_all_is_a_problem()
    {
        _process.Set("AWS_EC2_METADATA_DISABLED", "true");
        using var session = Open(profile: null);

        var failure = await Assert.ThrowsAsync<DeployException>(() => KeysAsync(session));

        Assert.Equal("DEP300", failure.Problems[0].Code);
    }

    [Theory]
    [InlineData("compani", "DEP301")]
    [InlineData("region-only", "DEP308")]
    [InlineData("browser", "DEP309")]
    public void A_profile_that_cannot_work_is_told_before_any_call(string profile, string code)
    {
        var failure = Assert.Throws<DeployException>(() => Open(profile));

        Assert.Equal(code, failure.Problems[0].Code);
    }

    [Fact]
    public async Task A_profile_that_is_not_complete_is_told_at_the_first_call()
    {
        using var session = Open("headless");

        var failure = await Assert.ThrowsAsync<DeployException>(() => KeysAsync(session));

        Assert.Equal("DEP310", failure.Problems[0].Code);
    }

    [Fact]
    public void Half_of_a_key_is_a_problem()
    {
        _process.Set("AWS_ACCESS_KEY_ID", "AKIAENV");

        var failure = Assert.Throws<DeployException>(() => Open(profile: null));

        Assert.Equal("DEP307", failure.Problems[0].Code);
    }

    [Fact]
    public void A_region_is_asked_for_where_none_is_said()
    {
        _process.WriteFile(".aws/config", "[profile static]\naws_access_key_id = A\naws_secret_access_key = b\n");

        var failure = Assert.Throws<DeployException>(() => Open("static"));

        Assert.Equal("DEP303", failure.Problems[0].Code);
    }

    [Theory]
    [InlineData("ap-south-1", "us-west-2", "us-west-1", "ap-south-1")]
    [InlineData(null, "us-west-2", "us-west-1", "us-west-2")]
    [InlineData(null, null, "us-west-1", "us-west-1")]
    [InlineData(null, null, null, "eu-west-1")]
    public void A_region_is_taken_from_what_is_nearest(string? said, string? variable, string? variableOfTheCommandLine, string expected)
    {
        _process.Set("AWS_REGION", variable);
        _process.Set("AWS_DEFAULT_REGION", variableOfTheCommandLine);

        using var session = AwsSession.Open(new AwsSessionSettings { Profile = "company", Region = said }, _process.Variables, TimeProvider.System);

        Assert.Equal(expected, session.Region);
    }

    [Fact]
    public async Task A_stand_in_needs_neither_files_nor_variables()
    {
        using var server = new LoopbackServer(_ => (200, "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>000000000000</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"));
        var standIn = new AwsStandIn(new Uri(server.Address + "/aws"), new AwsKeys("AKIA", new SecretText("s"), null));

        using var session = AwsSession.Open(new AwsSessionSettings { Region = "eu-west-1", StandIn = standIn }, new Dictionary<string, string>(), TimeProvider.System);

        Assert.Equal("000000000000", (await session.Sts.GetCallerIdentityAsync(TestContext.Current.CancellationToken)).Account);
        Assert.Equal(["POST /aws/"], server.Requests);
    }

    private AwsSession Open(string? profile) => AwsSession.Open(new AwsSessionSettings { Profile = profile }, _process.Variables, TimeProvider.System);

    private static Task<AwsKeys> KeysAsync(AwsSession session) => session.Connection.Credentials.AskAsync(TestContext.Current.CancellationToken);

#pragma warning disable CA5350 // The name of the file is what AWS's tools agreed on.
    private void LogIn(string expiresAt) => _process.WriteFile(
        $".aws/sso/cache/{Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes("company")))}.json",
        $$"""{"startUrl":"https://company.awsapps.com/start","region":"eu-west-1","accessToken":"login","expiresAt":"{{expiresAt}}"}""");
#pragma warning restore CA5350
}
