using System.Globalization;
using Platform.Deploy.Aws;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>What the account is that it should not be, or lacks. DEP400 to DEP419.</summary>
internal static class TargetProblems
{
    public static Problem OtherAccount(string environment, string pinned, CallerIdentity identity) => Environment(
        "DEP400",
        $"The environment '{environment}' belongs to account {pinned}, and the credentials are those of account {identity.Account}.",
        $"Use credentials of account {pinned} (--profile, AWS_PROFILE); or, where the environment is to move, change 'account' in its file.") with
    {
        Subject = "account",
        Detail = identity.Arn,
    };

    /// <param name="stack">Name in CloudFormation.</param>
    /// <param name="wanted">Tags that it lacks, such as <c>app=shop</c>.</param>
    /// <param name="found">The values that it has in their place; empty: none.</param>
    public static Problem StackNotOurs(string stack, string wanted, string found) => Environment(
        "DEP401",
        $"There is a stack '{stack}' already that was not made for this environment: it lacks the tags {wanted}.",
        "Give the application or the environment another name, or delete that stack if nobody needs it.") with
    {
        Subject = stack,
        Detail = found.Length == 0 ? null : $"It has {found}.",
    };

    /// <param name="roles">The names of roles that are there.</param>
    public static Problem OtherRegion(string environment, string region, string roles) => Environment(
        "DEP402",
        $"The roles of '{environment}' exist, and region '{region}' has none of its stacks: it was deployed to another region.",
        "Set 'region' in the environment's file, or --region, to the region that it was deployed to; an environment in a second region needs a name of its own.") with
    {
        Subject = "region",
        Detail = roles,
    };

    public static Problem UnknownVersion(string version, string region, IReadOnlyCollection<string> known)
    {
        var closest = ClosestName.Among(known, version);
        return new Problem(
            "DEP403",
            $"EKS makes no clusters of Kubernetes {version} in '{region}'.",
            known.Count == 0 ? "Set 'cluster.version' to one that it makes." : $"Set 'cluster.version' to one of {string.Join(", ", known)}{(closest is null ? "" : $"; did you mean {closest}?")}",
            ExitCode.Input)
        { Subject = "cluster.version" };
    }

    public static Problem ExtendedWithoutWish(string version, DateTimeOffset? ended, string next) => new(
        "DEP404",
        $"The standard support of Kubernetes {version} {(ended is { } date ? $"ended on {date:yyyy-MM-dd}" : "is over")}: EKS makes a new cluster of it only with extended support, which costs six times as much.",
        $"Set 'cluster.version' to {next}, or 'cluster.support' to 'extended'.",
        ExitCode.Input)
    { Subject = "cluster.version" };

    public static Problem Overlap(string cidr, string vpc, string vpcCidr, string free) => new(
        "DEP405",
        $"The addresses {cidr} of the network to be made are also those of {vpc} ({vpcCidr}) in this account: the two could never be joined.",
        $"Set 'network.cidr' to another network, such as {free}; or use the VPC that is there with 'network.existing'.",
        ExitCode.Input)
    { Subject = "network.cidr" };

    /// <param name="what">Such as <c>VPCs</c>.</param>
    /// <param name="have">How many there are; null: nobody counted.</param>
    /// <param name="need">How many more are needed.</param>
    /// <param name="limit">How many there may be.</param>
    /// <param name="quotaCode">What Service Quotas calls it.</param>
    /// <param name="cure">What to do without a higher quota, as a sentence's end; null: nothing.</param>
    public static Problem Quota(string what, int? have, int need, int limit, string quotaCode, string? cure) => Environment(
        "DEP406",
        $"The account may have {limit} {what} in this region{(have is { } known ? $" and has {known}: {need} more" : $": {need}")} {(need == 1 ? "is" : "are")} needed.",
        $"Ask for a higher quota in Service Quotas ({quotaCode}), which takes minutes to days{(have is null ? "" : "; or release what nobody uses")}{(cure is null ? "" : $"; or {cure}")}.") with
    { Subject = quotaCode };

    /// <param name="principal">ARN of the role or user.</param>
    /// <param name="actions">As IAM names them.</param>
    /// <param name="purpose">What they are for, such as <c>to plan</c>.</param>
    public static Problem MissingPermissions(string principal, IReadOnlyCollection<string> actions, string purpose) => Environment(
        "DEP407",
        $"'{principal}' lacks what is needed {purpose}: {string.Join(", ", actions)}.",
        "Allow these actions to it; or run 'platform aws bootstrap' as an administrator, and use the deployer role that it makes.") with
    { Subject = principal };

    public static Problem TimedOut(TimeSpan limit) => Environment(
        "DEP408",
        string.Create(CultureInfo.InvariantCulture, $"Not all that there is to look at could be looked at within {limit.TotalSeconds:0} s. Nothing was changed."),
        "Give it more time with --timeout, or see what is between here and AWS.");

    private static Problem Environment(string code, string summary, string fix) => new(code, summary, fix, ExitCode.Environment);
}
