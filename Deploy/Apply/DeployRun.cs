using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Apply;

/// <summary>
/// Deploys the infrastructure of an environment: its stacks side by side where they do not need each other, images as soon as their repositories are
/// there. All state is in AWS, so it can be stopped at any moment and called again.
/// </summary>
internal sealed class DeployRun(DeployWork work, IProgress<RunEvent> progress)
{
    public const string ImagesStep = "images";

    private static readonly TimeSpan RolesTakeEffect = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RolePause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClusterLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ClusterPause = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, StackState> _states = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly AwsTarget _target = work.Target;
    private Task? _becoming;

    /// <exception cref="DeployException">Something failed; everything else is as far as it came.</exception>
    public async Task<DeployResult> RunAsync(CancellationToken cancellationToken)
    {
        var works = Works();
        progress.Report(new RunEvent.Planned([.. works.Select(one => one.Step)]));
        await new LockedRun(_target.Deployer, _target.Time, work.Model.Names, work.Holder, progress).RunAsync(
            async token =>
            {
                await new StepGraph(progress).RunAsync(works, token);
                if (!work.OnlyAdministrators)
                {
                    await new DeployRecords(_target.Deployer.Ssm).WriteAsync(work, _target.Time.GetUtcNow(), token);
                }
            },
            cancellationToken);
        return new DeployResult(_states.ToImmutableSortedDictionary(
            one => one.Key,
            one => one.Value.Outputs.ToImmutableSortedDictionary(output => output.OutputKey, output => output.OutputValue, StringComparer.Ordinal),
            StringComparer.Ordinal));
    }

    private ImmutableArray<StackPlan> Wanted() =>
    [
        .. work.Plan.Stacks.Where(plan => plan.Action is not StackAction.WithRollout and not StackAction.Delete && (plan.NeedsAdministrator || !work.OnlyAdministrators)),
    ];

    private ImmutableArray<StepWork> Works()
    {
        var wanted = Wanted();
        var stacks = wanted.Select(plan => work.Stacks.First(stack => stack.Name == plan.Name)).ToImmutableArray();
        var graph = StackGraph.Of(stacks);
        var works = ImmutableArray.CreateBuilder<StepWork>();
        foreach (var (plan, stack) in wanted.Zip(stacks))
        {
            works.Add(new StepWork(
                new RunStep(stack.ShortName, stack.Name, plan.Action == StackAction.None ? null : plan.Expected),
                [.. graph[stack.Name].Select(name => stacks.First(other => other.Name == name).ShortName)],
                token => StackAsync(stack, plan, token)));
        }

        if (work.PushImagesAsync is { } pushAsync && !work.OnlyAdministrators)
        {
            ImmutableArray<string> repositories = [.. stacks.Where(DeployOrder.IsBeforeImages).Select(stack => stack.ShortName)];
            var count = work.Plan.Images.Length + work.Model.CopiedImages.Length;
            works.Add(new StepWork(
                new RunStep(ImagesStep, string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "image" : "images")}"), Expected: null),
                repositories,
                token => pushAsync(progress, token)));
        }

        // What nobody wants any more goes when nothing uses it.
        ImmutableArray<string> all = [.. works.Select(one => one.Step.Id)];
        foreach (var plan in work.OnlyAdministrators ? [] : work.Plan.Stacks.Where(plan => plan.Action == StackAction.Delete))
        {
            works.Add(new StepWork(new RunStep(plan.ShortName, plan.Name, plan.Expected), all, token => RemoveAsync(plan, token)));
            all = all.Add(plan.ShortName);
        }

        return works.ToImmutable();
    }

    private async Task<StepResult> StackAsync(StackTemplate stack, StackPlan plan, CancellationToken cancellationToken)
    {
        // An administrator's stack that is as it should be is nobody else's business.
        if (plan is { NeedsAdministrator: true, Action: StackAction.None })
        {
            return StepResult.Unchanged;
        }

        if (!plan.NeedsAdministrator)
        {
            await DeployerAsync(cancellationToken);
        }

        var session = _target.SessionFor(plan.ShortName);
        var deployed = await DeployAsync(stack, plan, session, cancellationToken);
        _states[stack.ShortName] = deployed.State;
        if (stack.ShortName == ClusterStack.ShortName)
        {
            await ClusterAsync(session, cancellationToken);
        }

        return deployed.Changes.IsEmpty ? StepResult.Unchanged : new StepResult(StepOutcome.Done, Counts(deployed.Changes));
    }

    private async Task<DeployedStack> DeployAsync(StackTemplate stack, StackPlan plan, AwsSession session, CancellationToken cancellationToken)
    {
        var review = new StackReview(work.Plan, work.MayReplace, session.Tagging, progress);
        var deployment = new StackDeployment(
            session.CloudFormation,
            new StackRules
            {
                Run = work.Holder.Run,
                ExecutionRole = plan.NeedsAdministrator ? null : _target.ExecutionRoleArn,
                RemoveFailedCreation = work.Model.Settings.Profile == Profile.Dev,
                MayReplace = work.MayReplace,
                ReviewAsync = review.OfAsync,
            },
            _target.Time,
            progress);
        if (plan.Action == StackAction.None)
        {
            return await deployment.ConfirmAsync(stack, cancellationToken);
        }

        var arguments = await InputsOf(session).ResolveAsync(stack, cancellationToken);
        if (!arguments.Unknown.IsEmpty)
        {
            throw new DeployException(ApplyProblems.MissingOutput(stack.Name, arguments.Unknown));
        }

        try
        {
            return await WithCertificateAsync(stack, session, token => deployment.DeployAsync(stack, arguments.Known, token), cancellationToken);
        }
        catch (AwsException denied) when (plan.NeedsAdministrator && denied.Error.Kind == AwsErrorKind.AccessDenied)
        {
            throw new DeployException([ApplyProblems.NeedsAdministrator(stack.Name, denied.Problems)], denied);
        }
    }

    private StackInputs InputsOf(AwsSession session) => new(new StackInputSource(session, _target.Identity, work.Model)
    {
        StackAsync = session.CloudFormation.DescribeStackAsync,
        StackName = shortName => work.Stacks.FirstOrDefault(stack => stack.ShortName == shortName)?.Name,
        CallerAddressAsync = token => CallerAddress.FindAsync(session.Connection.Endpoints, token),
    });

    private async Task<DeployedStack> WithCertificateAsync(StackTemplate stack, AwsSession session, Func<CancellationToken, Task<DeployedStack>> deployAsync, CancellationToken cancellationToken)
    {
        if (stack.ShortName != EdgeStack.ShortName || !EdgeStack.MakesCertificate(work.Model) || work.Model.Settings.Edge.Domain is not { } domain)
        {
            return await deployAsync(cancellationToken);
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new CertificateWatch(session.Acm, _target.Time, progress);
        var watching = watch.WatchAsync(stack.ShortName, domain, done.Token);
        try
        {
            return await deployAsync(cancellationToken);
        }
        catch (DeployException failed) when (watch.Open is { } open)
        {
            // CloudFormation only says that it has waited long enough.
            throw new DeployException([.. failed.Problems.Select(problem => problem with { Detail = $"{problem.Detail}\n{open}".TrimStart() })], failed);
        }
        finally
        {
            await done.CancelAsync();
            await ((Task)watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Once for all stacks: they begin when the roles are there.</summary>
    private Task DeployerAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _becoming ??= BecomeDeployerAsync(cancellationToken);
        }
    }

    // A role that was just made is not known everywhere at once.
    private async Task BecomeDeployerAsync(CancellationToken cancellationToken)
    {
        if (_target.IsDeployer || !work.Plan.Stacks.Any(plan => plan is { ShortName: AccessStack.ShortName, Action: not StackAction.None }))
        {
            return;
        }

        var patience = new Patience(RolesTakeEffect, _target.Time);
        while (!await _target.BecomeDeployerAsync(cancellationToken))
        {
            if (patience.IsOver)
            {
                progress.Report(new RunEvent.Notice(Step: null, $"The role {_target.DeployerRoleArn} does not let you become it; everything is done with your own rights."));
                return;
            }

            await patience.PauseAsync(RolePause, cancellationToken);
        }
    }

    private async Task ClusterAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var name = work.Model.ClusterName;
        var patience = new Patience(ClusterLimit, _target.Time);
        while (true)
        {
            var cluster = await session.Eks.DescribeClusterAsync(name, cancellationToken);
            var issues = cluster?.Health?.Issues ?? [];
            if (cluster is { Status: "ACTIVE" } && issues.Count == 0)
            {
                return;
            }

            if (cluster is null or { Status: "ACTIVE" or "FAILED" or "DELETING" } || patience.IsOver)
            {
                throw new DeployException(ApplyProblems.ClusterUnhealthy(name, cluster?.Status ?? "not there", issues));
            }

            progress.Report(new RunEvent.Progressed(ClusterStack.ShortName, $"the cluster is {cluster.Status}"));
            await patience.PauseAsync(ClusterPause, cancellationToken);
        }
    }

    private async Task<StepResult> RemoveAsync(StackPlan plan, CancellationToken cancellationToken)
    {
        var cloudFormation = _target.Deployer.CloudFormation;
        if (await cloudFormation.DescribeStackAsync(plan.Name, cancellationToken) is not { } state)
        {
            return new StepResult(StepOutcome.Removed, "");
        }

        if (state.EnableTerminationProtection)
        {
            await cloudFormation.UpdateTerminationProtectionAsync(state.StackId, enableTerminationProtection: false, cancellationToken);
        }

        await new StackRemoval(cloudFormation, work.Holder.Run, _target.Time, progress).RemoveAsync(plan.ShortName, state, _target.ExecutionRoleArn, cancellationToken);
        return new StepResult(StepOutcome.Removed, "");
    }

    private static string Counts(ImmutableArray<ResourceChange> changes) => string.Join(", ", changes
        .GroupBy(change => change.Action switch { "Add" => "created", "Remove" => "removed", "Import" => "taken over", _ when change.Replacement == "True" => "replaced", _ => "changed" }, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}")));
}
