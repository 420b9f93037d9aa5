using System.Text.Json.Nodes;
using Platform.Deploy.Aws;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>What goes wrong, and in what state it leaves a stack.</summary>
public sealed class StackFailureTests
{
    private static readonly StackInput None = new();

    [Fact]
    public async Task A_creation_that_fails_is_rolled_back()
    {
        await using var driver = await StackDriver.StartAsync("stack:Subnet=fail");

        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), None);

        Assert.Equal("ROLLBACK_COMPLETE", stack.StackStatus);
        Golden.Matches(string.Join('\n', await driver.TimedEventsAsync("net")) + "\n", "CloudFormation/rolled-back.txt");
        Assert.Empty(driver.OfStacks());
    }

    [Fact]
    public async Task A_stack_that_was_rolled_back_can_only_be_deleted()
    {
        await using var driver = await StackDriver.StartAsync("stack:Subnet=fail");
        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), None);

        var refused = await Assert.ThrowsAsync<AwsException>(() => driver.PrepareAsync("net", SmallTemplate.Network(), None));
        var deleted = await driver.DeleteAsync(stack.StackId);

        Assert.Equal($"Stack:{stack.StackId} is in ROLLBACK_COMPLETE state and can not be updated.", refused.Error.Message);
        Assert.Equal("DELETE_COMPLETE", deleted.StackStatus);
    }

    [Theory]
    [InlineData("DELETE", "DELETE_COMPLETE")]
    [InlineData("DO_NOTHING", "CREATE_FAILED")]
    [InlineData("ROLLBACK", "ROLLBACK_COMPLETE")]
    public async Task OnStackFailure_says_what_becomes_of_it(string onStackFailure, string status)
    {
        await using var driver = await StackDriver.StartAsync("stack:Subnet=fail:no room");

        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), None with { OnStackFailure = onStackFailure });

        Assert.Equal(status, stack.StackStatus);
        Assert.Contains("Subnet CREATE_FAILED no room", await driver.EventsAsync(stack.StackId));
    }

    [Fact]
    public async Task A_creation_that_was_left_as_it_is_goes_on_with_the_next_change_set()
    {
        await using var driver = await StackDriver.StartAsync("stack:Subnet=fail");
        await driver.DeployAsync("net", SmallTemplate.Network(), None with { OnStackFailure = "DO_NOTHING" });
        driver.Clear();

        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), None);

        Assert.Equal("UPDATE_COMPLETE", stack.StackStatus);
        Assert.Equal(["AWS::EC2::SecurityGroup", "AWS::EC2::Subnet", "AWS::EC2::VPC"], driver.OfStacks());
    }

    [Fact]
    public async Task A_rollback_that_fails_is_told_and_the_stack_can_be_deleted_later()
    {
        await using var driver = await StackDriver.StartAsync("stack:Subnet=fail", "stack:Vpc=rollback-fail:in use");
        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), None);

        var deleted = await driver.DeleteAsync(stack.StackId);

        Assert.Equal(("ROLLBACK_FAILED", "The following resource(s) failed to delete: [Vpc]. "), (stack.StackStatus, stack.StackStatusReason));
        Assert.Equal("DELETE_COMPLETE", deleted.StackStatus);
    }

    [Fact]
    public async Task An_update_that_fails_goes_back_to_what_was_before()
    {
        await using var driver = await StackDriver.StartAsync();
        var before = await driver.DeployAsync("net", SmallTemplate.Network(), None);
        var resources = await driver.ResourcesAsync("net");
        driver.Add("stack:Group=fail");

        var after = await driver.DeployAsync("net", Bigger(), None);

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", after.StackStatus);
        Golden.Matches(string.Join('\n', await driver.TimedEventsAsync("net")) + "\n", "CloudFormation/update-rolled-back.txt");
        Assert.Equal(before.Outputs, after.Outputs);
        Assert.Equal(resources, await driver.ResourcesAsync("net"));
        Assert.True((await driver.PrepareAsync("net", SmallTemplate.Network(), None)).IsWithoutChanges);
    }

    [Fact]
    public async Task An_update_whose_rollback_fails_is_continued()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), None);
        driver.Add("stack:Group=fail", "stack:Vpc=rollback-fail");
        var stuck = await driver.DeployAsync("net", Bigger(), None);
        var refused = await Assert.ThrowsAsync<AwsException>(() => driver.PrepareAsync("net", Bigger(), None));
        driver.Clear();

        await driver.Client.ContinueUpdateRollbackAsync(new ContinueUpdateRollbackRequest { StackName = "net", ClientRequestToken = "c" }, StackDriver.Token);
        var mended = await driver.EndOfAsync("net");

        Assert.Equal(("UPDATE_ROLLBACK_FAILED", "The following resource(s) failed to update: [Vpc]. "), (stuck.StackStatus, stuck.StackStatusReason));
        Assert.EndsWith("is in UPDATE_ROLLBACK_FAILED state and can not be updated.", refused.Error.Message, StringComparison.Ordinal);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", mended.StackStatus);
    }

    [Fact]
    public async Task A_rollback_can_leave_a_resource_out()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), None);
        driver.Add("stack:Group=fail", "stack:Vpc=rollback-fail");
        await driver.DeployAsync("net", Bigger(), None);

        await driver.Client.ContinueUpdateRollbackAsync(new ContinueUpdateRollbackRequest { StackName = "net", ClientRequestToken = "c", ResourcesToSkip = ["Vpc"] }, StackDriver.Token);

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", (await driver.EndOfAsync("net")).StackStatus);
    }

    [Fact]
    public async Task A_deletion_that_fails_can_be_tried_again_leave_something_or_be_forced()
    {
        await using var driver = await StackDriver.StartAsync("stack:Subnet=delete-fail:still there");
        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), None);

        var failed = await driver.DeleteAsync(stack.StackId);
        await driver.Client.DeleteStackAsync(
            new DeleteStackRequest { StackName = stack.StackId, ClientRequestToken = "retain", RetainResources = ["Subnet", "Vpc"] }, StackDriver.Token);
        var retained = await driver.EndOfAsync(stack.StackId);

        Assert.Equal(("DELETE_FAILED", "The following resource(s) failed to delete: [Subnet]. "), (failed.StackStatus, failed.StackStatusReason));
        Assert.Equal("DELETE_COMPLETE", retained.StackStatus);
        Assert.Equal(["AWS::EC2::Subnet", "AWS::EC2::VPC"], driver.OfStacks());
    }

    [Fact]
    public async Task A_deletion_can_be_forced_only_after_it_failed()
    {
        await using var driver = await StackDriver.StartAsync("stack:Subnet=delete-fail");
        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), None);
        var force = new DeleteStackRequest { StackName = stack.StackId, ClientRequestToken = "force", DeletionMode = "FORCE_DELETE_STACK" };

        var early = await Assert.ThrowsAsync<AwsException>(() => driver.Client.DeleteStackAsync(force, StackDriver.Token));
        await driver.DeleteAsync(stack.StackId);
        await driver.Client.DeleteStackAsync(force, StackDriver.Token);
        var forced = await driver.EndOfAsync(stack.StackId);

        Assert.Equal("ValidationError", early.Error.Code);
        Assert.Equal("DELETE_COMPLETE", forced.StackStatus);
    }

    [Fact]
    public async Task A_subnet_with_an_interface_of_somebody_else_stays_until_that_is_gone()
    {
        await using var driver = await StackDriver.StartAsync();
        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), None);
        var foreign = new CloudResource
        {
            Type = "AWS::EC2::NetworkInterface",
            Id = "eni-1",
            Properties = new JsonObject { ["SubnetId"] = stack.Outputs.Single(output => output.OutputKey == "SubnetId").OutputValue },
        };
        driver.Put(foreign);

        var failed = await driver.DeleteAsync(stack.StackId);
        var reason = (await driver.EventsAsync(stack.StackId)).Single(line => line.StartsWith("Subnet DELETE_FAILED", StringComparison.Ordinal));
        driver.Remove(foreign);
        var deleted = await driver.DeleteAsync(stack.StackId);

        Assert.Equal("DELETE_FAILED", failed.StackStatus);
        Assert.Contains("has dependencies and cannot be deleted.", reason, StringComparison.Ordinal);
        Assert.Equal("DELETE_COMPLETE", deleted.StackStatus);
    }

    [Fact]
    public async Task An_export_in_use_keeps_its_stack_as_it_is()
    {
        await using var driver = await StackDriver.StartAsync();
        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), None);
        await driver.DeployAsync("importer", SmallTemplate.Group(), None);

        var kept = await driver.DeleteAsync(stack.StackId);
        var updated = await driver.DeployAsync("net", SmallTemplate.Network().Without("Outputs.VpcId"), None);

        Assert.Equal(("CREATE_COMPLETE", "Export net-VpcId cannot be deleted as it is in use by importer"), (kept.StackStatus, kept.StackStatusReason));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", updated.StackStatus);
        Assert.Contains("net UPDATE_ROLLBACK_IN_PROGRESS Export net-VpcId cannot be deleted as it is in use by importer.", await driver.EventsAsync("net"));
        Assert.Equal(["importer"], await driver.Client.ListImportsAsync("net-VpcId", StackDriver.Token));
    }

    [Fact]
    public async Task A_protected_stack_is_not_deleted()
    {
        await using var driver = await StackDriver.StartAsync();
        var stack = await driver.DeployAsync("net", SmallTemplate.Network(), None);
        await driver.Client.UpdateTerminationProtectionAsync("net", true, StackDriver.Token);

        var refused = await Assert.ThrowsAsync<AwsException>(() => driver.DeleteAsync(stack.StackId));

        Assert.Equal("Stack [net] cannot be deleted while TerminationProtection is enabled", refused.Error.Message);
        Assert.True((await driver.Client.DescribeStackAsync("net", StackDriver.Token))?.EnableTerminationProtection);
    }

    [Fact]
    public async Task A_policy_denies_a_replacement_when_it_comes_to_it()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), None);
        await driver.Client.SetStackPolicyAsync(
            "net",
            """
            {"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"},
            {"Effect":"Deny","Action":["Update:Replace","Update:Delete"],"Principal":"*","Resource":"LogicalResourceId/*Subnet*"}]}
            """,
            StackDriver.Token);

        var stack = await driver.DeployAsync("net", SmallTemplate.Network().With("Resources.Subnet.Properties.AvailabilityZone", "eu-central-1b"), None);
        var removed = await driver.DeployAsync("net", SmallTemplate.Network().Without("Resources.Subnet").Without("Outputs.SubnetId"), None);

        Assert.Equal(("UPDATE_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"), (stack.StackStatus, removed.StackStatus));
        Assert.Contains("Subnet UPDATE_FAILED Action denied by stack policy: Statement [#2] does not allow [Update:Replace] for resource [LogicalResourceId/Subnet]", await driver.EventsAsync("net"));
        Assert.Contains("Subnet UPDATE_FAILED Action denied by stack policy: Statement [#2] does not allow [Update:Delete] for resource [LogicalResourceId/Subnet]", await driver.EventsAsync("net"));
    }

    [Fact]
    public async Task A_replaced_resource_is_deleted_after_its_successor_is_there()
    {
        await using var driver = await StackDriver.StartAsync();
        var before = await driver.DeployAsync("net", SmallTemplate.Network(), None);

        var after = await driver.DeployAsync("net", SmallTemplate.Network().With("Resources.Subnet.Properties.CidrBlock", "10.0.7.0/24"), None);

        Assert.Equal("UPDATE_COMPLETE", after.StackStatus);
        Assert.NotEqual(before.Outputs.Single(output => output.OutputKey == "SubnetId"), after.Outputs.Single(output => output.OutputKey == "SubnetId"));
        Golden.Matches(string.Join('\n', (await driver.TimedEventsAsync("net")).Where(line => line.Contains("Subnet", StringComparison.Ordinal))) + "\n", "CloudFormation/replaced.txt");
        Assert.Equal(["AWS::EC2::SecurityGroup", "AWS::EC2::Subnet", "AWS::EC2::VPC"], driver.OfStacks());
    }

    [Fact]
    public async Task A_resource_with_a_name_of_its_own_cannot_be_replaced()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAllAsync("dev");
        var cluster = GoldenStacks.Of("dev", "cluster");

        var stack = await driver.DeployAsync(
            cluster.Name, JsonNode.Parse(cluster.Template)!.AsObject().With("Resources.Cluster.Properties.BootstrapSelfManagedAddons", true), cluster.Input);

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", stack.StackStatus);
        Assert.Contains(
            "Cluster UPDATE_FAILED CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename shop-dev and update the stack again.",
            await driver.EventsAsync(cluster.Name));
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_no_role_to_work_with()
    {
        await using var driver = await StackDriver.StartAsync();

        var refused = await Assert.ThrowsAsync<AwsException>(
            () => driver.PrepareAsync("net", SmallTemplate.Network(), None with { RoleArn = "arn:aws:iam::123456789012:role/none" }));

        Assert.Equal("Role arn:aws:iam::123456789012:role/none is invalid or cannot be assumed", refused.Error.Message);
    }

    // Changes the VPC and, after it, the group.
    private static JsonObject Bigger() => SmallTemplate.Network()
        .With("Resources.Vpc.Properties.EnableDnsHostnames", true)
        .With("Resources.Group.DependsOn", "Vpc")
        .With("Resources.Group.Properties.SecurityGroupEgress", new JsonArray());
}
