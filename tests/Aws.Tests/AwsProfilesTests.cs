namespace Platform.Deploy.Aws.Tests;

public sealed class AwsProfilesTests
{
    [Fact]
    public void Both_files_are_merged_and_the_credentials_win()
    {
        const string config = """
            # mine
            [default]
            region = eu-west-1
            aws_access_key_id = FROM_CONFIG

            [profile "my dev"]
            region=eu-central-1   # near
            role_arn = arn:aws:iam::1:role/x#y
            source_profile = default

            [sso-session company]
            sso_region = eu-west-1
            """;
        const string credentials = """
            [default]
            aws_access_key_id = FROM_CREDENTIALS
            ; a key of nobody
            [other]
            aws_access_key_id=OTHER
            """;

        var profiles = AwsProfiles.Read(config, credentials);

        Assert.Equal(["default", "my dev", "other"], profiles.Profiles.Keys);
        Assert.Equal("FROM_CREDENTIALS", profiles.Setting("default", "aws_access_key_id"));
        Assert.Equal("eu-west-1", profiles.Setting("default", "region"));
        Assert.Equal("eu-central-1", profiles.Setting("my dev", "region"));
        Assert.Equal("arn:aws:iam::1:role/x#y", profiles.Setting("my dev", "role_arn"));
        Assert.Null(profiles.Setting("nobody", "region"));
    }

    [Fact]
    public void An_indented_block_belongs_to_the_key_above()
    {
        const string config = """
            [services local]
            cloudformation =
              endpoint_url = http://127.0.0.1:5001
            s3 =
              endpoint_url = http://127.0.0.1:5002
              addressing_style = path
            [profile dev]
            services = local
            """;

        var profiles = AwsProfiles.Read(config, "");

        Assert.Equal(
            [KeyValuePair.Create("cloudformation", ""), KeyValuePair.Create("cloudformation.endpoint_url", "http://127.0.0.1:5001"), KeyValuePair.Create("s3", ""),
                KeyValuePair.Create("s3.addressing_style", "path"), KeyValuePair.Create("s3.endpoint_url", "http://127.0.0.1:5002")],
            profiles.Services["local"]);
    }

    [Theory]
    [InlineData("aws_access_key_id = A", "Keys")]
    [InlineData("role_arn = r\nsource_profile = b", "Role")]
    [InlineData("role_arn = r\nweb_identity_token_file = f", "WebIdentity")]
    [InlineData("sso_session = s", "Sso")]
    [InlineData("sso_start_url = s", "Sso")]
    [InlineData("credential_process = p", "Process")]
    [InlineData("login_session = l", "Login")]
    [InlineData("region = eu-west-1", "WithoutCredentials")]
    public void A_profile_says_how_it_gets_its_keys(string settings, string kind)
    {
        var profiles = AwsProfiles.Read($"[profile dev]\n{settings}", "");

        Assert.Equal(kind, profiles.KindOf("dev").ToString());
    }

    [Theory]
    [InlineData("direct", "direct")]
    [InlineData("role", "direct")]
    [InlineData("roleOfRole", "direct")]
    [InlineData("keys", null)]
    [InlineData("circle", null)]
    public void The_login_that_a_chain_of_roles_needs_is_found(string profile, string? login)
    {
        const string config = """
            [profile direct]
            sso_session = s
            [profile role]
            role_arn = r
            source_profile = direct
            [profile roleOfRole]
            role_arn = r
            source_profile = role
            [profile keys]
            aws_access_key_id = A
            [profile circle]
            role_arn = r
            source_profile = circle
            """;

        var found = AwsProfiles.Read(config, "").SsoProfileOf(profile);

        Assert.Equal(login, found);
    }

    [Fact]
    public void Lines_that_are_none_are_passed_over()
    {
        var profiles = AwsProfiles.Read("region = before any section\n[profile dev\nno equals sign\n= no key\nregion = eu-west-1\r\n", "");

        Assert.Equal("eu-west-1", profiles.Setting("dev", "region"));
    }
}
