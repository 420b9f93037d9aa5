using System.Collections.Immutable;
using Platform.Deploy.Aws;

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

    public static Task<StackDriver> StartAsync(params string[] faults) => StartAsync("eu-central-1", faults);

    public static async Task<StackDriver> StartAsync(string region, string[] faults) => new(await SimulatedCloud.StartAsync(
        new SimulatorOptions
        {
            Region = region,
            Speed = Accounts.ClockSpeed.Max,
            Start = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
            Faults = [.. faults.Select(Faults.FaultRule.Parse)],
        },
        Token));

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
