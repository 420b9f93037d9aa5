using Platform.Deploy.Aws;

namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>All templates that Deploy renders, created, left alone, updated and deleted.</summary>
public sealed class GoldenStacksTests
{
    public static TheoryData<string> Variants => [.. GoldenStacks.Variants];

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task All_stacks_are_created_left_alone_updated_and_deleted(string variant)
    {
        await using var driver = await StackDriver.StartAsync();
        ExistingParts.Plant(driver.Cloud.Account);
        var made = new List<StackState>();

        foreach (var stack in GoldenStacks.Of(variant))
        {
            var created = await driver.DeployAsync(stack.Name, stack.Template, stack.Input);
            Assert.True(created.StackStatus == "CREATE_COMPLETE", await FailureAsync(driver, created));
            made.Add(created);

            var same = await driver.PrepareAsync(stack.Name, stack.Template, stack.Input);
            Assert.True(same.IsWithoutChanges, $"{stack.Name}: {same.StatusReason} {string.Join(", ", same.Changes.Select(change => change.LogicalResourceId))}");

            var updated = await driver.DeployAsync(stack.Name, stack.Template, stack.Input with { Tags = stack.Input.Tags.SetItem("team", "blue") });
            Assert.True(updated.StackStatus == "UPDATE_COMPLETE", await FailureAsync(driver, updated));
        }

        foreach (var stack in made.AsEnumerable().Reverse())
        {
            ExistingParts.Unprotect(driver.Cloud.Account);
            var deleted = await driver.DeleteAsync(stack.StackId);
            Assert.True(deleted.StackStatus == "DELETE_COMPLETE", await FailureAsync(driver, deleted));
        }
    }

    private static async Task<string> FailureAsync(StackDriver driver, StackState stack) =>
        $"{stack.StackName} {stack.StackStatus} {stack.StackStatusReason}\n{string.Join('\n', (await driver.EventsAsync(stack.StackId)).Where(line => line.Contains("_FAILED", StringComparison.Ordinal)))}";
}
