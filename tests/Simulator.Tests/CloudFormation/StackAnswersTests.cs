using Platform.Deploy.Aws;
using Platform.Deploy.Aws.Tests;

namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>Every answer of CloudFormation, in good and bad times, against AWS's model of it.</summary>
public sealed class StackAnswersTests
{
    [Fact]
    public async Task CloudFormation_answers_as_its_model_says()
    {
        var model = ServiceModel.Of(AwsApi.CloudFormation);
        await using var driver = await StackDriver.StartAsync("stack:Subnet=delete-fail", "drift:Vpc");
        using var answers = new RecordedAnswers(driver.Cloud);
        var client = new CloudFormationClient(answers.Connection);
        var cancellation = StackDriver.Token;
        await driver.DeployAsync("net", SmallTemplate.Network(), new StackInput { Tags = new StackInput().Tags.Add("app", "shop") });
        await driver.DeployAsync("importer", SmallTemplate.Group(), null);

        var made = await client.CreateChangeSetAsync(
            new CreateChangeSetRequest
            {
                StackName = "net",
                ChangeSetName = "change",
                ChangeSetType = "UPDATE",
                ClientToken = "t",
                TemplateBody = SmallTemplate.Network().With("Resources.Subnet.Properties.AvailabilityZone", "eu-central-1b").Without("Resources.Group").ToJsonString(),
                Description = "what for",
            },
            cancellation);
        await client.DescribeChangeSetAsync(made.Id, cancellation);
        driver.Pass(TimeSpan.FromMinutes(1));
        await client.DescribeChangeSetAsync(made.Id, cancellation);
        await client.ListChangeSetsAsync("net", cancellation).ToListAsync(cancellation);
        await client.DescribeStackAsync("net", cancellation);
        await client.ExecuteChangeSetAsync(new ExecuteChangeSetRequest { ChangeSetName = made.Id, ClientRequestToken = "e" }, cancellation);
        driver.Pass(TimeSpan.FromHours(1));
        await client.DeleteChangeSetAsync(made.Id, cancellation);
        await client.ListStacksAsync(["UPDATE_COMPLETE"], cancellation).ToListAsync(cancellation);
        await client.DescribeStackEventsAsync("net", cancellation).ToListAsync(cancellation);
        await client.DescribeEventsAsync(new DescribeEventsRequest { StackName = "net" }, cancellation).ToListAsync(cancellation);
        await client.ListStackResourcesAsync("net", cancellation).ToListAsync(cancellation);
        await client.ListExportsAsync(cancellation).ToListAsync(cancellation);
        await client.ListImportsAsync("net-VpcId", cancellation);
        await client.ValidateTemplateAsync(SmallTemplate.Network().ToJsonString(), cancellation);
        await client.GetTemplateSummaryAsync("net", cancellation);
        await client.GetTemplateAsync("net", cancellation);
        await client.SetStackPolicyAsync("net", """{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}]}""", cancellation);
        await client.GetStackPolicyAsync("net", cancellation);
        await client.UpdateTerminationProtectionAsync("net", false, cancellation);
        var drift = await client.DetectStackDriftAsync("net", cancellation);
        await client.DescribeStackDriftDetectionStatusAsync(drift, cancellation);
        driver.Pass(TimeSpan.FromMinutes(1));
        await client.DescribeStackDriftDetectionStatusAsync(drift, cancellation);
        await client.DescribeStackResourceDriftsAsync("net", [], cancellation).ToListAsync(cancellation);
        await client.DeleteStackAsync(new DeleteStackRequest { StackName = "importer", ClientRequestToken = "d" }, cancellation);
        driver.Pass(TimeSpan.FromMinutes(5));
        await client.DeleteStackAsync(new DeleteStackRequest { StackName = "net", ClientRequestToken = "d" }, cancellation);
        driver.Pass(TimeSpan.FromHours(1));
        await client.DescribeStackAsync("net", cancellation);

        Assert.NotEmpty(answers.All);
        Assert.DoesNotContain(answers.All.SelectMany(answer => AnswerCheck.Findings(model.Operation(answer.Attempt.Operation), answer.Body)), finding => !IsOfStack(finding));
    }

    [Fact]
    public async Task What_is_retained_is_not_kept_by_a_creation_that_fails_where_that_is_asked_for()
    {
        await using var driver = await StackDriver.StartAsync("stack:Subnet=fail");
        var template = SmallTemplate.Network().With("Resources.Vpc.DeletionPolicy", "Retain");
        var keeping = await driver.DeployAsync("keeping", template, null);
        var left = driver.OfStacks();
        driver.RemoveAll("AWS::EC2::VPC");

        var changeSet = await driver.PrepareAsync("net", template, new StackInput { OnStackFailure = "DELETE" });
        await driver.Client.ExecuteChangeSetAsync(
            new ExecuteChangeSetRequest { ChangeSetName = changeSet.ChangeSetId, ClientRequestToken = "e", RetainExceptOnCreate = true }, StackDriver.Token);
        var gone = await driver.EndOfAsync(changeSet.StackId);

        Assert.Equal(("ROLLBACK_COMPLETE", "DELETE_COMPLETE"), (keeping.StackStatus, gone.StackStatus));
        Assert.Equal(["AWS::EC2::VPC"], left);
        Assert.Empty(driver.OfStacks());
    }

    [Fact]
    public async Task An_update_that_was_left_as_it_is_can_be_rolled_back()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), null);
        driver.Add("stack:Subnet=fail");
        var changeSet = await driver.PrepareAsync("net", SmallTemplate.Network().With("Resources.Subnet.Properties.MapPublicIpOnLaunch", true), null);
        await driver.Client.ExecuteChangeSetAsync(
            new ExecuteChangeSetRequest { ChangeSetName = changeSet.ChangeSetId, ClientRequestToken = "e", DisableRollback = true }, StackDriver.Token);
        var failed = await driver.EndOfAsync("net");

        await driver.Client.RollbackStackAsync(new RollbackStackRequest { StackName = "net", ClientRequestToken = "r" }, StackDriver.Token);

        Assert.Equal("UPDATE_FAILED", failed.StackStatus);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", (await driver.EndOfAsync("net")).StackStatus);
    }

    [Fact]
    public async Task An_update_that_is_cancelled_is_rolled_back()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), null);
        await driver.ExecuteAsync(await driver.PrepareAsync("net", SmallTemplate.Network().With("Resources.Subnet.Properties.MapPublicIpOnLaunch", true), null));
        driver.Pass(TimeSpan.FromSeconds(5));

        await driver.Client.CancelUpdateStackAsync("net", "c", StackDriver.Token);

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", (await driver.EndOfAsync("net")).StackStatus);
        Assert.Contains("Subnet UPDATE_FAILED Resource update cancelled", await driver.EventsAsync("net"));
    }

    [Fact]
    public async Task What_somebody_deleted_cannot_be_updated()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), null);
        driver.RemoveAll("AWS::EC2::Subnet");

        var stack = await driver.DeployAsync("net", SmallTemplate.Network().With("Resources.Subnet.Properties.MapPublicIpOnLaunch", true), null);

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", stack.StackStatus);
        Assert.Contains(
            await driver.EventsAsync("net"),
            line => line.StartsWith("Subnet UPDATE_FAILED Resource handler returned message: \"Resource of type 'AWS::EC2::Subnet' with identifier 'subnet-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_nobody_validates_keeps_its_stack_waiting_until_somebody_does()
    {
        await using var driver = await StackDriver.StartAsync("certificate=pending");
        var template = SmallTemplate.Read("""
            {"Resources":{"Certificate":{"Type":"AWS::CertificateManager::Certificate","Properties":{
              "DomainName":"shop.example.com","DomainValidationOptions":[{"DomainName":"shop.example.com","HostedZoneId":"Z1"}]}}}}
            """);
        await driver.ExecuteAsync(await driver.PrepareAsync("edge", template, null));
        driver.Pass(TimeSpan.FromHours(10));
        var waiting = await driver.Client.DescribeStackAsync("edge", StackDriver.Token);

        driver.Clear();
        driver.Pass(TimeSpan.FromSeconds(5));

        Assert.Equal("CREATE_IN_PROGRESS", waiting?.StackStatus);
        Assert.Equal("CREATE_COMPLETE", (await driver.Client.DescribeStackAsync("edge", StackDriver.Token))?.StackStatus);
    }

    // Events of stacks have the statuses of stacks, though the model has only those of resources for them.
    private static bool IsOfStack(string finding) =>
        finding.Contains("[].ResourceStatus: ", StringComparison.Ordinal)
        && (finding.Contains("REVIEW_IN_PROGRESS", StringComparison.Ordinal) || finding.Contains("_CLEANUP_IN_PROGRESS", StringComparison.Ordinal));
}
