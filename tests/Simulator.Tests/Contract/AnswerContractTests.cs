using Platform.Deploy.Aws;
using Platform.Deploy.Aws.Tests;
using Platform.Deploy.Model;

namespace Platform.Simulator.Tests;

/// <summary>Each answer of the simulator against AWS's model of it, and read by Deploy's own clients.</summary>
public sealed class AnswerContractTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, (AwsApi Api, Func<AwsConnection, CancellationToken, Task> CallAsync)> Services = new()
    {
        ["sts"] = (AwsApi.Sts, async (c, t) =>
        {
            await new StsClient(c).GetCallerIdentityAsync(t);
            await new StsClient(c).AssumeRoleAsync(new AssumeRoleRequest("arn:aws:iam::123456789012:role/shop/shop-dev-deployer", "run-1", null), t);
        }
        ),
        ["acm"] = (AwsApi.Acm, async (c, t) =>
        {
            await new AcmClient(c).ListCertificatesAsync(t).ToListAsync(t);
            await new AcmClient(c).DescribeCertificateAsync(SampleAccount.Certificate, t);
        }
        ),
        ["tagging"] = (AwsApi.Tagging, async (c, t) => await new TaggingClient(c).GetResourcesAsync([new TagFilter("app", ["shop"])], [], t).ToListAsync(t)),
        ["servicequotas"] = (AwsApi.ServiceQuotas, async (c, t) => await new ServiceQuotasClient(c).GetServiceQuotaAsync("vpc", "L-F678F1CE", t)),
        ["logs"] = (AwsApi.Logs, async (c, t) =>
        {
            await new LogsClient(c).DescribeLogGroupsAsync("/aws/eks/", t).ToListAsync(t);
            await new LogsClient(c).DeleteLogGroupAsync("/aws/eks/shop-dev/cluster", t);
        }
        ),
        ["iam"] = (AwsApi.Iam, async (c, t) =>
        {
            await new IamClient(c).GetRoleAsync("shop-dev-deployer", t);
            await new IamClient(c).GetOpenIDConnectProviderAsync(SampleAccount.OidcProvider, t);
            await new IamClient(c).SimulatePrincipalPolicyAsync(new SimulatePrincipalPolicyRequest { PolicySourceArn = SampleAccount.OidcProvider, ActionNames = ["eks:DescribeCluster"] }, t).ToListAsync(t);
        }
        ),
        ["ssm"] = (AwsApi.Ssm, async (c, t) =>
        {
            var ssm = new SsmClient(c);
            await ssm.CreateParameterAsync("/shop/dev/lock", "run 1", [new AwsTag("app", "shop")], t);
            await ssm.PutParameterAsync("/shop/dev/lock", "run 2", t);
            await ssm.GetParameterAsync("/shop/dev/lock", t);
            await ssm.GetParameterAsync("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64", t);
            await ssm.GetParametersByPathAsync("/shop/dev/", t).ToListAsync(t);
            await ssm.DeleteParameterAsync("/shop/dev/lock", t);
        }
        ),
        ["secretsmanager"] = (AwsApi.SecretsManager, async (c, t) =>
        {
            var secrets = new SecretsManagerClient(c);
            await secrets.CreateSecretAsync(new CreateSecretRequest("shop/dev/key", new SecretText("value"), Token, "what for", "alias/key", [new AwsTag("app", "shop")]), t);
            await secrets.PutSecretValueAsync(new PutSecretValueRequest("shop/dev/key", new SecretText("other"), Token + "1"), t);
            await secrets.DescribeSecretAsync("shop/dev/key", t);
            await secrets.ListSecretsAsync("shop/", t).ToListAsync(t);
            await secrets.DeleteSecretAsync("shop/dev/key", new SecretDeletion(Days: 7), t);
            await secrets.RestoreSecretAsync("shop/dev/key", t);
            await secrets.DeleteSecretAsync("shop/dev/key", SecretDeletion.ForGood, t);
        }
        ),
        ["ecr"] = (AwsApi.Ecr, async (c, t) =>
        {
            var ecr = new EcrClient(c);
            await ecr.GetAuthorizationTokenAsync(t);
            await ecr.DescribeRepositoriesAsync(t).ToListAsync(t);
            await ecr.DescribeImagesAsync("shop/web", t);
            await ecr.DescribeImageScanFindingsAsync("shop/web", new ImageIdentifier { ImageTag = "1.0" }, t);
            await ecr.ListImagesAsync("shop/web", t).ToListAsync(t);
            await ecr.BatchGetImageAsync(new BatchGetImageRequest("shop/web", [new ImageIdentifier { ImageTag = "none" }], null), t);
        }
        ),
        ["eks"] = (AwsApi.Eks, async (c, t) =>
        {
            var eks = new EksClient(c);
            await eks.ListClustersAsync(t).ToListAsync(t);
            await eks.DescribeClusterAsync(SampleAccount.Cluster, t);
            await eks.DescribeClusterVersionsAsync(null, t).ToListAsync(t);
            await eks.ListUpdatesAsync(SampleAccount.Cluster, t).ToListAsync(t);
            await eks.DescribeUpdateAsync(SampleAccount.Cluster, "update-1", t);
            await eks.ListAddonsAsync(SampleAccount.Cluster, t).ToListAsync(t);
            await eks.DescribeAddonAsync(SampleAccount.Cluster, "metrics-server", t);
            await eks.DescribeAddonVersionsAsync("metrics-server", "1.36", t).ToListAsync(t);
            await eks.ListNodegroupsAsync(SampleAccount.Cluster, t).ToListAsync(t);
            await eks.ListAccessEntriesAsync(SampleAccount.Cluster, t).ToListAsync(t);
            await eks.DescribeAccessEntryAsync(SampleAccount.Cluster, "arn:aws:iam::123456789012:role/admin", t);
            await eks.ListInsightsAsync(SampleAccount.Cluster, new InsightsFilter(["UPGRADE_READINESS"], null), t).ToListAsync(t);
        }
        ),
        ["elasticloadbalancing"] = (AwsApi.LoadBalancing, async (c, t) =>
        {
            var balancing = new LoadBalancingClient(c);
            await balancing.DescribeLoadBalancersAsync(t).ToListAsync(t);
            await balancing.DescribeLoadBalancerAsync(SampleAccount.LoadBalancer, t);
            await balancing.DescribeTagsAsync([SampleAccount.LoadBalancer, SampleAccount.TargetGroup], t);
            await balancing.DescribeTargetGroupsAsync(SampleAccount.LoadBalancer, t).ToListAsync(t);
            await balancing.DescribeTargetHealthAsync(SampleAccount.TargetGroup, t);
            await balancing.DescribeListenersAsync(SampleAccount.LoadBalancer, t).ToListAsync(t);
            await balancing.DeleteLoadBalancerAsync(SampleAccount.LoadBalancer, t);
            await balancing.DeleteTargetGroupAsync(SampleAccount.TargetGroup, t);
        }
        ),
        ["ec2"] = (AwsApi.Ec2, async (c, t) =>
        {
            var ec2 = new Ec2Client(c);
            await ec2.DescribeAvailabilityZonesAsync(t);
            await ec2.DescribeInstanceTypeOfferingsAsync(["m6g.*", "c6g.large"], t).ToListAsync(t);
            await ec2.DescribeVpcsAsync([], t).ToListAsync(t);
            await ec2.DescribeAddressesAsync([], t);
            await ec2.DescribeInstancesAsync([], t).ToListAsync(t);
            await ec2.DescribeNetworkInterfacesAsync([Ec2Filter.InVpc("vpc-1")], t).ToListAsync(t);
            await ec2.DescribeSecurityGroupsAsync([Ec2Filter.InVpc("vpc-1")], t).ToListAsync(t);
            var rules = await ec2.DescribeSecurityGroupRulesAsync("sg-2", t).ToListAsync(t);
            await ec2.RevokeSecurityGroupRulesAsync([.. rules.Where(rule => !rule.IsEgress)], t);
            await ec2.DescribeVolumesAsync([], t).ToListAsync(t);
            await ec2.DescribeSnapshotsAsync([], t).ToListAsync(t);
            await ec2.DescribeLaunchTemplatesAsync([], t).ToListAsync(t);
            await ec2.DescribeVpcEndpointsAsync([], t).ToListAsync(t);
            await ec2.DeleteNetworkInterfaceAsync("eni-2", t);
            await ec2.DeleteSecurityGroupAsync("sg-2", t);
            await ec2.DeleteSnapshotAsync("snap-1", t);
            await ec2.DeleteLaunchTemplateAsync("lt-1", t);
            await ec2.DeleteVpcEndpointsAsync(["vpce-1", "vpce-none"], t);
        }
        ),
    };

    public static TheoryData<string> Names => [.. Services.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_service_answers_as_its_model_says(string name)
    {
        var (api, callAsync) = Services[name];
        var model = ServiceModel.Of(api);
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var answers = new RecordedAnswers(cloud);

        await callAsync(answers.Connection, TestContext.Current.CancellationToken);

        Assert.NotEmpty(answers.All);
        Assert.Empty(answers.All.SelectMany(answer => AnswerCheck.Findings(model.Operation(answer.Attempt.Operation), answer.Body)));
    }
}
