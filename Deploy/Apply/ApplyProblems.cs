using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Aws;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>What can go wrong while the target is changed. DEP452 to DEP489. All leave it in a state that the next run goes on from.</summary>
internal static class ApplyProblems
{
    private const string GoOn = "Then run the command again: it goes on where it stopped.";

    // Of CloudFormation's resource providers, in brackets behind each reason.
    private static readonly Dictionary<string, string> Advice = new(StringComparer.Ordinal)
    {
        ["ServiceLimitExceeded"] = "Ask for a higher quota (Service Quotas in the console), or remove what nobody uses.",
        ["AlreadyExists"] = "Remove what has that name already, or give the application or the environment another name.",
        ["AccessDenied"] = "Allow the action to the role that CloudFormation works with: run 'aws bootstrap' as an administrator.",
        ["InvalidCredentials"] = "Run 'aws bootstrap' as an administrator, so that the roles are there.",
        ["Throttling"] = "Wait until AWS takes more requests of this account.",
        ["NetworkFailure"] = "Wait until AWS reaches its own service again.",
        ["ServiceTimeout"] = "See AWS's health dashboard for the service.",
        ["ServiceInternalError"] = "See AWS's health dashboard for the service.",
        ["NotStabilized"] = "See the resource in AWS's console: it was made and did not become ready.",
        ["ResourceConflict"] = "Wait until nothing else changes the resource.",
    };

    public static Problem StackFailed(string stack, bool wasNew, StackEnding ending)
    {
        var failure = ending.Failure;
        var what = failure.Root is { } root ? $": {root.LogicalResourceId} ({root.ResourceType}) failed" : "";
        return new Problem(
            "DEP452",
            $"The stack '{stack}' could not be {(wasNew ? "created" : "updated")}{what}.",
            $"{Advised(failure.Reason) ?? "Correct what the reason of AWS names."} {GoOn}",
            ExitCode.ApplyFailed)
        {
            Subject = $"stacks.{stack}",
            Detail = Lines(
                [
                    failure.Reason,
                    .. failure.Others.Take(5).Select(other => $"Also {other.LogicalResourceId} ({other.ResourceType}): {other.ResourceStatusReason}"),
                    .. failure.Cancelled == 0 ? [] : new[] { string.Create(CultureInfo.InvariantCulture, $"{failure.Cancelled} other {(failure.Cancelled == 1 ? "resource was" : "resources were")} given up because of it.") },
                    After(ending),
                ]),
        };
    }

    public static Problem ChangeSetRefused(string stack, ChangeSet changes, ImmutableArray<OperationEvent> errors) => new(
        "DEP453",
        changes.ExecutionStatus == "OBSOLETE"
            ? $"The stack '{stack}' was changed by somebody else while its changes were computed."
            : $"CloudFormation does not accept the changes of the stack '{stack}'.",
        changes.ExecutionStatus == "OBSOLETE" ? "Run the command again." : $"Correct what it names. {GoOn}",
        ExitCode.ApplyFailed)
    {
        Subject = $"stacks.{stack}",
        Detail = Lines(
            [
                changes.StatusReason ?? $"The change set is {changes.Status}, {changes.ExecutionStatus}.",
                .. errors.Select(error => $"{error.LogicalResourceId}{error.ValidationPath}: {error.ValidationStatusReason ?? error.ResourceStatusReason}"),
            ]),
    };

    public static Problem ChangeSetLate(string stack, TimeSpan limit) => new(
        "DEP454",
        string.Create(CultureInfo.InvariantCulture, $"CloudFormation has not computed the changes of the stack '{stack}' within {limit.TotalMinutes:0} minutes."),
        "See AWS's health dashboard. " + GoOn,
        ExitCode.ApplyFailed)
    {
        Subject = $"stacks.{stack}",
    };

    public static Problem DoesNotSettle(string stack, int turns) => new(
        "DEP455",
        string.Create(CultureInfo.InvariantCulture, $"The stack '{stack}' was brought back {turns} times and is still in no state to be deployed."),
        "See its events in AWS's console, and who else changes it. " + GoOn,
        ExitCode.ApplyFailed)
    {
        Subject = $"stacks.{stack}",
    };

    public static Problem StaysBroken(string stack, StackEnding ending)
    {
        var failure = ending.Failure;
        return new Problem(
            "DEP456",
            $"The stack '{stack}' is {ending.State?.StackStatus ?? "gone"} and cannot be brought back{(failure.Root is { } root ? $": {root.LogicalResourceId} ({root.ResourceType}) fails" : "")}.",
            $"Mend the cause below, in AWS's console if need be; or have CloudFormation leave the resource as it is: "
                + $"'aws cloudformation continue-update-rollback --stack-name {stack} --resources-to-skip {failure.Root?.LogicalResourceId ?? "LOGICAL_ID"}'. {GoOn}",
            ExitCode.ApplyFailed)
        {
            Subject = $"stacks.{stack}",
            Detail = failure.Reason,
        };
    }

    public static Problem UnknownState(string stack, string status) => new(
        "DEP457",
        $"The stack '{stack}' is {status}, from which nothing leads on by itself.",
        "Bring it back in AWS's console. " + GoOn,
        ExitCode.ApplyFailed)
    {
        Subject = $"stacks.{stack}",
    };

    public static Problem NotRemoved(string stack, StackEnding ending)
    {
        var failure = ending.Failure;
        return new Problem(
            "DEP458",
            $"The stack '{stack}' could not be removed{(failure.Root is { } root ? $": {root.LogicalResourceId} ({root.ResourceType}) stays" : "")}.",
            "Remove what uses it, which the reason of AWS names. " + GoOn,
            ExitCode.ApplyFailed)
        {
            Subject = $"stacks.{stack}",
            Detail = Lines([failure.Reason, .. failure.Others.Select(other => $"Also {other.LogicalResourceId} ({other.ResourceType}): {other.ResourceStatusReason}")]),
        };
    }

    public static Problem Replaces(string stack, ResourceChange change) => new(
        "DEP459",
        $"The deployment would {(change.Action == "Remove" ? "remove" : "replace")} {change.LogicalResourceId} ({change.ResourceType}) of the stack '{stack}'.",
        $"Take back the setting that asks for it, or allow it by name: --allow-replace {change.LogicalResourceId}.",
        ExitCode.Input)
    {
        Subject = $"stacks.{stack}.{change.LogicalResourceId}",
        Detail = string.Join(", ", change.Details.Select(detail => detail.Target.Name).OfType<string>().Distinct(StringComparer.Ordinal)) is { Length: > 0 } names ? $"Because of {names}." : null,
    };

    public static Problem NotOurs(string stack, ResourceChange change) => new(
        "DEP460",
        $"The account has '{change.PhysicalResourceId}' ({change.ResourceType}) already, and it does not belong to this application.",
        "Remove it, or give the application or the environment another name.",
        ExitCode.Environment)
    {
        Subject = $"stacks.{stack}.{change.LogicalResourceId}",
    };

    public static Problem LockHeld(string environment, LockHolder holder, TimeSpan left) => new(
        "DEP461",
        $"'{environment}' is being changed by {holder.Who} on {holder.Host} ({holder.Command}, since {holder.Since.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)}, run {holder.Run}).",
        string.Create(CultureInfo.InvariantCulture, $"Wait until that has ended. Had it died, its lock would be free in {Math.Max(1, (int)left.TotalSeconds)} s."),
        ExitCode.Environment);

    public static Problem LockLost(string environment, string who) => new(
        "DEP462",
        $"{who} took over the lock of '{environment}' while this run was away for too long.",
        "Let the other run end. " + GoOn,
        ExitCode.ApplyFailed);

    public static Problem ChangedMeanwhile(string stack) => new(
        "DEP463",
        $"The stack '{stack}' was changed by somebody else since it was looked at.",
        "Run the command again.",
        ExitCode.ApplyFailed)
    {
        Subject = $"stacks.{stack}",
    };

    public static Problem ClusterUnhealthy(string cluster, string status, IEnumerable<HealthIssue> issues) => new(
        "DEP464",
        $"The cluster '{cluster}' is {status} and not well.",
        "Mend what EKS names below. " + GoOn,
        ExitCode.ApplyFailed)
    {
        Subject = $"clusters.{cluster}",
        Detail = Lines(issues.Select(issue => $"{issue.Code}: {issue.Message}")),
    };

    public static Problem MissingOutput(string stack, ImmutableArray<string> parameters) => new(
        "DEP465",
        $"The stack '{stack}' cannot be given {string.Join(", ", parameters)}: the stack that tells it does not.",
        "Run the command again: it brings the other stacks in order first.",
        ExitCode.ApplyFailed)
    {
        Subject = $"stacks.{stack}",
    };

    public static Problem TimedOut(TimeSpan limit, IReadOnlyCollection<string> running) => new(
        "DEP466",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(limit.TotalMinutes < 2 ? $"{limit.TotalSeconds:0} seconds" : $"{limit.TotalMinutes:0} minutes")} have passed (--timeout), and {string.Join(", ", running.DefaultIfEmpty("the command"))} {(running.Count > 1 ? "have" : "has")} not ended."),
        "Run the command again: it follows what goes on in AWS meanwhile.",
        ExitCode.ApplyFailed);

    /// <param name="question">What would have been asked, with its question mark.</param>
    /// <param name="cure">How to answer it beforehand, as a sentence.</param>
    public static Problem NobodyToAsk(string question, string cure) => new(
        "DEP467",
        $"Nobody is there to answer: {question}",
        cure,
        ExitCode.Usage);

    public static Problem WrongName(string wanted, string typed) => new(
        "DEP468",
        $"'{typed}' is not '{wanted}'; nothing was removed.",
        $"Type the name exactly, or give it: --confirm {wanted}.",
        ExitCode.Usage);

    /// <param name="withAccess">The stack of the roles is to go too, and has to be unprotected with the others.</param>
    public static Problem Protected(string environment, IEnumerable<string> stacks, bool withAccess) => new(
        "DEP469",
        $"'{environment}' is a production environment, and its stacks are protected from deletion: {string.Join(", ", stacks)}.",
        $"Run 'platform aws destroy --unprotect{(withAccess ? " --include-access" : "")}' first, which deletes nothing; then destroy it in a second run with --i-know.",
        ExitCode.Environment);

    public static Problem NotKnown(string environment) => new(
        "DEP470",
        $"'{environment}' is a production environment.",
        "Give --i-know to destroy it.",
        ExitCode.Usage);

    public static Problem HasData(string environment, int volumes, int snapshots, IEnumerable<string> some) => new(
        "DEP471",
        string.Create(CultureInfo.InvariantCulture, $"'{environment}' has {volumes} {(volumes == 1 ? "volume" : "volumes")} and {snapshots} {(snapshots == 1 ? "snapshot" : "snapshots")} with data of its applications."),
        "Say what becomes of them: --delete-data, or --keep-data (they cost money as long as they are there).",
        ExitCode.Usage)
    {
        Detail = Lines(some),
    };

    public static Problem MayNotSweep(string what, ImmutableArray<Problem> refused) => new(
        "DEP473",
        $"A leftover of the cluster, {what}, keeps the network from being removed, and you may not delete it.",
        "Run the command again as somebody who may: an administrator can destroy an environment too.",
        ExitCode.Environment)
    {
        Detail = Lines(refused.Select(problem => problem.Detail ?? problem.Summary)),
    };

    public static Problem Orphans(string environment, ImmutableArray<Remnant> left) => new(
        "DEP474",
        string.Create(CultureInfo.InvariantCulture, $"'{environment}' is destroyed, but {left.Length} of its resources {(left.Length == 1 ? "is" : "are")} still there and may cost money."),
        "Run the command again: it looks for them once more. What stays then has to be removed by hand.",
        ExitCode.ApplyFailed)
    {
        Detail = Lines(left.Select(remnant => $"{remnant.Arn}: {remnant.Why}")),
    };

    public static Problem NeedsAdministrator(string stack, ImmutableArray<Problem> refused) => new(
        "DEP472",
        $"The stack '{stack}', which holds the roles of deployments, is not there or not as it should be, and you may not make it.",
        "Have an administrator run 'platform aws bootstrap' for this environment once.",
        ExitCode.Environment)
    {
        Subject = $"stacks.{stack}",
        Detail = Lines(refused.Select(problem => problem.Detail ?? problem.Summary)),
    };

    private static string? Advised(string reason) => AwsMessages.ProviderCode(reason) is { } code ? Advice.GetValueOrDefault(code) : null;

    private static string After(StackEnding ending) => ending.State?.StackStatus switch
    {
        null => "The stack was removed again.",
        StackStatus.RollbackComplete => "What had been made was removed; the empty stack stays so that its events can be read, and the next run removes it.",
        "UPDATE_ROLLBACK_COMPLETE" => "The stack is as it was before.",
        var status => $"The stack is {status}.",
    };

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
