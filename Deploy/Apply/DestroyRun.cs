using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>
/// Takes an environment away: names in the DNS first, then the cluster, what Kubernetes left behind, and the stacks in the reverse order of their making;
/// at the end the proof that nothing is left. It can be stopped at any moment and called again.
/// </summary>
internal sealed class DestroyRun(DestroyWork work, IProgress<RunEvent> progress)
{
    public const string NamesStep = "names";
    public const string SweepStep = "sweep";
    public const string LogsStep = "logs";

    private const int MostTries = 3;
    private static readonly TimeSpan ClusterLimit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan ClusterPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CleanupPause = TimeSpan.FromMinutes(2);

    private readonly AwsTarget _target = work.Target;

    // Where the roles go as well, everything is the administrator's: the deployer is no more before the end.
    private readonly AwsSession _session = work.WithAccess ? work.Target.Caller : work.Target.Deployer;

    /// <summary>What is there, and what of it goes. Changes nothing.</summary>
    public async Task<DestroySight> LookAsync(CancellationToken cancellationToken)
    {
        var all = await EnvironmentStacks.ReadAsync(_target, work.Names, cancellationToken);
        var stacks = await StackSights.FindAsync(_target, all, work.WithAccess, cancellationToken);
        var volumes = new ClusterVolumes(_session.Ec2);
        return new DestroySight(
            stacks,
            [.. await StayingAsync(all, cancellationToken)],
            work.Cluster is { } cluster ? await volumes.FindAsync(cluster, cancellationToken) : [],
            work.Cluster is { } named ? await volumes.SnapshotsAsync(named, cancellationToken) : []);
    }

    private async Task<IEnumerable<(string Stack, string Why)>> StayingAsync(ImmutableArray<(string ShortName, StackState State)> all, CancellationToken cancellationToken)
    {
        var staying = new List<(string, string)>();
        var access = work.Names.Stack(AccessStack.ShortName);
        if (!work.WithAccess && await EnvironmentStacks.IsThereAsync(_target, access, cancellationToken))
        {
            staying.Add((access, "its roles are an administrator's (--include-access removes them too)"));
        }

        foreach (var (part, state) in all)
        {
            var why = EnvironmentStacks.Family(part) switch
            {
                RegistryStack.ShortName => "its images are for all environments",
                BootstrapStack.ShortName => "it is for all environments of the account",
                _ => null,
            };
            if (why is not null)
            {
                staying.Add((state.StackName, why));
            }
        }

        return staying;
    }

    /// <summary>Switches off what keeps stacks from being deleted by mistake: of production a run of its own.</summary>
    public async Task UnprotectAsync(DestroySight sight, CancellationToken cancellationToken)
    {
        foreach (var stack in sight.Stacks.Where(stack => stack.State.EnableTerminationProtection))
        {
            await _session.CloudFormation.UpdateTerminationProtectionAsync(stack.State.StackId, enableTerminationProtection: false, cancellationToken);
        }
    }

    /// <returns>What is left, with the reason.</returns>
    /// <exception cref="DeployException">Something cannot be removed.</exception>
    public async Task<ImmutableArray<Remnant>> RunAsync(DestroySight sight, CancellationToken cancellationToken)
    {
        var works = Works(sight);
        progress.Report(new RunEvent.Planned([.. works.Select(one => one.Step)]));
        ImmutableArray<Remnant> remnants = [];
        await new LockedRun(_session, _target.Time, work.Names, work.Holder, progress).RunAsync(
            async token =>
            {
                await new StepGraph(progress).RunAsync(works, token);
                await _session.Ssm.DeleteParameterAsync(work.Names.DeployRecord, token);
                remnants = await new Inventory(_session, work.Names, _target.Time).ProveAsync(work.Cluster, resource => Stays(resource, sight), token);
            },
            cancellationToken);
        return remnants;
    }

    private static bool IsAccess(StackSight stack) => stack.Part == AccessStack.ShortName;

    // The roles' own stack is deployed by an administrator and not by the role that CloudFormation works with.
    private string? RoleOf(StackSight stack) => IsAccess(stack) ? null : _target.ExecutionRoleArn;

    // Each family after the one before it: what it uses outlives it.
    private ImmutableArray<StepWork> Works(DestroySight sight)
    {
        var works = ImmutableArray.CreateBuilder<StepWork>();
        ImmutableArray<string> before = [];
        Family(OperationsStack.ShortName);
        Family(AddonsStack.ShortName);
        var aliases = sight.Stacks.Where(stack => EnvironmentStacks.Family(stack.Part) == EdgeStack.ShortName && HasNames(stack.State)).ToImmutableArray();
        if (!aliases.IsEmpty)
        {
            Then([new StepWork(new RunStep(NamesStep, $"DNS names of {work.Names.Prefix}", TimeSpan.FromMinutes(1)), before, token => RemoveNamesAsync(aliases, token))]);
        }

        Family(ClusterStack.ShortName);
        if (work.Cluster is { } cluster)
        {
            Then([new StepWork(new RunStep(SweepStep, $"leftovers of {cluster}", Expected: null), before, token => SweepAsync(sight, cluster, token))]);
        }

        Family(EdgeStack.ShortName);
        Family(IdentityStack.ShortName);
        Family(MirrorStack.ShortName);
        Family(NetworkStack.ShortName);
        if (work.Cluster is { } gone && !work.IsProduction)
        {
            Then([new StepWork(new RunStep(LogsStep, $"logs of {gone}", Expected: null), before, token => RemoveLogsAsync(gone, token))]);
        }

        Family(AccessStack.ShortName);
        return works.ToImmutable();

        void Family(string family) => Then([.. sight.Stacks.Where(stack => EnvironmentStacks.Family(stack.Part) == family)
            .Select(stack => new StepWork(new RunStep(stack.Part, stack.State.StackName, Expected(family)), before, token => RemoveAsync(stack, sight, token)))]);

        void Then(ImmutableArray<StepWork> some)
        {
            works.AddRange(some);
            before = some.IsEmpty ? before : [.. some.Select(one => one.Step.Id)];
        }
    }

    private static TimeSpan Expected(string family) => family switch
    {
        ClusterStack.ShortName => TimeSpan.FromMinutes(7),
        NetworkStack.ShortName => TimeSpan.FromMinutes(3),
        _ => TimeSpan.FromMinutes(1),
    };

    private async Task<StepResult> RemoveAsync(StackSight stack, DestroySight sight, CancellationToken cancellationToken)
    {
        var cloudFormation = _session.CloudFormation;
        var removal = new StackRemoval(cloudFormation, work.Holder.Run, _target.Time, progress);
        var isCluster = stack.Part == ClusterStack.ShortName;
        for (var tries = 0; ;)
        {
            if (await cloudFormation.DescribeStackAsync(stack.State.StackId, cancellationToken) is not { StackStatus: not "DELETE_COMPLETE" } state)
            {
                return new StepResult(StepOutcome.Removed, "");
            }

            // A creation may be given up at any time, such as one that waits for a certificate for days. What else goes on has to end first.
            if (StackStatus.ConditionOf(state.StackStatus) == StackCondition.Moving && state.StackStatus is not "DELETE_IN_PROGRESS" and not "CREATE_IN_PROGRESS")
            {
                progress.Report(new RunEvent.Notice(stack.Part, $"The stack '{state.StackName}' is {state.StackStatus}: waiting until that has ended."));
                await new StackFollowing(cloudFormation, _target.Time, progress).AttachAsync(stack.Part, state.StackId, cancellationToken);
                continue;
            }

            if (state.EnableTerminationProtection)
            {
                await cloudFormation.UpdateTerminationProtectionAsync(state.StackId, enableTerminationProtection: false, cancellationToken);
            }

            if (isCluster)
            {
                await new ClusterRelease(_target, work.Holder.Run, progress).RunAsync(state, stack.Template, ClusterLimit, ClusterPause, cancellationToken);
            }

            var ending = await removal.TryAsync(stack.Part, state, RoleOf(stack), cancellationToken);
            if (ending.State is null)
            {
                return new StepResult(StepOutcome.Removed, Kept(stack));
            }

            if (++tries >= MostTries)
            {
                return await LastResortAsync(stack, removal, ending, cancellationToken);
            }

            progress.Report(new RunEvent.Notice(stack.Part, $"'{state.StackName}' does not go yet ({ending.Failure.Root?.LogicalResourceId}: {ending.Failure.Reason}): looking for what keeps it."));
            if (work.Cluster is { } cluster && !isCluster)
            {
                await SweepOnceMoreAsync(stack.Part, sight, cluster, cancellationToken);
            }
        }
    }

    private static string Kept(StackSight stack) => stack.Retained.IsEmpty ? "" : $"kept {string.Join(", ", stack.Retained)}";

    private async Task<StepResult> LastResortAsync(StackSight stack, StackRemoval removal, StackEnding ending, CancellationToken cancellationToken)
    {
        if (!work.Force || ending.State is not { StackStatus: StackStatus.DeleteFailed } state)
        {
            throw new DeployException(ApplyProblems.NotRemoved(stack.State.StackName, ending));
        }

        var forced = await removal.ForceAsync(stack.Part, state, RoleOf(stack), cancellationToken);
        if (forced.State is not null)
        {
            throw new DeployException(ApplyProblems.NotRemoved(stack.State.StackName, forced));
        }

        var left = ending.Events.Where(one => one.IsFailure && !one.IsOfStack).DistinctBy(one => one.LogicalResourceId).ToList();
        progress.Report(new RunEvent.Notice(stack.Part, $"'{stack.State.StackName}' is gone, and these stay in the account without it: {string.Join(", ", left.Select(one => $"{one.LogicalResourceId} {one.PhysicalResourceId}"))}."));
        return new StepResult(StepOutcome.Removed, string.Create(CultureInfo.InvariantCulture, $"{left.Count} left behind"));
    }

    private static bool HasNames(StackState state) => state.Parameters.Any(parameter => IsName(parameter) && parameter.ParameterValue is { Length: > 0 });

    private static bool IsName(StackArgument parameter) =>
        parameter.ParameterKey.EndsWith(LoadBalancerName.DnsNameEnding, StringComparison.Ordinal) || parameter.ParameterKey.EndsWith(LoadBalancerName.ZoneIdEnding, StringComparison.Ordinal);

    /// <summary>Nobody is sent any more to load balancers that are about to go.</summary>
    private async Task<StepResult> RemoveNamesAsync(ImmutableArray<StackSight> stacks, CancellationToken cancellationToken)
    {
        var change = new StackChange(_session.CloudFormation, work.Holder.Run, _target.ExecutionRoleArn, _target.Time, progress);
        foreach (var stack in stacks)
        {
            ImmutableArray<StackArgument> arguments = [.. stack.State.Parameters.Select(parameter => IsName(parameter)
                ? new StackArgument(parameter.ParameterKey, "", UsePreviousValue: null)
                : new StackArgument(parameter.ParameterKey, ParameterValue: null, UsePreviousValue: true))];
            await change.RunAsync(NamesStep, stack.State, template: null, arguments, cancellationToken);
        }

        return new StepResult(StepOutcome.Removed, "");
    }

    private async Task<StepResult> SweepAsync(DestroySight sight, string cluster, CancellationToken cancellationToken)
    {
        var left = await SweepOnceMoreAsync(SweepStep, sight, cluster, cancellationToken);
        if (!left.IsEmpty)
        {
            progress.Report(new RunEvent.Notice(SweepStep, $"Still there: {string.Join(", ", left)}."));
        }

        return new StepResult(StepOutcome.Removed, "");
    }

    private Task<ImmutableArray<string>> SweepOnceMoreAsync(string step, DestroySight sight, string cluster, CancellationToken cancellationToken)
    {
        var vpc = sight.Stacks.Where(stack => stack.Part == NetworkStack.ShortName).SelectMany(stack => stack.Resources).FirstOrDefault(resource => resource.ResourceType == "AWS::EC2::VPC")?.PhysicalResourceId;
        return new Sweep(_session, _target.Time, progress).RunAsync(step, new SweepArea(cluster, vpc is { Length: > 0 } ? vpc : null, work.Volumes == VolumeFate.Delete), cancellationToken);
    }

    // A cluster that dies writes its last lines into a log group that it makes anew.
    private async Task<StepResult> RemoveLogsAsync(string cluster, CancellationToken cancellationToken)
    {
        var removed = 0;
        for (var turn = 0; turn < 2; turn++)
        {
            foreach (var group in await _session.Logs.DescribeLogGroupsAsync($"/aws/eks/{cluster}/", cancellationToken).ToListAsync(cancellationToken))
            {
                removed += await _session.Logs.DeleteLogGroupAsync(group.LogGroupName, cancellationToken) ? 1 : 0;
            }

            if (turn == 0)
            {
                progress.Report(new RunEvent.Progressed(LogsStep, "looks once more in two minutes"));
                await Task.Delay(CleanupPause, _target.Time, cancellationToken);
            }
        }

        return new StepResult(StepOutcome.Removed, removed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{removed} removed"));
    }

    private string? Stays(TaggedResource resource, DestroySight sight)
    {
        var stack = resource.Tags.FirstOrDefault(tag => tag.Key == "aws:cloudformation:stack-name")?.Value;
        if (!work.WithAccess && (stack == work.Names.Stack(AccessStack.ShortName) || resource.ResourceARN.Contains($":stack/{work.Names.Stack(AccessStack.ShortName)}/", StringComparison.Ordinal)))
        {
            return "the roles are an administrator's; --include-access removes them too";
        }

        var logical = resource.Tags.FirstOrDefault(tag => tag.Key == "aws:cloudformation:logical-id")?.Value;
        if (logical is not null && sight.Stacks.Any(known => known.State.StackName == stack && known.Retained.Contains(logical)))
        {
            return "its template says that it is kept";
        }

        return work.Volumes == VolumeFate.Keep && (resource.ResourceARN.Contains(":volume/", StringComparison.Ordinal) || resource.ResourceARN.Contains(":snapshot/", StringComparison.Ordinal))
            ? "--keep-data"
            : null;
    }
}
