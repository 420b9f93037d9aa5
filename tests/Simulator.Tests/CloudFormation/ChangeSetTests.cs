using System.Text.Json.Nodes;
using Platform.Deploy.Aws;

namespace Platform.Simulator.Tests.CloudFormation;

public sealed class ChangeSetTests
{
    private static readonly StackInput None = new();

    [Fact]
    public async Task A_change_set_without_changes_fails_with_the_words_of_AWS()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), None);

        var changeSet = await driver.PrepareAsync("net", SmallTemplate.Network(), None);

        Assert.Equal(
            ("FAILED", "UNAVAILABLE", "The submitted information didn't contain changes. Submit different information to create a change set."),
            (changeSet.Status, changeSet.ExecutionStatus, changeSet.StatusReason));
    }

    [Fact]
    public async Task A_new_stack_is_under_review_until_its_change_set_is_executed()
    {
        await using var driver = await StackDriver.StartAsync();

        var changeSet = await driver.PrepareAsync("net", SmallTemplate.Network(), None);

        var stack = await driver.Client.DescribeStackAsync("net", StackDriver.Token);
        Assert.Equal(("REVIEW_IN_PROGRESS", 0), (stack?.StackStatus, stack?.Outputs.Length));
        Assert.Equal(["Add Group", "Add Subnet", "Add Vpc"], changeSet.Changes.Select(change => $"{change.Action} {change.LogicalResourceId}"));
    }

    [Theory]
    [InlineData("mapping", "Resources.Subnet.Properties.MapPublicIpOnLaunch", "true")]
    [InlineData("zone", "Resources.Subnet.Properties.AvailabilityZone", "\"eu-central-1b\"")]
    [InlineData("vpc", "Resources.Vpc.Properties.CidrBlock", "\"10.0.0.0/20\"")]
    [InlineData("parameter", "Parameters.Size.Default", "\"25\"")]
    [InlineData("policy", "Resources.Subnet.DeletionPolicy", "\"Retain\"")]
    [InlineData("output", "Outputs.SubnetId.Description", "\"where\"")]
    public async Task A_change_says_what_it_replaces_and_why(string name, string path, string value)
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), None);

        var changeSet = await driver.PrepareAsync("net", SmallTemplate.Network().With(path, JsonNode.Parse(value)), None);

        Golden.Matches(ChangeText.Of(changeSet), $"CloudFormation/changes-{name}.txt");
    }

    [Fact]
    public async Task An_attribute_of_a_changed_resource_makes_a_change_that_is_known_only_later()
    {
        await using var driver = await StackDriver.StartAsync();
        var production = GoldenStacks.Of("production", "ops");
        await driver.DeployAllAsync("production");

        var changed = JsonNode.Parse(production.Template)!.AsObject().With("Resources.BastionTemplate.Properties.LaunchTemplateData.InstanceType", "t4g.micro");
        var changeSet = await driver.PrepareAsync(production.Name, changed, production.Input);

        Golden.Matches(ChangeText.Of(changeSet), "CloudFormation/changes-dynamic.txt");
    }

    [Fact]
    public async Task What_is_removed_is_told_with_what_happens_to_it()
    {
        await using var driver = await StackDriver.StartAsync();
        var kept = SmallTemplate.Network().With("Resources.Group.DeletionPolicy", "Retain");
        await driver.DeployAsync("net", kept, None);

        var changeSet = await driver.PrepareAsync("net", kept.Without("Resources.Group").Without("Resources.Subnet").Without("Outputs.SubnetId"), None);

        Assert.Equal(["Remove Group Retain", "Remove Subnet Delete"], changeSet.Changes.Select(change => $"{change.Action} {change.LogicalResourceId} {change.PolicyAction}"));
    }

    [Fact]
    public async Task A_missing_export_fails_the_change_set()
    {
        await using var driver = await StackDriver.StartAsync();

        var changeSet = await driver.PrepareAsync("importer", SmallTemplate.Group(), None);

        Assert.Equal(("FAILED", "No export named net-VpcId found."), (changeSet.Status, changeSet.StatusReason));
    }

    [Fact]
    public async Task Executing_one_makes_the_others_obsolete()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), None);
        var other = await driver.PrepareAsync("net", SmallTemplate.Network().With("Resources.Vpc.Properties.EnableDnsHostnames", true), None);

        await driver.DeployAsync("net", SmallTemplate.Network().With("Resources.Subnet.Properties.MapPublicIpOnLaunch", true), None);

        Assert.Equal("OBSOLETE", (await driver.Client.DescribeChangeSetAsync(other.ChangeSetId, StackDriver.Token))?.ExecutionStatus);
        Assert.Equal("InvalidChangeSetStatus", (await Assert.ThrowsAsync<AwsException>(() => driver.ExecuteAsync(other))).Error.Code);
    }

    [Fact]
    public async Task The_same_request_once_more_is_the_same_change_set_and_the_same_execution()
    {
        await using var driver = await StackDriver.StartAsync();
        var request = new CreateChangeSetRequest
        {
            StackName = "net",
            ChangeSetName = "one",
            ChangeSetType = "CREATE",
            ClientToken = "t",
            TemplateBody = SmallTemplate.Network().ToJsonString(),
        };
        var first = await driver.Client.CreateChangeSetAsync(request, StackDriver.Token);
        var again = await driver.Client.CreateChangeSetAsync(request, StackDriver.Token);
        driver.Pass(TimeSpan.FromMinutes(1));
        var execution = new ExecuteChangeSetRequest { ChangeSetName = first.Id, ClientRequestToken = "e" };

        await driver.Client.ExecuteChangeSetAsync(execution, StackDriver.Token);
        await driver.Client.ExecuteChangeSetAsync(execution, StackDriver.Token);
        var other = await Assert.ThrowsAsync<AwsException>(() => driver.Client.CreateChangeSetAsync(request with { ClientToken = "u" }, StackDriver.Token));

        Assert.Equal(first, again);
        Assert.Equal("AlreadyExistsException", other.Error.Code);
        Assert.Equal(1, (await driver.EventsAsync("net")).Count(line => line == "net CREATE_IN_PROGRESS User Initiated"));
    }

    [Fact]
    public async Task A_name_that_is_taken_fails_before_anything_is_done_unless_it_is_imported()
    {
        await using var driver = await StackDriver.StartAsync();
        driver.Put(Resources.StorageTypes.LogGroupOfService(driver.Cloud.Account, "/aws/eks/shop/cluster"));

        var refused = await driver.PrepareAsync("logs", SmallTemplate.LogGroup("/aws/eks/shop/cluster"), None);
        var reasons = await driver.Client.DescribeEventsAsync(new DescribeEventsRequest { ChangeSetName = refused.ChangeSetId, FailedEvents = true }, StackDriver.Token).ToListAsync(StackDriver.Token);
        var imported = await driver.DeployAsync("logs", SmallTemplate.LogGroup("/aws/eks/shop/cluster"), None with { ImportExistingResources = true });

        Assert.Equal(
            ("FAILED", "The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information."),
            (refused.Status, refused.StatusReason));
        Assert.Equal(
            ["VALIDATION_ERROR NAME_CONFLICT_VALIDATION Logs Resource of type 'AWS::Logs::LogGroup' with identifier '/aws/eks/shop/cluster' already exists."],
            reasons.Select(reason => $"{reason.EventType} {reason.ValidationName} {reason.LogicalResourceId} {reason.ValidationStatusReason}"));
        Assert.Equal("CREATE_COMPLETE", imported.StackStatus);
        Assert.Contains("Logs IMPORT_COMPLETE", await driver.EventsAsync("logs"));
    }

    [Theory]
    [InlineData("CREATE", "AlreadyExistsException")]
    [InlineData("UPDATE", "")]
    public async Task The_type_of_a_change_set_fits_the_stack(string type, string code)
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), None);
        var request = new CreateChangeSetRequest { StackName = "net", ChangeSetName = "x", ChangeSetType = type, ClientToken = "x", TemplateBody = SmallTemplate.Network().ToJsonString() };

        var refused = await Record.ExceptionAsync(() => driver.Client.CreateChangeSetAsync(request, StackDriver.Token));

        Assert.Equal(code, (refused as AwsException)?.Error.Code ?? "");
    }
}
