using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>What a plan is refused for. DEP420 to DEP449.</summary>
internal static class PlanProblems
{
    public static Problem Refused(Risk risk) => new(
        "DEP420",
        risk.Text,
        $"Undo the change that causes it, or allow it by name: --allow-replace {risk.AllowanceName}",
        ExitCode.Input)
    { Subject = risk.LogicalId is null ? risk.Stack : $"{risk.Stack}: {risk.LogicalId}" };

    public static Problem UnknownAllowance(string name, IReadOnlyCollection<string> known)
    {
        var closest = ClosestName.Among(known, name);
        return new Problem(
            "DEP421",
            $"'{name}' is allowed to be replaced, and no change of this plan needs that.",
            closest is not null ? $"Did you mean '{closest}'?" : known.Count == 0 ? "Leave the option out." : $"Use {string.Join(", ", known)}, or leave the option out.",
            ExitCode.Usage);
    }

    /// <param name="reason">CloudFormation's.</param>
    public static Problem ChangeSetRefused(string stack, string reason) => new(
        "DEP422",
        $"CloudFormation does not take the template and parameters of '{stack}'.",
        "Change the settings that the reason of AWS names.",
        ExitCode.Input)
    { Subject = stack, Detail = reason };

    public static Problem FileMissing(string path) => new("DEP423", $"There is no plan '{path}'.", "Write one with 'platform aws plan --output-file FILE'.", ExitCode.Input) { Subject = path };

    public static Problem FileUnreadable(string path, string reason) => new(
        "DEP424",
        $"'{path}' is no plan of this tool.",
        "Write it anew with 'platform aws plan --output-file FILE'.",
        ExitCode.Input)
    { Subject = path, Detail = reason };

    public static Problem FileOfAnotherVersion(string path, int version, int known) => new(
        "DEP425",
        $"The plan '{path}' has form {version}; this version of the tool reads form {known}.",
        "Plan and deploy with the same version of the tool.",
        ExitCode.Input)
    { Subject = path };

    /// <param name="of">Application, environment, account and region of the file.</param>
    /// <param name="wanted">Those that were asked for.</param>
    public static Problem FileOfAnotherEnvironment(string path, string of, string wanted) => new(
        "DEP426",
        $"The plan '{path}' is for {of}, not for {wanted}.",
        "Name the environment of the plan, or plan this one.",
        ExitCode.Input)
    { Subject = path };

    /// <param name="differences">What is other now, a line each.</param>
    public static Problem Outdated(string path, ImmutableArray<string> differences) => new(
        "DEP427",
        $"The plan '{path}' holds no longer: {(differences.Length == 1 ? "something has" : $"{differences.Length} things have")} changed since it was made. Nothing was done.",
        "Plan anew, look at what the plan says now, and deploy that.",
        ExitCode.Environment)
    { Subject = path, Detail = string.Join('\n', differences) };

    public static Problem Unwritable(string path, string reason) => new(
        "DEP428",
        $"The plan cannot be written to '{path}'.",
        "Name a file in a folder that exists and can be written to.",
        ExitCode.Environment)
    { Subject = path, Detail = reason };

    public static Problem Slow(string stack, TimeSpan limit) => new(
        "DEP429",
        $"CloudFormation has not said within {limit.TotalMinutes:0} min what would change in '{stack}'.",
        "Run the command again; AWS's health dashboard tells of outages.",
        ExitCode.ApplyFailed)
    { Subject = stack };
}
