using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>
/// Looks at the account for a plan. Nothing stays behind: change sets are made of stacks that exist only (one of a stack that does not would leave it
/// under review), only where the templates or their parameters differ, and are taken away again, also when the plan is given up.
/// </summary>
internal sealed class Observation : IDisposable
{
    // CloudFormation takes some ten calls a second of an account before it says that these are too many.
    private const int AtOnce = 10;

    private readonly AwsTarget _target;
    private readonly DeploymentModel _model;
    private readonly ImmutableArray<StackTemplate> _stacks;
    private readonly SemaphoreSlim _slots = new(AtOnce);
    private readonly Dictionary<string, Task<Found>> _found = new(StringComparer.Ordinal);

    private Observation(AwsTarget target, DeploymentModel model, ImmutableArray<StackTemplate> stacks)
    {
        _target = target;
        _model = model;
        _stacks = stacks;
    }

    /// <exception cref="DeployException">AWS does not answer, or CloudFormation refuses a template: all that it refuses.</exception>
    public static async Task<ObservedEnvironment> ReadAsync(AwsTarget target, DeploymentModel model, StackRendering rendering, CancellationToken cancellationToken)
    {
        using var observation = new Observation(target, model, rendering.Stacks);
        return await observation.ReadAsync(cancellationToken);
    }

    public void Dispose() => _slots.Dispose();

    private async Task<ObservedEnvironment> ReadAsync(CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        foreach (var stack in _stacks)
        {
            _found[stack.Name] = FindAsync(stack.Name, stack.Scope, failed.Token);
        }

        var preflight = Preflights.ReadAsync(_target, _model, IsThereAsync, failed.Token);
        var leftovers = LeftoversAsync(failed.Token);
        var inputs = Inputs();
        var looked = _stacks.Select(stack => LookAsync(stack, inputs, failed.Token)).ToList();
        try
        {
            await Task.WhenAll([.. looked, leftovers, preflight]);
        }
        catch (DeployException refused) when (refused is not AwsException)
        {
            // What the look around found may be the cause.
            await EndedAsync([.. looked, leftovers, preflight]);
            throw new DeployException([.. preflight.IsCompletedSuccessfully ? (await preflight).Found.Problems : [], .. looked.SelectMany(ProblemsOf).Distinct()], refused);
        }
        catch
        {
            await failed.CancelAsync();
            await EndedAsync([.. looked, leftovers, preflight]);
            throw;
        }

        var all = looked.Select(task => task.Result).ToList();
        var (look, versions) = await preflight;
        return new ObservedEnvironment
        {
            Account = _target.Account,
            Region = _target.Region,
            At = _target.Time.GetUtcNow(),
            Simulated = _target.Simulated,
            DeployerRole = _target.Access == DeployerAccess.Assumed ? _target.DeployerRoleArn : null,
            Stacks = all.Where(seen => seen.Stack is not null).Select(seen => KeyValuePair.Create(seen.Name, seen.Stack ?? throw new System.Diagnostics.UnreachableException()))
                .Concat(await leftovers)
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
            Hidden = [.. all.Where(seen => seen.IsHidden).Select(seen => seen.Name)],
            Arguments = all.ToImmutableSortedDictionary(seen => seen.Name, seen => seen.Arguments, StringComparer.Ordinal),
            Versions = versions,
            Preflight = look,
        };
    }

    private static Task EndedAsync(IEnumerable<Task> tasks) =>
        Task.WhenAll(tasks).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private static IEnumerable<Problem> ProblemsOf(Task task) => task.Exception?.InnerExceptions.OfType<DeployException>().SelectMany(failure => failure.Problems) ?? [];

    private async Task<bool> IsThereAsync(string shortName) =>
        _stacks.FirstOrDefault(stack => stack.ShortName == shortName) is { } stack && (await _found[stack.Name]).State is { } state
        && StackStatus.ConditionOf(state.StackStatus) is not (StackCondition.Empty or StackCondition.Dead);

    private StackInputs Inputs() => new(new StackInputSource(_target.Deployer, _target.Identity, _model)
    {
        StackAsync = async (name, _) => _found.TryGetValue(name, out var found) && await found is { State: { } state } ? state : null,
        StackName = shortName => _stacks.FirstOrDefault(stack => stack.ShortName == shortName)?.Name,
        CallerAddressAsync = cancellationToken => CallerAddress.FindAsync(_target.Deployer.Connection.Endpoints, cancellationToken),
    });

    private AwsSession SessionFor(StackScope scope) => scope is StackScope.Account or StackScope.Access ? _target.Caller : _target.Deployer;

    private async Task<Found> FindAsync(string name, StackScope scope, CancellationToken cancellationToken)
    {
        try
        {
            return new Found(await InSlotAsync(() => SessionFor(scope).CloudFormation.DescribeStackAsync(name, cancellationToken), cancellationToken), IsHidden: false);
        }
        catch (AwsException denied) when (denied.Error.Kind == AwsErrorKind.AccessDenied && scope is StackScope.Account or StackScope.Access)
        {
            return new Found(State: null, IsHidden: true);
        }
    }

    private async Task<Looked> LookAsync(StackTemplate stack, StackInputs inputs, CancellationToken cancellationToken)
    {
        var found = await _found[stack.Name];
        var resolving = found.IsHidden || !DeployOrder.IsPartOf(stack.ShortName) ? Task.FromResult(Unresolved(stack)) : inputs.ResolveAsync(stack, cancellationToken);

        // One of somebody else is not touched at all.
        if (found.State is not { } state || StackStatus.ConditionOf(state.StackStatus) is StackCondition.Empty or StackCondition.Deleted || !StackOwner.Lacks(state.Tags, stack.Tags).IsEmpty)
        {
            return new Looked(stack.Name, found.State is null ? null : new ObservedStack(found.State, Template: null, Policy: null), found.IsHidden, await resolving);
        }

        var client = SessionFor(stack.Scope).CloudFormation;
        var template = InSlotAsync(() => client.GetTemplateAsync(state.StackId, cancellationToken), cancellationToken);
        var policy = stack.StackPolicy is null ? Task.FromResult<string?>(null) : InSlotAsync(() => client.GetStackPolicyAsync(state.StackId, cancellationToken), cancellationToken);
        var cleaning = PlanChangeSet.RemoveLeftoversAsync(client, state.StackId, cancellationToken);
        await Task.WhenAll(template, policy, cleaning, resolving);
        var (body, arguments) = (await template, await resolving);
        var observed = new ObservedStack(state, body, await policy);
        if (!DeployOrder.IsPartOf(stack.ShortName) || !TakesChangeSets(state) || IsAsWanted(stack, observed, arguments))
        {
            return new Looked(stack.Name, observed, IsHidden: false, arguments);
        }

        if (await MissingAsync(stack, cancellationToken) is { } missing)
        {
            return new Looked(stack.Name, observed with { Unasked = $"it needs {missing}, which is not there yet" }, IsHidden: false, arguments);
        }

        var changeSet = await InSlotAsync(
            () => new PlanChangeSet(client, _target.Time).AskAsync(stack, state, arguments, stack.Scope is StackScope.Account or StackScope.Access ? null : _target.ExecutionRoleArn, cancellationToken),
            cancellationToken);
        return new Looked(stack.Name, observed with { ChangeSet = changeSet }, IsHidden: false, arguments);
    }

    private static StackArguments Unresolved(StackTemplate stack) => new([], [.. stack.Parameters.Select(parameter => parameter.Name)]);

    // What CloudFormation would refuse anyway, because a stack before it is to be made or changed first.
    private async Task<string?> MissingAsync(StackTemplate stack, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var import in stack.Imports)
        {
            var exporter = _stacks.FirstOrDefault(other => other.Exports.Contains(import));
            if (exporter is not null && (await _found[exporter.Name]).State?.Outputs.Any(output => output.ExportName == import) != true)
            {
                return $"'{import}' of {exporter.Name}";
            }
        }

        return null;
    }

    // One that is moving is followed first, one that is dead is made anew, one that is stuck is mended first.
    private static bool TakesChangeSets(StackState state) =>
        StackStatus.ConditionOf(state.StackStatus) is StackCondition.Good or StackCondition.RolledBack || state.StackStatus is StackStatus.CreateFailed or StackStatus.UpdateFailed;

    /// <summary>Whether a change set would find nothing: CloudFormation compares template, parameters and tags with those of last time, and not with what is there.</summary>
    private static bool IsAsWanted(StackTemplate stack, ObservedStack observed, StackArguments arguments)
    {
        var state = observed.State;
        return observed.Condition == StackCondition.Good
            && observed.Template == Encoding.UTF8.GetString(stack.Body.AsSpan())
            && stack.Template.Parameters.All(parameter => !parameter.Type.StartsWith("AWS::SSM::", StringComparison.Ordinal))
            && stack.Template.Parameters.All(parameter => IsPassed(parameter, state, arguments))
            && stack.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new AwsTag(tag.Key, tag.Value))
                .SequenceEqual(state.Tags.Where(tag => !tag.Key.StartsWith("aws:", StringComparison.Ordinal)).OrderBy(tag => tag.Key, StringComparer.Ordinal));
    }

    private static bool IsPassed(TemplateParameter parameter, StackState state, StackArguments arguments)
    {
        var wanted = arguments.Known.FirstOrDefault(argument => argument.ParameterKey == parameter.Name)?.ParameterValue ?? parameter.Default;
        return arguments.Unknown.Contains(parameter.Name) || (state.Parameters.FirstOrDefault(passed => passed.ParameterKey == parameter.Name)?.ParameterValue ?? "") == (wanted ?? "");
    }

    /// <summary>Stacks of the environment that are not wanted any more: of its name, with its tags.</summary>
    private async Task<IEnumerable<KeyValuePair<string, ObservedStack>>> LeftoversAsync(CancellationToken cancellationToken)
    {
        var client = _target.Deployer.CloudFormation;
        var wanted = _stacks.Select(stack => stack.Name).ToHashSet(StringComparer.Ordinal);
        var candidates = await client.ListStacksAsync(AliveStatuses, cancellationToken)
            .Where(stack => stack.StackName.StartsWith(_model.Names.Prefix + "-", StringComparison.Ordinal) && !wanted.Contains(stack.StackName))
            .ToListAsync(cancellationToken);
        var states = await Task.WhenAll(candidates.Select(candidate => DescribeOrNullAsync(client, candidate.StackId, cancellationToken)));
        return states.OfType<StackState>().Where(state => StackOwner.Lacks(state.Tags, Tags.OfEnvironment(_model)).IsEmpty && IsOfTool(state.StackName))
            .Select(state => KeyValuePair.Create(state.StackName, new ObservedStack(state, Template: null, Policy: null)));
    }

    // Another environment's name may begin with this one's. The roles are an administrator's business.
    private bool IsOfTool(string name) => EnvironmentStacks.ShortName(name, _model.Names) is { } part
        && EnvironmentStacks.Family(part) is not (AccessStack.ShortName or RegistryStack.ShortName or BootstrapStack.ShortName);

    private async Task<StackState?> DescribeOrNullAsync(CloudFormationClient client, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await InSlotAsync(() => client.DescribeStackAsync(id, cancellationToken), cancellationToken);
        }
        catch (AwsException denied) when (denied.Error.Kind == AwsErrorKind.AccessDenied)
        {
            return null;
        }
    }

    private async Task<T> InSlotAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await call();
        }
        finally
        {
            _ = _slots.Release();
        }
    }

    /// <summary>All but those of stacks that are gone.</summary>
    public static readonly ImmutableArray<string> AliveStatuses =
    [
        "CREATE_IN_PROGRESS", "CREATE_FAILED", "CREATE_COMPLETE", "ROLLBACK_IN_PROGRESS", "ROLLBACK_FAILED", "ROLLBACK_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_FAILED",
        "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED",
        "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS", "IMPORT_IN_PROGRESS", "IMPORT_COMPLETE",
        "IMPORT_ROLLBACK_IN_PROGRESS", "IMPORT_ROLLBACK_FAILED", "IMPORT_ROLLBACK_COMPLETE",
    ];

    private sealed record Found(StackState? State, bool IsHidden);

    private sealed record Looked(string Name, ObservedStack? Stack, bool IsHidden, StackArguments Arguments);
}
