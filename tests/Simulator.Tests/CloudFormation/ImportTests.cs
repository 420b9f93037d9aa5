using Platform.Deploy.Aws;

namespace Platform.Simulator.Tests.CloudFormation;

public sealed class ImportTests
{
    [Fact]
    public async Task A_resource_is_taken_over_by_a_stack_of_its_own_and_goes_with_it()
    {
        await using var driver = await StackDriver.StartAsync();
        using var answers = new RecordedAnswers(driver.Cloud);
        driver.Put(Resources.StorageTypes.LogGroupOfService(driver.Cloud.Account, "/logs"));
        var form = QueryForm.Query()
            .Text("StackName", "logs").Text("ChangeSetName", "import").Text("ChangeSetType", "IMPORT").Text("TemplateBody", SmallTemplate.LogGroup("/logs").ToJsonString())
            .Text("ResourcesToImport.member.1.ResourceType", "AWS::Logs::LogGroup").Text("ResourcesToImport.member.1.LogicalResourceId", "Logs")
            .Text("ResourcesToImport.member.1.ResourceIdentifier.entry.1.key", "LogGroupName").Text("ResourcesToImport.member.1.ResourceIdentifier.entry.1.value", "/logs");

        await new QueryProtocol(answers.Connection, AwsApi.CloudFormation).CallAsync("CreateChangeSet", form, StackDriver.Token);
        driver.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(["import CREATE_COMPLETE "], (await driver.Client.ListChangeSetsAsync("logs", StackDriver.Token).ToListAsync(StackDriver.Token)).Select(made => $"{made.ChangeSetName} {made.Status} {made.StatusReason}"));
        await driver.Client.ExecuteChangeSetAsync(new ExecuteChangeSetRequest { StackName = "logs", ChangeSetName = "import", ClientRequestToken = "e" }, StackDriver.Token);
        var imported = await driver.EndOfAsync("logs");
        var owned = driver.Find("AWS::Logs::LogGroup")?.LogicalId;
        var deleted = await driver.DeleteAsync(imported.StackId);

        Assert.Equal(("IMPORT_COMPLETE", "Logs", "DELETE_COMPLETE"), (imported.StackStatus, owned, deleted.StackStatus));
        Assert.Null(driver.Find("AWS::Logs::LogGroup"));
    }
}
