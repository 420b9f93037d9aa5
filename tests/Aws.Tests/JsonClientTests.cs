using System.Net;
using Platform.Deploy.Model;

namespace Platform.Deploy.Aws.Tests;

/// <summary>Answers of the services that speak JSON, in the shapes that they really have: with nulls, without fields, with fields that nobody knows.</summary>
public sealed class JsonClientTests : IDisposable
{
    private readonly FakeAws _aws = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task A_cluster_that_is_being_created_has_no_endpoint_yet()
    {
        _aws.Answers("""
            {"cluster":{"name":"shop-dev","arn":"arn:aws:eks:eu-west-1:1:cluster/shop-dev","createdAt":1763893230.5,"version":"1.34","endpoint":null,"status":"CREATING",
              "certificateAuthority":{},"resourcesVpcConfig":{"subnetIds":["a","b"],"securityGroupIds":null,"vpcId":"vpc-1","endpointPublicAccess":true},
              "computeConfig":{"enabled":true},"health":{"issues":[]},"tags":null,"somethingNew":{"x":1}}}
            """);

        var cluster = await new EksClient(_aws.Connection).DescribeClusterAsync("shop dev/é", Cancellation);

        Assert.True(cluster is { Status: "CREATING", Endpoint: null, Version: "1.34", ComputeConfig.Enabled: true, DeletionProtection: false }, cluster?.ToString());
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1763893230500), cluster!.CreatedAt);
        Assert.Equal(["a", "b"], cluster.ResourcesVpcConfig!.SubnetIds);
        Assert.Empty(cluster.ResourcesVpcConfig.SecurityGroupIds);
        Assert.Empty(cluster.Health!.Issues);
        Assert.Empty(cluster.Tags);
        Assert.Equal("GET https://eks.eu-west-1.amazonaws.com/clusters/shop%20dev%2F%C3%A9", $"{_aws.Sent[0].Method} {_aws.Sent[0].Url.AbsoluteUri}");
    }

    [Fact]
    public async Task Insights_are_asked_for_with_a_filter()
    {
        _aws.Answers("""{"insights":[{"id":"1","name":"Deprecated APIs","category":"UPGRADE_READINESS","insightStatus":{"status":"ERROR","reason":"in use"}}]}""");

        var insights = await new EksClient(_aws.Connection).ListInsightsAsync("shop", new InsightsFilter(["UPGRADE_READINESS"], null), Cancellation).ToListAsync(Cancellation);

        Assert.Equal("""POST /clusters/shop/insights {"filter":{"categories":["UPGRADE_READINESS"]}}""", $"{_aws.Sent[0].Method} {_aws.Sent[0].Url.AbsolutePath} {_aws.Sent[0].Body}");
        Assert.Equal([("Deprecated APIs", "ERROR")], insights.Select(insight => (insight.Name, insight.InsightStatus!.Status)));
    }

    [Fact]
    public async Task Versions_of_Kubernetes_come_with_the_end_of_their_support()
    {
        _aws.Answers("""{"clusterVersions":[{"clusterVersion":"1.34","defaultVersion":true,"versionStatus":"STANDARD_SUPPORT","endOfStandardSupportDate":1796083200}],"nextToken":"2"}""")
            .Answers("""{"clusterVersions":[{"clusterVersion":"1.33","versionStatus":"STANDARD_SUPPORT"}],"nextToken":null}""");

        var versions = await new EksClient(_aws.Connection).DescribeClusterVersionsAsync("STANDARD_SUPPORT", Cancellation).ToListAsync(Cancellation);

        Assert.Equal([("1.34", true), ("1.33", false)], versions.Select(version => (version.Version, version.DefaultVersion)));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), versions[0].EndOfStandardSupportDate);
        Assert.Equal(["/cluster-versions?versionStatus=STANDARD_SUPPORT", "/cluster-versions?versionStatus=STANDARD_SUPPORT&nextToken=2"], _aws.Sent.Select(sent => sent.Url.PathAndQuery));
    }

    [Fact]
    public async Task The_last_page_of_tagged_resources_has_an_empty_token()
    {
        _aws.Answers("""{"PaginationToken":"","ResourceTagMappingList":[{"ResourceARN":"arn:1","Tags":[{"Key":"app","Value":"shop"}]}]}""");

        var resources = await new TaggingClient(_aws.Connection).GetResourcesAsync([new TagFilter("app", ["shop"]), new TagFilter("env", [])], [], Cancellation).ToListAsync(Cancellation);

        Assert.Equal("""{"TagFilters":[{"Key":"app","Values":["shop"]},{"Key":"env","Values":[]}]}""", Assert.Single(_aws.Sent).Body);
        Assert.Equal([new AwsTag("app", "shop")], Assert.Single(resources).Tags);
    }

    [Fact]
    public async Task An_image_has_the_counts_of_its_scan()
    {
        _aws.Answers("""
            {"imageDetails":[{"repositoryName":"shop/web","imageDigest":"sha256:1","imageTags":["c0ffee"],"imageSizeInBytes":123456789012,
              "imageScanStatus":{"status":"COMPLETE"},"imageScanFindingsSummary":{"findingSeverityCounts":{"CRITICAL":1,"LOW":7}}}]}
            """);

        var image = await new EcrClient(_aws.Connection).DescribeImageAsync("shop/web", new ImageIdentifier { ImageTag = "c0ffee" }, Cancellation);

        Assert.Equal("""{"repositoryName":"shop/web","imageIds":[{"imageTag":"c0ffee"}]}""", Assert.Single(_aws.Sent).Body);
        Assert.Equal((123456789012, 1, 7), (image!.ImageSizeInBytes, image.ImageScanFindingsSummary!.FindingSeverityCounts["CRITICAL"], image.ImageScanFindingsSummary.FindingSeverityCounts["LOW"]));
    }

    [Theory]
    [InlineData("RepositoryNotFoundException")]
    [InlineData("ImageNotFoundException")]
    public async Task An_image_that_is_not_there_is_null(string code)
    {
        _aws.Answers(HttpStatusCode.BadRequest, $$"""{"__type":"{{code}}","message":"not here"}""");

        Assert.Null(await new EcrClient(_aws.Connection).DescribeImageAsync("shop/web", new ImageIdentifier { ImageTag = "1" }, Cancellation));
    }

    [Fact]
    public async Task A_certificate_says_what_it_waits_for()
    {
        _aws.Answers("""
            {"Certificate":{"CertificateArn":"arn","DomainName":"shop.example","Status":"PENDING_VALIDATION","DomainValidationOptions":[
              {"DomainName":"shop.example","ValidationStatus":"PENDING_VALIDATION","ValidationMethod":"DNS","ResourceRecord":{"Name":"_a.shop.example.","Type":"CNAME","Value":"_b.acm-validations.aws."}},
              {"DomainName":"www.shop.example","ValidationStatus":"PENDING_VALIDATION"}]}}
            """);

        var certificate = await new AcmClient(_aws.Connection).DescribeCertificateAsync("arn", Cancellation);

        Assert.Equal(
            [new ValidationRecord { Name = "_a.shop.example.", Type = "CNAME", Value = "_b.acm-validations.aws." }, null],
            certificate!.DomainValidationOptions.Select(option => option.ResourceRecord));
    }

    [Fact]
    public async Task A_quota_that_nobody_raised_is_that_of_every_account()
    {
        _aws.Answers(HttpStatusCode.BadRequest, """{"__type":"NoSuchResourceException","Message":"none"}""").Answers("""{"Quota":{"ServiceCode":"vpc","QuotaCode":"L-F678F1CE","QuotaName":"VPCs per Region","Value":5.0,"Adjustable":true}}""");

        var quota = await new ServiceQuotasClient(_aws.Connection).GetServiceQuotaAsync("vpc", "L-F678F1CE", Cancellation);

        Assert.Equal((5.0, "VPCs per Region", true), (quota?.Value, quota?.QuotaName, quota?.Adjustable));
        Assert.Equal(["ServiceQuotasV20190624.GetServiceQuota", "ServiceQuotasV20190624.GetAWSDefaultServiceQuota"], _aws.Sent.Select(sent => sent.Headers["x-amz-target"]));
    }

    [Fact]
    public async Task A_secret_is_sent_and_shown_nowhere()
    {
        _aws.Answers("""{"ARN":"arn","Name":"shop/dev/key","VersionId":"v"}""");
        var request = new PutSecretValueRequest("shop/dev/key", new SecretText("canary"), "0123456789abcdef0123456789abcdef");

        await new SecretsManagerClient(_aws.Connection).PutSecretValueAsync(request, Cancellation);

        Assert.Equal("""{"SecretId":"shop/dev/key","SecretString":"canary","ClientRequestToken":"0123456789abcdef0123456789abcdef"}""", _aws.Sent[0].Body);
        Assert.DoesNotContain("canary", request.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_answer_is_an_answer_without_fields()
    {
        _aws.Answers("");

        Assert.True(await new LogsClient(_aws.Connection).DeleteLogGroupAsync("/aws/eks/shop-dev/cluster", Cancellation));
    }

    [Theory]
    [InlineData("<html>captive portal</html>")]
    [InlineData("{\"cluster\":")]
    [InlineData("null")]
    [InlineData("{\"cluster\":{\"tags\":[1]}}")]
    public async Task A_success_that_is_not_of_AWS_is_a_problem(string body)
    {
        _aws.Answers(body);

        var failure = await Assert.ThrowsAsync<AwsException>(() => new EksClient(_aws.Connection).DescribeClusterAsync("shop", Cancellation));

        Assert.Equal("DEP329", failure.Problems[0].Code);
    }
}
