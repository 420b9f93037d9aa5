namespace Platform.Simulator.Tests.CloudFormation;

public sealed class LongAnswersTests
{
    [Fact]
    public async Task What_does_not_fit_one_answer_comes_in_parts()
    {
        await using var driver = await StackDriver.StartAsync();
        var template = SmallTemplate.Read($$"""{ "Resources": { {{string.Join(',', Enumerable.Range(100, 250).Select(index => $"\"Topic{index}\":{{\"Type\":\"AWS::SNS::Topic\"}}"))}} } }""");

        var changeSet = await driver.PrepareAsync("topics", template, null);
        await driver.ExecuteAsync(changeSet);
        await driver.EndOfAsync("topics");

        var expected = Enumerable.Range(100, 250).Select(index => $"Topic{index}").ToList();
        Assert.Equal(expected, changeSet.Changes.Select(change => change.LogicalResourceId));
        Assert.Equal(expected, (await driver.ResourcesAsync("topics")).Select(line => line.Split(' ')[0]));
        Assert.Equal(3 + (3 * 250), (await driver.EventsAsync("topics")).Distinct().Count());
    }
}
