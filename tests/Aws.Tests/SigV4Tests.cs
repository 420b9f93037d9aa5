using Platform.Deploy.Model;

namespace Platform.Deploy.Aws.Tests;

/// <summary>The signatures were computed by botocore 1.29.27 for the same requests, but for the first one, which AWS's guide publishes.</summary>
public sealed class SigV4Tests
{
    private const string Form = "application/x-www-form-urlencoded; charset=utf-8";
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 20, 30, TimeSpan.Zero);
    private static readonly AwsKeys Keys = new("AKIDEXAMPLE", new SecretText("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), SessionToken: null);
    private static readonly AwsKeys Temporary = Keys with { SessionToken = new SecretText("SESSION+TOKEN/with=signs") };

    [Fact]
    public void The_example_of_the_guide_has_the_signature_of_the_guide()
    {
        var scope = new SigningScope("us-east-1", "iam", new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));
        var headers = Headers(("content-type", Form), ("host", "iam.amazonaws.com"), ("x-amz-date", scope.Timestamp));

        var signed = SigV4.Authorization("GET", new Uri("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"), headers, [], Keys, scope);

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            signed);
    }

    [Fact]
    public void A_form_is_signed_with_its_body()
    {
        var headers = Headers(("content-type", Form), ("host", "cloudformation.eu-west-1.amazonaws.com"), ("x-amz-date", "20261123T102030Z"));
        var url = new Uri("https://cloudformation.eu-west-1.amazonaws.com/");

        var signed = SigV4.Authorization("POST", url, headers, "Action=DescribeStacks&Version=2010-05-15"u8, Keys, Scope("cloudformation"));

        Assert.EndsWith("SignedHeaders=content-type;host;x-amz-date, Signature=e98e8dede46c4f6045fc65917a4631e283cb64e9e73277c6dfb926af2d40ff16", signed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_token_and_a_target_are_signed_too()
    {
        var headers = Headers(
            ("content-type", "application/x-amz-json-1.1"),
            ("host", "api.ecr.eu-west-1.amazonaws.com"),
            ("x-amz-date", "20261123T102030Z"),
            ("x-amz-security-token", "SESSION+TOKEN/with=signs"),
            ("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken"));

        var signed = SigV4.Authorization("POST", new Uri("https://api.ecr.eu-west-1.amazonaws.com/"), headers, "{}"u8, Temporary, Scope("ecr"));

        Assert.EndsWith(
            "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=f94ed1dce3cc7b535ad2ca63bd68592f4b6b4de1695506ab81388227f95b9a45",
            signed,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_encoded_once_more_and_a_query_is_sorted()
    {
        var headers = Headers(("host", "eks.eu-west-1.amazonaws.com"), ("x-amz-date", "20261123T102030Z"));
        var url = new Uri(
            "https://eks.eu-west-1.amazonaws.com/clusters/a%2Fb%3Ac%20%2B%40%3D~%C3%A9/updates?nodegroupName=&maxResults=10&nextToken=a%2Bb%2Fc%3D%3D&z=%2A%27%28%29%21&addon");

        var signed = SigV4.Authorization("GET", url, headers, [], Keys, Scope("eks"));

        Assert.EndsWith("Signature=7dc4e70d3987f0a9555149c530dad2872172b0654dac0a626c480d7d31f898db", signed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_belongs_to_the_host()
    {
        var headers = Headers(("host", "127.0.0.1:5000"), ("x-amz-date", "20261123T102030Z"));

        var signed = SigV4.Authorization("GET", new Uri("http://127.0.0.1:5000/clusters/shop"), headers, [], Keys, new SigningScope("us-east-1", "eks", Now));

        Assert.EndsWith("Signature=d77f8b63340ac44311c6af61ccf98c32d16344ea617daab8d83b30646f353e62", signed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "535970b82dedc481ed8f49d8feddcd3f2b00be5486076dddb850b888ac943874")]
    [InlineData(true, "1d4b59c6ed5c06670e4e7a37ab3b2a3fec75210ddd7d03773798a4734060cf17")]
    public void The_token_of_a_cluster_is_the_address_of_a_signed_question_who_calls(bool temporary, string signature)
    {
        var endpoints = AwsEndpoints.OfOne("eu-west-1", new Uri("http://127.0.0.1:5000/"));

        var token = EksToken.Of("shop-production", endpoints, temporary ? Temporary : Keys, Now);

        Assert.Equal(Now.AddMinutes(14), token.RenewAfter);
        Assert.StartsWith("k8s-aws-v1.", token.Bearer.Reveal(), StringComparison.Ordinal);
        Assert.Equal(
            "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIDEXAMPLE%2F20261123%2Feu-west-1%2Fsts%2Faws4_request&X-Amz-Date=20261123T102030Z&X-Amz-Expires=60"
                + $"{(temporary ? "&X-Amz-Security-Token=SESSION%2BTOKEN%2Fwith%3Dsigns" : "")}&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&X-Amz-Signature={signature}",
            System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Bearer.Reveal().AsSpan("k8s-aws-v1.".Length))));
    }

    private static SigningScope Scope(string service) => new("eu-west-1", service, Now);

    private static SortedDictionary<string, string> Headers(params (string Name, string Value)[] headers) =>
        new(headers.ToDictionary(header => header.Name, header => header.Value), StringComparer.Ordinal);
}
