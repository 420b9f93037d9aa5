using Platform.Deploy.Model;

namespace Platform.Deploy.Aws.Tests;

/// <summary>The clients against somebody else's idea of the services.</summary>
[Collection(MotoServer.Name)]
public sealed class MotoServiceTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_is_taken_once_and_given_back_once()
    {
        using var session = await moto.AdministratorAsync();
        const string name = "/shop/locked/lock";

        var first = await session.Ssm.CreateParameterAsync(name, "run 1", [new AwsTag("app", "shop")], Cancellation);
        var second = await session.Ssm.CreateParameterAsync(name, "run 2", [], Cancellation);
        var holder = await session.Ssm.GetParameterAsync(name, Cancellation);
        await session.Ssm.PutParameterAsync(name, "run 1, later", Cancellation);
        var below = await session.Ssm.GetParametersByPathAsync("/shop/locked/", Cancellation).ToListAsync(Cancellation);
        var given = await session.Ssm.DeleteParameterAsync(name, Cancellation);
        var again = await session.Ssm.DeleteParameterAsync(name, Cancellation);

        Assert.Equal((true, false, "run 1", true, false), (first, second, holder?.Value, given, again));
        Assert.Equal(["run 1, later"], below.Select(parameter => parameter.Value));
        Assert.Null(await session.Ssm.GetParameterAsync(name, Cancellation));
    }

    [Fact]
    public async Task A_secret_is_written_and_found_and_never_shown()
    {
        using var session = await moto.AdministratorAsync();
        const string name = "shop/secrets/key";
        var request = new CreateSecretRequest(name, new SecretText("canary"), Guid.NewGuid().ToString("N"), "a key", null, [new AwsTag("app", "shop")]);

        var created = await session.SecretsManager.CreateSecretAsync(request, Cancellation);
        await session.SecretsManager.PutSecretValueAsync(new PutSecretValueRequest(name, new SecretText("canary 2"), Guid.NewGuid().ToString("N")), Cancellation);
        var listed = await session.SecretsManager.ListSecretsAsync("shop/secrets/", Cancellation).ToListAsync(Cancellation);
        var described = await session.SecretsManager.DescribeSecretAsync(name, Cancellation);
        var deleted = await session.SecretsManager.DeleteSecretAsync(name, SecretDeletion.ForGood, Cancellation);

        Assert.Equal([name], listed.Select(secret => secret.Name));
        Assert.Equal((created.ARN, "a key", true), (described?.ARN, described?.Description, deleted));
        Assert.Equal([new AwsTag("app", "shop")], described?.Tags);
        Assert.DoesNotContain("canary", request.ToString(), StringComparison.Ordinal);
        Assert.Null(await session.SecretsManager.DescribeSecretAsync(name, Cancellation));
    }

    [Fact]
    public async Task What_does_not_exist_is_nothing_rather_than_an_error()
    {
        using var session = await moto.AdministratorAsync();

        Assert.Null(await session.CloudFormation.DescribeStackAsync("no-such-stack", Cancellation));
        Assert.Null(await session.CloudFormation.GetTemplateAsync("no-such-stack", Cancellation));
        Assert.Null(await session.Ecr.DescribeRepositoryAsync("no/such", Cancellation));
        Assert.Null(await session.Ecr.DescribeImageAsync("no/such", new ImageIdentifier { ImageTag = "1" }, Cancellation));
        Assert.Empty(await session.Ecr.DescribeImagesAsync("no/such", Cancellation));
        Assert.Null(await session.Acm.DescribeCertificateAsync("arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000", Cancellation));
        Assert.Null(await session.Iam.GetRoleAsync("no-such-role", Cancellation));
        Assert.Null(await session.Iam.GetOpenIDConnectProviderAsync($"arn:aws:iam::{MotoServer.Account}:oidc-provider/nobody.example", Cancellation));
        Assert.False(await session.Logs.DeleteLogGroupAsync("/no/such", Cancellation));
        Assert.False(await session.Ec2.DeleteSecurityGroupAsync("sg-00000000000000000", Cancellation));
        Assert.False(await session.Ec2.DeleteVolumeAsync("vol-00000000000000000", Cancellation));
        Assert.False(await session.Ec2.DeleteNetworkInterfaceAsync("eni-00000000000000000", Cancellation));
        Assert.Empty(await session.Tagging.GetResourcesAsync([new TagFilter("app", ["nobody"])], ["elasticloadbalancing:loadbalancer"], Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_cluster_is_described()
    {
        using var session = await moto.AdministratorAsync();
        var create = AwsRequest.Post(
            AwsApi.Eks,
            "CreateCluster",
            "application/json",
            """{"name":"shop-dev","version":"1.34","roleArn":"arn:aws:iam::123456789012:role/cluster","resourcesVpcConfig":{"subnetIds":["subnet-1","subnet-2"]},"tags":{"app":"shop"}}"""u8.ToArray()) with
        { PathAndQuery = "clusters" };
        ClusterState? cluster = null, missing = null;
        List<string> names = [];

        await moto.WithoutVerificationAsync(async () =>
        {
            await session.Connection.SendAsync(create, Cancellation);
            cluster = await session.Eks.DescribeClusterAsync("shop-dev", Cancellation);
            missing = await session.Eks.DescribeClusterAsync("no-such-cluster", Cancellation);
            names = await session.Eks.ListClustersAsync(Cancellation).ToListAsync(Cancellation);
        });

        Assert.Equal(("shop-dev", "ACTIVE", "1.34", "shop"), (cluster?.Name, cluster?.Status, cluster?.Version, cluster?.Tags["app"]));
        Assert.Equal(["subnet-1", "subnet-2"], cluster?.ResourcesVpcConfig?.SubnetIds);
        Assert.Null(missing);
        Assert.Equal(["shop-dev"], names);
    }

    [Fact]
    public async Task A_default_security_group_loses_its_rules()
    {
        using var session = await moto.AdministratorAsync();
        var vpc = (await session.Ec2.DescribeVpcsAsync([new Ec2Filter("is-default", ["true"])], Cancellation).ToListAsync(Cancellation))[0];
        var group = (await session.Ec2.DescribeSecurityGroupsAsync([Ec2Filter.InVpc(vpc.VpcId), new Ec2Filter("group-name", ["default"])], Cancellation).ToListAsync(Cancellation))[0];
        var before = await session.Ec2.DescribeSecurityGroupRulesAsync(group.GroupId, Cancellation).ToListAsync(Cancellation);

        await session.Ec2.RevokeSecurityGroupRulesAsync(before, Cancellation);
        await session.Ec2.RevokeSecurityGroupRulesAsync(before, Cancellation);

        Assert.NotEmpty(before);
        Assert.Empty(await session.Ec2.DescribeSecurityGroupRulesAsync(group.GroupId, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task The_zones_of_a_region_and_what_they_offer_are_known()
    {
        using var session = await moto.AdministratorAsync();

        var zones = await session.Ec2.DescribeAvailabilityZonesAsync(Cancellation);
        var offerings = await session.Ec2.DescribeInstanceTypeOfferingsAsync(["t4g.medium", "m7g.*"], Cancellation).ToListAsync(Cancellation);

        Assert.Equal(["eu-central-1a", "eu-central-1b", "eu-central-1c"], zones.Select(zone => zone.ZoneName).Order());
        Assert.Contains(new InstanceTypeOffering("t4g.medium", "eu-central-1a"), offerings);
    }

    [Fact]
    public async Task A_registry_gives_its_login()
    {
        using var session = await moto.AdministratorAsync();

        var login = await session.Ecr.LoginAsync(Cancellation);

        Assert.Equal(("AWS", $"{MotoServer.Account}.dkr.ecr.{MotoServer.Region}.amazonaws.com"), (login.UserName, login.Endpoint.Authority));
        Assert.NotEqual("", login.Password.Reveal());
    }
}
