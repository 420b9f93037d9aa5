using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Aws.Tests;

/// <param name="Api">The service.</param>
/// <param name="Operation">Of the service, that <paramref name="CallAsync"/> ends with.</param>
/// <param name="CallAsync">Calls with everything that can be said; returns what was read.</param>
internal sealed record ContractCase(AwsApi Api, string Operation, Func<AwsConnection, CancellationToken, Task<object?>> CallAsync)
{
    /// <summary>Nothing is read from the answer.</summary>
    public bool IsSilent { get; init; }

    /// <summary>All pages are read.</summary>
    public bool IsPaged { get; init; }

    /// <summary>The answer is read further than its fields, so its completeness says nothing.</summary>
    public bool IsDigested { get; init; }
}

/// <summary>Every operation that a client has. A method without a case fails <see cref="ContractTests"/>.</summary>
internal static partial class ContractCases
{
    private const string Arn = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop-dev-network/1";
    private const string Token = "0123456789abcdef0123456789abcdef";
    private static readonly AwsTag Tag = new("app", "shop");
    private static readonly ImmutableArray<Ec2Filter> Filters = [Ec2Filter.Tagged("app", "shop"), Ec2Filter.InVpc("vpc-1")];

    public static IReadOnlyList<ContractCase> All { get; } = [.. CloudFormation(), .. Eks(), .. Ecr(), .. LoadBalancing(), .. Others(), .. Ec2()];

    private static IEnumerable<ContractCase> CloudFormation()
    {
        var api = AwsApi.CloudFormation;
        return [
            Of(api, "DescribeStacks", async (c, t) => await Client(c).DescribeStackAsync(Arn, t)),
            List(api, "DescribeStacks", (c, t) => Client(c).DescribeStacksAsync(t)),
            List(api, "ListStacks", (c, t) => Client(c).ListStacksAsync(["CREATE_COMPLETE"], t)),
            Of(api, "CreateChangeSet", async (c, t) => await Client(c).CreateChangeSetAsync(Everything, t)),
            Of(api, "DescribeChangeSet", async (c, t) => await Client(c).DescribeChangeSetAsync(Arn, t)) with { IsPaged = true },
            Silent(api, "ExecuteChangeSet", (c, t) => Client(c).ExecuteChangeSetAsync(
                new ExecuteChangeSetRequest { ChangeSetName = Arn, StackName = Arn, ClientRequestToken = Token, DisableRollback = false, RetainExceptOnCreate = true }, t)),
            Silent(api, "DeleteChangeSet", (c, t) => Client(c).DeleteChangeSetAsync(Arn, t)),
            List(api, "ListChangeSets", (c, t) => Client(c).ListChangeSetsAsync(Arn, t)),
            List(api, "DescribeStackEvents", (c, t) => Client(c).DescribeStackEventsAsync(Arn, t)),
            List(api, "DescribeEvents", (c, t) => Client(c).DescribeEventsAsync(
                new DescribeEventsRequest { StackName = Arn, ChangeSetName = Arn, OperationId = "1", FailedEvents = true }, t)),
            List(api, "ListStackResources", (c, t) => Client(c).ListStackResourcesAsync(Arn, t)),
            Silent(api, "DeleteStack", (c, t) => Client(c).DeleteStackAsync(
                new DeleteStackRequest { StackName = Arn, ClientRequestToken = Token, RoleARN = Arn, RetainResources = ["Vpc"], DeletionMode = "FORCE_DELETE_STACK" }, t)),
            Of(api, "DetectStackDrift", async (c, t) => await Client(c).DetectStackDriftAsync(Arn, t)),
            Of(api, "DescribeStackDriftDetectionStatus", async (c, t) => await Client(c).DescribeStackDriftDetectionStatusAsync("1", t)),
            List(api, "DescribeStackResourceDrifts", (c, t) => Client(c).DescribeStackResourceDriftsAsync(Arn, ["MODIFIED", "DELETED"], t)),
            Silent(api, "UpdateTerminationProtection", (c, t) => Client(c).UpdateTerminationProtectionAsync(Arn, enableTerminationProtection: true, t)),
            Silent(api, "SetStackPolicy", (c, t) => Client(c).SetStackPolicyAsync(Arn, "{}", t)),
            Of(api, "GetStackPolicy", async (c, t) => await Client(c).GetStackPolicyAsync(Arn, t)),
            Digested(api, "ValidateTemplate", async (c, t) => await Client(c).ValidateTemplateAsync("{}", t)),
            Of(api, "GetTemplateSummary", async (c, t) => await Client(c).GetTemplateSummaryAsync(Arn, t)),
            Of(api, "GetTemplate", async (c, t) => await Client(c).GetTemplateAsync(Arn, t)),
            Silent(api, "ContinueUpdateRollback", (c, t) => Client(c).ContinueUpdateRollbackAsync(
                new ContinueUpdateRollbackRequest { StackName = Arn, ClientRequestToken = Token, RoleARN = Arn, ResourcesToSkip = ["Vpc"] }, t)),
            Silent(api, "CancelUpdateStack", (c, t) => Client(c).CancelUpdateStackAsync(Arn, Token, t)),
            Silent(api, "RollbackStack", (c, t) => Client(c).RollbackStackAsync(
                new RollbackStackRequest { StackName = Arn, ClientRequestToken = Token, RoleARN = Arn, RetainExceptOnCreate = true }, t)),
            List(api, "ListExports", (c, t) => Client(c).ListExportsAsync(t)),
            Of(api, "ListImports", async (c, t) => await Client(c).ListImportsAsync("shop-dev-VpcId", t)) with { IsPaged = true },
        ];

        static CloudFormationClient Client(AwsConnection connection) => new(connection);
    }

    private static CreateChangeSetRequest Everything => new()
    {
        StackName = Arn,
        ChangeSetName = "deploy-1",
        ChangeSetType = "UPDATE",
        ClientToken = Token,
        TemplateBody = "{}",
        UsePreviousTemplate = false,
        Parameters = [new StackArgument("Zone", "a", false), new StackArgument("Image", null, true)],
        Capabilities = ["CAPABILITY_NAMED_IAM"],
        Tags = [Tag, new AwsTag("env", "dev & more")],
        RoleARN = Arn,
        Description = "what changes",
        OnStackFailure = "ROLLBACK",
        IncludeNestedStacks = true,
        ImportExistingResources = true,
        DeploymentMode = "REVERT_DRIFT",
    };

    private static IEnumerable<ContractCase> Eks()
    {
        var api = AwsApi.Eks;
        return [
            Of(api, "DescribeCluster", async (c, t) => await Client(c).DescribeClusterAsync("shop-dev", t)),
            List(api, "ListClusters", (c, t) => Client(c).ListClustersAsync(t)),
            List(api, "DescribeClusterVersions", (c, t) => Client(c).DescribeClusterVersionsAsync("STANDARD_SUPPORT", t)),
            List(api, "ListUpdates", (c, t) => Client(c).ListUpdatesAsync("shop-dev", t)),
            Of(api, "DescribeUpdate", async (c, t) => await Client(c).DescribeUpdateAsync("shop-dev", "1", t)),
            List(api, "ListAddons", (c, t) => Client(c).ListAddonsAsync("shop-dev", t)),
            Of(api, "DescribeAddon", async (c, t) => await Client(c).DescribeAddonAsync("shop-dev", "metrics-server", t)),
            List(api, "DescribeAddonVersions", (c, t) => Client(c).DescribeAddonVersionsAsync("metrics-server", "1.34", t)),
            List(api, "ListNodegroups", (c, t) => Client(c).ListNodegroupsAsync("shop-dev", t)),
            List(api, "ListAccessEntries", (c, t) => Client(c).ListAccessEntriesAsync("shop-dev", t)),
            Of(api, "DescribeAccessEntry", async (c, t) => await Client(c).DescribeAccessEntryAsync("shop-dev", "arn:aws:iam::123456789012:role/admin", t)),
            List(api, "ListInsights", (c, t) => Client(c).ListInsightsAsync("shop-dev", new InsightsFilter(["UPGRADE_READINESS"], ["ERROR", "WARNING"]), t)),
        ];

        static EksClient Client(AwsConnection connection) => new(connection);
    }

    private static IEnumerable<ContractCase> Ecr()
    {
        var api = AwsApi.Ecr;
        var image = new ImageIdentifier { ImageTag = "1", ImageDigest = "sha256:1" };
        return [
            Of(api, "GetAuthorizationToken", async (c, t) => await Client(c).GetAuthorizationTokenAsync(t)),
            List(api, "DescribeRepositories", (c, t) => Client(c).DescribeRepositoriesAsync(t)),
            Of(api, "DescribeRepositories", async (c, t) => await Client(c).DescribeRepositoryAsync("shop/web", t)),
            Of(api, "DescribeImages", async (c, t) => await Client(c).DescribeImagesAsync("shop/web", t)) with { IsPaged = true },
            Of(api, "DescribeImages", async (c, t) => await Client(c).DescribeImageAsync("shop/web", image, t)),
            List(api, "ListImages", (c, t) => Client(c).ListImagesAsync("shop/web", t)),
            Of(api, "BatchGetImage", async (c, t) => await Client(c).BatchGetImageAsync(new BatchGetImageRequest("shop/web", [image], ["application/vnd.oci.image.index.v1+json"]), t)),
            Of(api, "DescribeImageScanFindings", async (c, t) => await Client(c).DescribeImageScanFindingsAsync("shop/web", image, t)),
        ];

        static EcrClient Client(AwsConnection connection) => new(connection);
    }

    private static IEnumerable<ContractCase> LoadBalancing()
    {
        var api = AwsApi.LoadBalancing;
        return [
            List(api, "DescribeLoadBalancers", (c, t) => Client(c).DescribeLoadBalancersAsync(t)),
            Of(api, "DescribeLoadBalancers", async (c, t) => await Client(c).DescribeLoadBalancerAsync(Arn, t)),
            Of(api, "DescribeTags", async (c, t) => await Client(c).DescribeTagsAsync([Arn], t)),
            List(api, "DescribeTargetGroups", (c, t) => Client(c).DescribeTargetGroupsAsync(Arn, t)),
            Of(api, "DescribeTargetHealth", async (c, t) => await Client(c).DescribeTargetHealthAsync(Arn, t)),
            List(api, "DescribeListeners", (c, t) => Client(c).DescribeListenersAsync(Arn, t)),
            Silent(api, "DeleteLoadBalancer", (c, t) => Client(c).DeleteLoadBalancerAsync(Arn, t)),
            Silent(api, "DeleteTargetGroup", (c, t) => Client(c).DeleteTargetGroupAsync(Arn, t)),
        ];

        static LoadBalancingClient Client(AwsConnection connection) => new(connection);
    }

    private static IEnumerable<ContractCase> Others() =>
    [
        Of(AwsApi.Sts, "GetCallerIdentity", async (c, t) => await new StsClient(c).GetCallerIdentityAsync(t)),
        Of(AwsApi.Sts, "AssumeRole", async (c, t) => await new StsClient(c).AssumeRoleAsync(new AssumeRoleRequest("arn:aws:iam::123456789012:role/shop/shop-dev-deployer", "run-1", 3600), t)),
        Of(AwsApi.Acm, "DescribeCertificate", async (c, t) => await new AcmClient(c).DescribeCertificateAsync(Arn, t)),
        List(AwsApi.Acm, "ListCertificates", (c, t) => new AcmClient(c).ListCertificatesAsync(t)),
        List(AwsApi.Tagging, "GetResources", (c, t) => new TaggingClient(c).GetResourcesAsync([new TagFilter("app", ["shop"])], ["elasticloadbalancing:loadbalancer"], t)),
        Of(AwsApi.SecretsManager, "DescribeSecret", async (c, t) => await new SecretsManagerClient(c).DescribeSecretAsync("shop/dev/key", t)),
        List(AwsApi.SecretsManager, "ListSecrets", (c, t) => new SecretsManagerClient(c).ListSecretsAsync("shop/dev/", t)),
        Of(AwsApi.SecretsManager, "CreateSecret", async (c, t) => await new SecretsManagerClient(c).CreateSecretAsync(
            new CreateSecretRequest("shop/dev/key", new SecretText("value"), Token, "what for", "alias/key", [Tag]), t)),
        Of(AwsApi.SecretsManager, "PutSecretValue", async (c, t) => await new SecretsManagerClient(c).PutSecretValueAsync(new PutSecretValueRequest("shop/dev/key", new SecretText("value"), Token), t)),
        Silent(AwsApi.SecretsManager, "DeleteSecret", (c, t) => new SecretsManagerClient(c).DeleteSecretAsync("shop/dev/key", new SecretDeletion(Days: 7), t)),
        Silent(AwsApi.SecretsManager, "DeleteSecret", (c, t) => new SecretsManagerClient(c).DeleteSecretAsync("shop/dev/key", SecretDeletion.ForGood, t)),
        Silent(AwsApi.SecretsManager, "RestoreSecret", (c, t) => new SecretsManagerClient(c).RestoreSecretAsync("shop/dev/key", t)),
        Of(AwsApi.Ssm, "GetParameter", async (c, t) => await new SsmClient(c).GetParameterAsync("/shop/dev/lock", t)),
        List(AwsApi.Ssm, "GetParametersByPath", (c, t) => new SsmClient(c).GetParametersByPathAsync("/shop/dev/", t)),
        Silent(AwsApi.Ssm, "PutParameter", (c, t) => new SsmClient(c).CreateParameterAsync("/shop/dev/lock", "run 1", [Tag], t)),
        Silent(AwsApi.Ssm, "PutParameter", (c, t) => new SsmClient(c).PutParameterAsync("/shop/dev/deploy", "{}", t)),
        Silent(AwsApi.Ssm, "DeleteParameter", (c, t) => new SsmClient(c).DeleteParameterAsync("/shop/dev/lock", t)),
        Of(AwsApi.ServiceQuotas, "GetServiceQuota", async (c, t) => await new ServiceQuotasClient(c).GetServiceQuotaAsync("vpc", "L-F678F1CE", t)),
        List(AwsApi.Logs, "DescribeLogGroups", (c, t) => new LogsClient(c).DescribeLogGroupsAsync("/aws/eks/shop-dev/", t)),
        Silent(AwsApi.Logs, "DeleteLogGroup", (c, t) => new LogsClient(c).DeleteLogGroupAsync("/aws/eks/shop-dev/cluster", t)),
        Of(AwsApi.Iam, "GetOpenIDConnectProvider", async (c, t) => await new IamClient(c).GetOpenIDConnectProviderAsync("arn:aws:iam::123456789012:oidc-provider/x", t)),
        Of(AwsApi.Iam, "GetRole", async (c, t) => await new IamClient(c).GetRoleAsync("deployer", t)),
        List(AwsApi.Iam, "SimulatePrincipalPolicy", (c, t) => new IamClient(c).SimulatePrincipalPolicyAsync(
            new SimulatePrincipalPolicyRequest
            {
                PolicySourceArn = Arn,
                ActionNames = ["eks:DescribeCluster", "ecr:PutImage"],
                ResourceArns = ["*"],
                ContextEntries = [new PolicyContext("aws:RequestedRegion", "string", ["eu-west-1"])],
            },
            t)),
    ];

    private static ContractCase Of(AwsApi api, string operation, Func<AwsConnection, CancellationToken, Task<object?>> callAsync) => new(api, operation, callAsync);

    private static ContractCase List(AwsApi api, string operation, Func<AwsConnection, CancellationToken, IAsyncEnumerable<object>> call) =>
        new(api, operation, async (c, t) => await call(c, t).ToListAsync(t)) { IsPaged = true };

    private static ContractCase Digested(AwsApi api, string operation, Func<AwsConnection, CancellationToken, Task<object?>> callAsync) =>
        new(api, operation, callAsync) { IsDigested = true };

    private static ContractCase Silent(AwsApi api, string operation, Func<AwsConnection, CancellationToken, Task> callAsync) =>
        new(api, operation, async (c, t) =>
        {
            await callAsync(c, t);
            return null;
        })
        { IsSilent = true };
}
