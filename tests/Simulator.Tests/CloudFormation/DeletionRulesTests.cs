using System.Text.Json.Nodes;
using Platform.Deploy.Aws;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>What is in the way of deletions, and what they leave.</summary>
public sealed class DeletionRulesTests
{
    [Fact]
    public async Task A_repository_with_images_stays_unless_it_says_otherwise()
    {
        await using var driver = await StackDriver.StartAsync();
        var kept = await driver.DeployAsync("kept", Repository("kept"), null);
        var emptied = await driver.DeployAsync("emptied", Repository("emptied").With("Resources.Repository.Properties.EmptyOnDelete", true), null);
        driver.Put(Image("kept"));
        driver.Put(Image("emptied"));

        var failed = await driver.DeleteAsync(kept.StackId);
        var gone = await driver.DeleteAsync(emptied.StackId);

        Assert.Equal(("DELETE_FAILED", "DELETE_COMPLETE"), (failed.StackStatus, gone.StackStatus));
        Assert.Contains("cannot be deleted because it still contains images", await FailureAsync(driver, kept), StringComparison.Ordinal);
        Assert.Equal(["kept@sha256:1"], driver.Ids("AWS::ECR::Image"));
    }

    [Fact]
    public async Task A_cluster_stays_while_it_is_protected_or_has_node_groups()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAllAsync("production");
        var addons = await driver.Client.DescribeStackAsync("shop-production-addons", StackDriver.Token);
        await driver.DeleteAsync(addons?.StackId ?? "");
        await driver.DeleteAsync((await driver.Client.DescribeStackAsync("shop-production-ops", StackDriver.Token))?.StackId ?? "");
        var cluster = await driver.Client.DescribeStackAsync("shop-production-cluster", StackDriver.Token) ?? throw new InvalidOperationException();

        await driver.DeleteAsync(cluster.StackId);
        var whileProtected = await FailureAsync(driver, cluster);
        ExistingParts.Unprotect(driver.Cloud.Account);
        driver.Put(new CloudResource { Type = "AWS::EKS::Nodegroup", Id = "shop-production/foreign", Properties = new JsonObject { ["ClusterName"] = "shop-production" } });
        await driver.DeleteAsync(cluster.StackId);
        var withNodes = await FailureAsync(driver, cluster);
        driver.RemoveAll("AWS::EKS::Nodegroup");

        Assert.Contains("has deletion protection enabled and cannot be deleted", whileProtected, StringComparison.Ordinal);
        Assert.Contains("Cluster has nodegroups attached", withNodes, StringComparison.Ordinal);
        Assert.Equal("DELETE_COMPLETE", (await driver.DeleteAsync(cluster.StackId)).StackStatus);
    }

    [Fact]
    public async Task A_cluster_whose_role_went_first_leaves_its_group_and_interfaces()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAllAsync("dev");
        await driver.DeleteAsync((await driver.Client.DescribeStackAsync("shop-dev-addons", StackDriver.Token))?.StackId ?? "");
        driver.RemoveAll("AWS::IAM::Role");

        await driver.DeleteAsync("shop-dev-cluster", TimeSpan.FromHours(1));

        Assert.Equal(2, driver.Planted().Count(line => line.Contains("Amazon EKS shop-dev", StringComparison.Ordinal)));
        Assert.Single(driver.Planted(), line => line.Contains("eks-cluster-sg-shop-dev", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gateway_stays_while_something_has_a_public_address()
    {
        await using var driver = await StackDriver.StartAsync();
        var network = GoldenStacks.Of("dev", "network");
        var stack = await driver.DeployAsync(network.Name, network.Template, network.Input);
        var balancer = new CloudResource
        {
            Type = "AWS::ElasticLoadBalancingV2::LoadBalancer",
            Id = "arn:balancer",
            Properties = new JsonObject { ["VpcId"] = stack.Outputs.Single(output => output.OutputKey == "VpcId").OutputValue, ["Scheme"] = "internet-facing" },
        };
        driver.Put(balancer);

        await driver.DeleteAsync(stack.StackId);
        var reason = await FailureAsync(driver, stack);
        driver.Remove(balancer);

        Assert.Contains("has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.", reason, StringComparison.Ordinal);
        Assert.Equal("DELETE_COMPLETE", (await driver.DeleteAsync(stack.StackId)).StackStatus);
    }

    [Fact]
    public async Task A_key_waits_for_its_deletion_and_then_goes()
    {
        await using var driver = await StackDriver.StartAsync();
        var template = SmallTemplate.Read("""{"Resources":{"Key":{"Type":"AWS::KMS::Key","Properties":{"PendingWindowInDays":7}}}}""");
        var stack = await driver.DeployAsync("key", template, new StackInput { Tags = new StackInput().Tags.Add("app", "shop") });

        await driver.DeleteAsync(stack.StackId);
        var waiting = driver.Find("AWS::KMS::Key");
        driver.Pass(TimeSpan.FromDays(8));

        Assert.Equal(("PendingDeletion", "shop"), (waiting?.State, waiting?.Tags["app"]));
        Assert.Null(driver.Find("AWS::KMS::Key"));
    }

    [Fact]
    public async Task More_than_the_account_may_have_is_refused()
    {
        await using var driver = await StackDriver.StartAsync("quota:vpc=0");

        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), null);

        Assert.Equal("ROLLBACK_COMPLETE", stack.StackStatus);
        Assert.Contains("The maximum number of VPCs has been reached.", (await driver.EventsAsync("net")).First(line => line.StartsWith("Vpc CREATE_FAILED", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static JsonObject Repository(string name) => SmallTemplate.Read($$"""{ "Resources": { "Repository": { "Type": "AWS::ECR::Repository", "Properties": { "RepositoryName": "{{name}}" } } } }""");

    private static CloudResource Image(string repository) =>
        new() { Type = "AWS::ECR::Image", Id = $"{repository}@sha256:1", Properties = new JsonObject { ["RepositoryName"] = repository } };

    private static async Task<string> FailureAsync(StackDriver driver, StackState stack) =>
        (await driver.EventsAsync(stack.StackId)).Last(line => line.Contains(" DELETE_FAILED ", StringComparison.Ordinal) && !line.StartsWith(stack.StackName, StringComparison.Ordinal));
}
