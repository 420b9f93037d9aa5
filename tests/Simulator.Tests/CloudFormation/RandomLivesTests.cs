using System.Text.Json.Nodes;
using Platform.Deploy.Aws;

namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>Stacks that are changed at random while things fail at random: whatever happens, they can be mended, and nothing is left of them.</summary>
public sealed class RandomLivesTests
{
    private const int Changes = 6;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_happens_to_a_stack_it_can_be_mended_and_leaves_nothing(int seed)
    {
        await using var driver = await StackDriver.StartAsync();
        var random = new Random(seed);
        var network = GoldenStacks.Of("dev", "network");
        var lives = new List<string>();

        for (var change = 0; change < Changes; change++)
        {
            var template = Mutated(SmallTemplate.Read(network.Template), random);
            driver.Add([.. Enumerable.Range(0, random.Next(3)).Select(_ => Fault(template, random))]);
            lives.Add(await LiveAsync(driver, network, template));
            driver.Clear();
            await MendAsync(driver, network.Name);
        }

        if (await driver.Client.DescribeStackAsync(network.Name, StackDriver.Token) is { } stack)
        {
            Assert.Equal("DELETE_COMPLETE", (await driver.DeleteAsync(stack.StackId)).StackStatus);
        }

        Assert.True(driver.OfStacks().IsEmpty, $"{string.Join(", ", driver.OfStacks())} are left after {string.Join(", ", lives)}.");
        Assert.Empty(driver.Planted());
    }

    private static async Task<string> LiveAsync(StackDriver driver, GoldenStack network, JsonObject template)
    {
        var changeSet = await driver.PrepareAsync(network.Name, template, network.Input);
        if (!changeSet.IsReady)
        {
            return changeSet.StatusReason ?? "";
        }

        await driver.ExecuteAsync(changeSet);
        return (await driver.EndOfAsync(changeSet.StackId)).StackStatus;
    }

    private static async Task MendAsync(StackDriver driver, string name)
    {
        if (await driver.Client.DescribeStackAsync(name, StackDriver.Token) is not { } stack)
        {
            return;
        }

        switch (stack.StackStatus)
        {
            case "UPDATE_ROLLBACK_FAILED":
                await driver.Client.ContinueUpdateRollbackAsync(new ContinueUpdateRollbackRequest { StackName = name, ClientRequestToken = driver.NewToken() }, StackDriver.Token);
                Assert.Equal("UPDATE_ROLLBACK_COMPLETE", (await driver.EndOfAsync(name)).StackStatus);
                break;
            case "ROLLBACK_COMPLETE" or "ROLLBACK_FAILED" or "REVIEW_IN_PROGRESS":
                Assert.Equal("DELETE_COMPLETE", (await driver.DeleteAsync(stack.StackId)).StackStatus);
                break;
            default:
                Assert.Contains(stack.StackStatus, (string[])["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"]);
                break;
        }
    }

    // Without one of what nothing refers to, and with another value of some property: in place or by replacement.
    private static JsonObject Mutated(JsonObject template, Random random)
    {
        var resources = template["Resources"]!.AsObject();
        var whole = template.ToJsonString();
        var free = resources.Select(resource => resource.Key)
            .Where(name => !whole.Contains($"\"Ref\":\"{name}\"", StringComparison.Ordinal) && !whole.Contains($"[\"{name}\"", StringComparison.Ordinal)).ToList();
        if (random.Next(2) == 0 && free.Count > 0)
        {
            resources.Remove(free[random.Next(free.Count)]);
        }

        return random.Next(5) switch
        {
            0 => template.With("Resources.Vpc.Properties.EnableDnsHostnames", random.Next(2) == 0),
            1 => template.With("Resources.Vpc.Properties.CidrBlock", $"10.{random.Next(2)}.0.0/16"),
            2 => template.With("Resources.PublicSubnet1.Properties.MapPublicIpOnLaunch", random.Next(2) == 0),
            3 => template.With("Resources.NatGateway1.Properties.ConnectivityType", random.Next(2) == 0 ? "public" : "private"),
            _ => template.With("Resources.PublicRouteTable.Properties.Tags", new JsonArray(new JsonObject { ["Key"] = "n", ["Value"] = random.Next(3) })),
        };
    }

    private static string Fault(JsonObject template, Random random)
    {
        var names = template["Resources"]!.AsObject().Select(resource => resource.Key).ToList();
        return $"stack:{names[random.Next(names.Count)]}={(random.Next(3) == 0 ? "rollback-fail" : "fail")}";
    }
}
