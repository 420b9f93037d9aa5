using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Deploy.Aws;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>Stacks of a simulated account through Deploy's own client, with the clock moved on by hand.</summary>
internal sealed class StackDriver : IAsyncDisposable
{
    private readonly AwsSession _session;
    private int _tokens;

    private StackDriver(SimulatedCloud cloud)
    {
        Cloud = cloud;
        _session = Sessions.Of(cloud);
    }

    public SimulatedCloud Cloud { get; }

    public CloudFormationClient Client => _session.CloudFormation;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<StackDriver> StartAsync(params string[] faults) => StartAsync(new SimulatorOptions
    {
        Region = "eu-central-1",
        Speed = ClockSpeed.Max,
        Start = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
        Faults = [.. faults.Select(Faults.FaultRule.Parse)],
    });

    public static async Task<StackDriver> StartAsync(SimulatorOptions options) => new(await SimulatedCloud.StartAsync(options, Token));

    /// <summary>Lets everything happen that would happen in that time.</summary>
    public void Pass(TimeSpan time)
    {
        using var entered = Cloud.Account.Enter();
        var until = Cloud.Account.Now + time;
        Cloud.Account.Clock.MoveTo(until);
        Cloud.Account.AdvanceTo(until);
    }

    public async Task<ChangeSet> PrepareAsync(string stack, string template, StackInput? input)
    {
        var given = input ?? new StackInput();
        var exists = await Client.DescribeStackAsync(stack, Token) is { StackStatus: not "REVIEW_IN_PROGRESS" };
        var token = NewToken();
        var made = await Client.CreateChangeSetAsync(
            new CreateChangeSetRequest
            {
                StackName = stack,
                ChangeSetName = $"change-{token}",
                ChangeSetType = exists ? "UPDATE" : "CREATE",
                ClientToken = token,
                TemplateBody = template,
                Parameters = [.. given.Parameters.Select(parameter => new StackArgument(parameter.Key, parameter.Value, null))],
                Capabilities = given.Capabilities,
                Tags = [.. given.Tags.Select(tag => new AwsTag(tag.Key, tag.Value))],
                OnStackFailure = given.OnStackFailure,
                RoleARN = given.RoleArn,
                ImportExistingResources = given.ImportExistingResources ? true : null,
            },
            Token);
        Pass(TimeSpan.FromSeconds(30));
        return await Client.DescribeChangeSetAsync(made.Id, Token) ?? throw new InvalidOperationException("The change set is gone.");
    }

    public Task<ChangeSet> PrepareAsync(string stack, JsonObject template, StackInput? input) => PrepareAsync(stack, template.ToJsonString(), input);

    public Task<StackState> DeployAsync(string stack, JsonObject template, StackInput? input) => DeployAsync(stack, template.ToJsonString(), input);

    /// <summary>All stacks of a folder of golden files.</summary>
    public async Task DeployAllAsync(string variant)
    {
        foreach (var stack in GoldenStacks.Of(variant))
        {
            var state = await DeployAsync(stack.Name, stack.Template, stack.Input);
            Assert.Equal($"{stack.Name} CREATE_COMPLETE", $"{stack.Name} {state.StackStatus}");
        }
    }

    /// <summary>Creates or updates it, and waits for the end.</summary>
    public async Task<StackState> DeployAsync(string stack, string template, StackInput? input)
    {
        var changeSet = await PrepareAsync(stack, template, input);
        Assert.True(changeSet.IsReady, $"{stack}: {changeSet.Status} {changeSet.StatusReason}");
        await ExecuteAsync(changeSet);
        return await EndOfAsync(changeSet.StackId);
    }

    public Task ExecuteAsync(ChangeSet changeSet) =>
        Client.ExecuteChangeSetAsync(new ExecuteChangeSetRequest { ChangeSetName = changeSet.ChangeSetId, ClientRequestToken = NewToken() }, Token);

    public async Task<StackState> EndOfAsync(string stack)
    {
        Pass(TimeSpan.FromHours(4));
        return await Client.DescribeStackAsync(stack, Token) ?? throw new InvalidOperationException($"{stack} is gone.");
    }

    /// <param name="stackId">Or else it cannot be found any more at the end.</param>
    public async Task<StackState> DeleteAsync(string stackId)
    {
        await DeleteAsync(stackId, TimeSpan.FromHours(4));
        return await EndOfAsync(stackId);
    }

    public async Task DeleteAsync(string stackName, TimeSpan wait)
    {
        await Client.DeleteStackAsync(new DeleteStackRequest { StackName = stackName, ClientRequestToken = NewToken() }, Token);
        Pass(wait);
    }

    public async Task<ImmutableArray<string>> ResourcesAsync(string stack) =>
        [.. (await Client.ListStackResourcesAsync(stack, Token).ToListAsync(Token)).Select(resource => $"{resource.LogicalResourceId} {resource.PhysicalResourceId}")];

    public void Put(CloudResource resource)
    {
        using var entered = Cloud.Account.Enter();
        Cloud.Account.Resources.Put(resource);
    }

    public void Remove(CloudResource resource)
    {
        using var entered = Cloud.Account.Enter();
        Cloud.Account.Resources.Remove(resource.Type, resource.Id);
    }

    public void RemoveAll(string type)
    {
        using var entered = Cloud.Account.Enter();
        foreach (var resource in Cloud.Account.Resources.All(type))
        {
            Cloud.Account.Resources.Remove(type, resource.Id);
        }
    }

    public void Add(params string[] faults)
    {
        using var entered = Cloud.Account.Enter();
        foreach (var fault in faults)
        {
            Cloud.Account.Faults.Add(Faults.FaultRule.Parse(fault));
        }
    }

    public void Clear()
    {
        using var entered = Cloud.Account.Enter();
        Cloud.Account.Faults.Clear();
    }

    public ImmutableArray<string> Ids(string type)
    {
        using var entered = Cloud.Account.Enter();
        return [.. Cloud.Account.Resources.All(type).Select(resource => resource.Id)];
    }

    public CloudResource? Find(string type)
    {
        using var entered = Cloud.Account.Enter();
        return Cloud.Account.Resources.All(type).FirstOrDefault();
    }

    /// <summary>Types of what stacks made and is still there.</summary>
    public ImmutableArray<string> OfStacks()
    {
        using var entered = Cloud.Account.Enter();
        return [.. Cloud.Account.Resources.All().Where(resource => resource.StackId is not null).Select(resource => resource.Type)];
    }

    /// <summary>What no stack made: type, and what tells whose it is.</summary>
    public ImmutableArray<string> Planted()
    {
        using var entered = Cloud.Account.Enter();
        return [.. Cloud.Account.Resources.All().Where(resource => resource.StackId is null)
            .Select(resource => $"  {resource.Type} {resource.Text("Description") ?? resource.Text("GroupName") ?? resource.Text("LogGroupName") ?? resource.Text("Name")} {resource.State}".TrimEnd())];
    }

    /// <summary>Oldest first: seconds since the first, <c>name status reason</c>.</summary>
    public async Task<ImmutableArray<string>> TimedEventsAsync(string stack)
    {
        var events = (await Client.DescribeStackEventsAsync(stack, Token).ToListAsync(Token)).AsEnumerable().Reverse().ToList();
        return [.. events.Select(happened => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{(happened.Timestamp - events[0].Timestamp)?.TotalSeconds,5} {happened.LogicalResourceId} {happened.ResourceStatus} {happened.ResourceStatusReason}").TrimEnd())];
    }

    /// <summary>Oldest first: <c>name status reason</c>, each once.</summary>
    public async Task<ImmutableArray<string>> EventsAsync(string stack) =>
        [.. (await Client.DescribeStackEventsAsync(stack, Token).ToListAsync(Token)).AsEnumerable().Reverse()
            .Select(happened => $"{happened.LogicalResourceId} {happened.ResourceStatus} {happened.ResourceStatusReason}".TrimEnd())];

    public string NewToken() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{++_tokens}");

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return Cloud.DisposeAsync();
    }
}

internal sealed record StackInput
{
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableArray<string> Capabilities { get; init; } = ["CAPABILITY_NAMED_IAM"];

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public string? OnStackFailure { get; init; }

    public string? RoleArn { get; init; }

    public bool ImportExistingResources { get; init; }
}
