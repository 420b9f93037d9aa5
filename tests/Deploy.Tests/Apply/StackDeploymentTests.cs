using System.Collections.Immutable;
using Platform.Deploy.Apply;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Tests.Apply;

public sealed class StackDeploymentTests : IDisposable
{
    private readonly FakeStacks _aws = new();
    private readonly Recorded _recorded = new();
    private bool _removeFailed = true;

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task A_stack_that_is_not_there_is_created()
    {
        _aws.On("ExecuteChangeSet", "CREATE_IN_PROGRESS", "Vpc CREATE_IN_PROGRESS", "Vpc CREATE_COMPLETE", "CREATE_COMPLETE");

        var deployed = await DeployAsync();

        Assert.Equal(("CREATE_COMPLETE", 1), (deployed.State.StackStatus, deployed.Changes.Length));
        Assert.Equal(["CreateChangeSet CREATE DELETE", "ExecuteChangeSet"], _aws.Writes);
        Assert.Equal(["Vpc CREATE_IN_PROGRESS", "Vpc CREATE_COMPLETE"], _recorded.Lines);
    }

    [Fact]
    public async Task A_stack_that_is_as_it_should_be_is_left_alone()
    {
        _aws.Status = "UPDATE_COMPLETE";
        _aws.Changes = null;

        var deployed = await DeployAsync();

        Assert.Empty(deployed.Changes);
        Assert.Equal(["CreateChangeSet UPDATE", "DeleteChangeSet"], _aws.Writes);
    }

    [Fact]
    public async Task A_change_set_that_nobody_executed_is_removed_with_its_empty_stack()
    {
        _aws.Status = "REVIEW_IN_PROGRESS";
        _aws.On("ExecuteChangeSet", "CREATE_IN_PROGRESS", "CREATE_COMPLETE");

        await DeployAsync();

        Assert.Equal(["DeleteStack", "CreateChangeSet CREATE DELETE", "ExecuteChangeSet"], _aws.Writes);
    }

    [Fact]
    public async Task What_is_in_progress_is_followed_and_not_begun_again()
    {
        _aws.Past("CREATE_IN_PROGRESS", "Vpc CREATE_IN_PROGRESS");
        _aws.Changes = null;
        _aws.Continue("Vpc CREATE_COMPLETE", "CREATE_COMPLETE");

        await DeployAsync();

        Assert.Equal(["CreateChangeSet UPDATE", "DeleteChangeSet"], _aws.Writes);
        Assert.Equal(
            ["note The stack 'shop-dev-network' is CREATE_IN_PROGRESS: going on from there.", "Vpc CREATE_IN_PROGRESS", "Vpc CREATE_COMPLETE"],
            _recorded.Lines);
    }

    [Fact]
    public async Task A_creation_that_was_rolled_back_is_explained_removed_and_made_again()
    {
        _aws.Past("CREATE_IN_PROGRESS", "Nat CREATE_FAILED no address left", "Route CREATE_FAILED Resource creation cancelled", "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE");
        _aws.On("DeleteStack", "DELETE_IN_PROGRESS", "DELETE_COMPLETE").On("ExecuteChangeSet", "CREATE_IN_PROGRESS", "CREATE_COMPLETE");

        await DeployAsync();

        Assert.Equal(["DeleteStack", "CreateChangeSet CREATE DELETE", "ExecuteChangeSet"], _aws.Writes);
        Assert.Equal(["note The stack 'shop-dev-network' is ROLLBACK_COMPLETE since an earlier run (Nat: no address left): removing it, then making it anew."], _recorded.Lines);
    }

    [Theory]
    [InlineData("UPDATE_ROLLBACK_FAILED", "ContinueUpdateRollback", "UPDATE_ROLLBACK_IN_PROGRESS")]
    [InlineData("UPDATE_FAILED", "RollbackStack", "UPDATE_ROLLBACK_IN_PROGRESS")]
    public async Task An_update_that_is_stuck_is_brought_back_first(string status, string operation, string between)
    {
        _aws.Past("UPDATE_IN_PROGRESS", "Nat UPDATE_FAILED broken", status);
        _aws.On(operation, between, "UPDATE_ROLLBACK_COMPLETE").On("ExecuteChangeSet", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE");

        await DeployAsync();

        Assert.Equal([operation, "CreateChangeSet UPDATE", "ExecuteChangeSet"], _aws.Writes);
    }

    [Fact]
    public async Task A_rollback_that_fails_again_says_what_a_person_can_do()
    {
        _aws.Past("UPDATE_IN_PROGRESS", "Nat UPDATE_FAILED broken", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED");
        _aws.On("ContinueUpdateRollback", "UPDATE_ROLLBACK_IN_PROGRESS", "Nat UPDATE_FAILED the address is gone", "UPDATE_ROLLBACK_FAILED");

        var failed = await Assert.ThrowsAsync<DeployException>(DeployAsync);

        Assert.Equal("The stack 'shop-dev-network' is UPDATE_ROLLBACK_FAILED and cannot be brought back: Nat (AWS::EC2::Nat) fails.", failed.Problems[0].Summary);
        Assert.Equal(("DEP456", "the address is gone", 5), (failed.Problems[0].Code, failed.Problems[0].Detail, failed.ExitCode));
    }

    [Fact]
    public async Task The_cause_of_a_failure_is_told_apart_from_what_followed()
    {
        _aws.On(
            "ExecuteChangeSet",
            "CREATE_IN_PROGRESS",
            "Nat CREATE_FAILED The maximum number of addresses has been reached. (Service: Ec2, Status Code: 400) (RequestToken: 1, HandlerErrorCode: ServiceLimitExceeded)",
            "Route CREATE_FAILED Resource creation cancelled",
            "Subnet CREATE_FAILED Resource creation cancelled",
            "ROLLBACK_IN_PROGRESS",
            "Vpc DELETE_FAILED has dependencies",
            "ROLLBACK_FAILED");
        _removeFailed = false;

        var failed = await Assert.ThrowsAsync<DeployException>(DeployAsync);

        Assert.Equal(["CreateChangeSet CREATE ROLLBACK", "ExecuteChangeSet"], _aws.Writes);
        Golden.Matches(ProblemText.Render(failed.Problems, new Palette(Colours: false)), "Apply/failed-creation.txt");
    }

    [Fact]
    public async Task A_failed_creation_of_a_development_environment_leaves_nothing()
    {
        _aws.On("ExecuteChangeSet", "CREATE_IN_PROGRESS", "Nat CREATE_FAILED no", "DELETE_IN_PROGRESS", "DELETE_COMPLETE");

        var failed = await Assert.ThrowsAsync<DeployException>(DeployAsync);

        Assert.Equal("no\nThe stack was removed again.", failed.Problems[0].Detail);
    }

    [Fact]
    public async Task What_nobody_agreed_to_lose_is_not_lost()
    {
        _aws.Status = "CREATE_COMPLETE";
        _aws.Changes = "<member><ResourceChange><Action>Modify</Action><Replacement>True</Replacement><LogicalResourceId>Vpc</LogicalResourceId><ResourceType>AWS::EC2::VPC</ResourceType></ResourceChange></member>";

        var failed = await Assert.ThrowsAsync<DeployException>(() => DeployAsync((stack, changes) => [ApplyProblems.Replaces(stack.Name, changes.Changes[0])]));

        Assert.Equal("DEP459", failed.Problems[0].Code);
        Assert.Equal(["CreateChangeSet UPDATE", "DeleteChangeSet"], _aws.Writes);
    }

    [Fact]
    public async Task Protection_and_policy_are_set_when_the_stack_is_there()
    {
        _aws.On("ExecuteChangeSet", "CREATE_IN_PROGRESS", "CREATE_COMPLETE");

        await DeployAsync(stack => stack with { TerminationProtection = true, StackPolicy = [.. "{}"u8] });

        Assert.Equal(["CreateChangeSet CREATE DELETE", "ExecuteChangeSet", "UpdateTerminationProtection true", "SetStackPolicy"], _aws.Writes);
        Assert.Equal((true, "{}"), (_aws.Protected, _aws.Policy));
    }

    private static StackTemplate Network => StackRenderer.Render(Sample.Model(Profile.Dev)).Stacks.First(stack => stack.ShortName == "network");

    private Task<DeployedStack> DeployAsync() => DeployAsync(stack => stack, (_, _) => []);

    private Task<DeployedStack> DeployAsync(Func<StackTemplate, StackTemplate> change) => DeployAsync(change, (_, _) => []);

    private Task<DeployedStack> DeployAsync(Func<StackTemplate, ChangeSet, ImmutableArray<Problem>> review) => DeployAsync(stack => stack, review);

    private Task<DeployedStack> DeployAsync(Func<StackTemplate, StackTemplate> change, Func<StackTemplate, ChangeSet, ImmutableArray<Problem>> review)
    {
        var rules = new StackRules
        {
            Run = "run1",
            ExecutionRole = null,
            RemoveFailedCreation = _removeFailed,
            MayReplace = [],
            ReviewAsync = (stack, changes, _) => Task.FromResult(review(stack, changes)),
        };
        var deployment = new StackDeployment(_aws.Client, rules, _aws.Time, _recorded);
        return _aws.ThroughTimeAsync(() => deployment.DeployAsync(change(Network with { TerminationProtection = false, StackPolicy = null }), [], TestContext.Current.CancellationToken));
    }
}

/// <summary>What a run told, a line each.</summary>
internal sealed class Recorded : IProgress<RunEvent>
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public void Report(RunEvent value)
    {
        lock (_lines)
        {
            _lines.Add(value switch
            {
                RunEvent.Resource resource => $"{resource.LogicalId} {resource.Status}",
                RunEvent.Notice notice => $"note {notice.Text}",
                RunEvent.Started started => $"started {started.Step}",
                RunEvent.Finished finished => $"{finished.Outcome} {finished.Step}",
                RunEvent.Failed failed => $"failed {failed.Step}",
                RunEvent.Abandoned abandoned => $"abandoned {abandoned.Step}",
                _ => value.ToString(),
            });
        }
    }
}
