namespace Platform.Deploy.Aws.Tests;

public sealed class AwsEndpointsTests
{
    private const string Config = """
        [profile dev]
        endpoint_url = http://profile:1
        services = local
        [services local]
        elastic_load_balancing_v2 =
          endpoint_url = http://services:1/path/
        [profile deaf]
        endpoint_url = http://profile:1
        ignore_configured_endpoint_urls = true
        [profile fips]
        use_fips_endpoint = true
        """;

    [Theory]
    [InlineData("eu-west-1", "https://cloudformation.eu-west-1.amazonaws.com/", "https://iam.amazonaws.com/", "us-east-1")]
    [InlineData("cn-northwest-1", "https://cloudformation.cn-northwest-1.amazonaws.com.cn/", "https://iam.cn-north-1.amazonaws.com.cn/", "cn-north-1")]
    [InlineData("us-gov-east-1", "https://cloudformation.us-gov-east-1.amazonaws.com/", "https://iam.us-gov.amazonaws.com/", "us-gov-west-1")]
    [InlineData("eusc-de-east-1", "https://cloudformation.eusc-de-east-1.amazonaws.eu/", "https://iam.eusc-de-east-1.amazonaws.eu/", "eusc-de-east-1")]
    public void A_region_has_the_addresses_of_its_partition(string region, string regional, string global, string signedFor)
    {
        var endpoints = Of(region, "default");

        Assert.Equal(
            (regional, global, region, signedFor),
            (endpoints.AddressOf(AwsApi.CloudFormation).AbsoluteUri, endpoints.AddressOf(AwsApi.Iam).AbsoluteUri, endpoints.SigningRegion(AwsApi.CloudFormation), endpoints.SigningRegion(AwsApi.Iam)));
    }

    [Fact]
    public void The_variable_of_a_service_comes_first()
    {
        var endpoints = Of("eu-west-1", "dev", ("AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2", "http://own:1"), ("AWS_ENDPOINT_URL", "http://all:1"));

        Assert.Equal(("http://own:1/", "http://all:1/"), (endpoints.AddressOf(AwsApi.LoadBalancing).AbsoluteUri, endpoints.AddressOf(AwsApi.Sts).AbsoluteUri));
    }

    [Fact]
    public void Then_comes_the_service_of_the_profile_and_then_the_profile()
    {
        var endpoints = Of("eu-west-1", "dev");

        Assert.Equal(("http://services:1/path/", "http://profile:1/"), (endpoints.AddressOf(AwsApi.LoadBalancing).AbsoluteUri, endpoints.AddressOf(AwsApi.Sts).AbsoluteUri));
    }

    [Fact]
    public void All_of_them_can_be_ignored()
    {
        var byVariable = Of("eu-west-1", "dev", ("AWS_ENDPOINT_URL", "http://all:1"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"));
        var byProfile = Of("eu-west-1", "deaf");

        Assert.Equal(("sts.eu-west-1.amazonaws.com", "sts.eu-west-1.amazonaws.com"), (byVariable.AddressOf(AwsApi.Sts).Host, byProfile.AddressOf(AwsApi.Sts).Host));
    }

    [Theory]
    [InlineData("localhost:5000")]
    [InlineData("ftp://host/")]
    [InlineData("http://user:password@host/")]
    [InlineData("http://host/?x=y")]
    [InlineData("nonsense")]
    public void An_address_that_is_none_is_a_problem(string address)
    {
        var reading = Read("eu-west-1", "default", ("AWS_ENDPOINT_URL_STS", address), ("AWS_ENDPOINT_URL", address));

        Assert.Equal(["DEP305 AWS_ENDPOINT_URL_STS", "DEP305 AWS_ENDPOINT_URL"], reading.Problems.Select(problem => $"{problem.Code} {problem.Subject}"));
    }

    [Fact]
    public void Endpoints_of_another_kind_are_a_problem_unless_their_addresses_are_given()
    {
        var byProfile = Read("eu-west-1", "fips");
        var byVariable = Read("eu-west-1", "default", ("AWS_USE_DUALSTACK_ENDPOINT", "true"), ("AWS_ENDPOINT_URL_STS", "https://sts.example"));
        var withAddress = Read("eu-west-1", "fips", ("AWS_ENDPOINT_URL", "https://proxy.example"));

        Assert.Equal(["DEP306"], byProfile.Problems.Select(problem => problem.Code));
        Assert.Equal(["DEP306"], byVariable.Problems.Select(problem => problem.Code));
        Assert.Empty(withAddress.Problems);
    }

    [Theory]
    [InlineData("eu-west-1", true)]
    [InlineData("us-gov-west-1", true)]
    [InlineData("eu-west", false)]
    [InlineData("eu-west-1.evil.example/", false)]
    [InlineData("EU-WEST-1", false)]
    [InlineData("", false)]
    public void A_name_of_a_region_has_its_form(string text, bool expected) => Assert.Equal(expected, AwsEndpoints.IsRegion(text));

    private static AwsEndpoints Of(string region, string profile, params (string Name, string Value)[] environment) => Read(region, profile, environment).Endpoints;

    private static AwsEndpointsReading Read(string region, string profile, params (string Name, string Value)[] environment) =>
        AwsEndpoints.Read(region, environment.ToDictionary(variable => variable.Name, variable => variable.Value), AwsProfiles.Read(Config, ""), profile);
}
