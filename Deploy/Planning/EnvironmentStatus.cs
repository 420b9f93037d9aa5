using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;

namespace Platform.Deploy.Planning;

/// <summary>How an environment is, from the target alone.</summary>
internal sealed record EnvironmentStatus
{
    public required string Name { get; init; }

    public required string Account { get; init; }

    public required string Region { get; init; }

    public required bool Simulated { get; init; }

    public required ImmutableArray<StackLine> Stacks { get; init; }

    /// <summary>Null: there is none.</summary>
    public required ClusterState? Cluster { get; init; }

    /// <summary>Null: none is in the edge stack.</summary>
    public required CertificateLine? Certificate { get; init; }

    /// <summary>Records that deployments keep in the environment's parameters, by the end of their names, such as <c>deploy-lock</c>.</summary>
    public required ImmutableSortedDictionary<string, string> Records { get; init; }

    /// <summary>How many resources of AWS have the tags of the environment; null: the caller may not ask.</summary>
    public required int? TaggedResources { get; init; }

    /// <summary>Where everything that is there is well.</summary>
    public bool IsHealthy => Stacks.All(stack => stack.Condition is StackCondition.Good or StackCondition.RolledBack) && Cluster is null or { Status: "ACTIVE", Health: null or { Issues.Count: 0 } };

    private static readonly ImmutableArray<string> RecordNames = ["deploy", "deploy-lock"];

    /// <summary>Only what is there: an environment without stacks gives an empty list.</summary>
    public static async Task<EnvironmentStatus> ReadAsync(AwsTarget target, Names names, CancellationToken cancellationToken)
    {
        var stacks = EnvironmentStacks.ReadAsync(target, names, cancellationToken);
        var cluster = AllowedAsync(() => target.Deployer.Eks.DescribeClusterAsync(names.Cluster, cancellationToken));
        // The roles may read single parameters, not all below a path.
        var records = Task.WhenAll(RecordNames.Select(record => AllowedAsync(() => target.Deployer.Ssm.GetParameterAsync(names.Path + record, cancellationToken))));
        var tagged = AllowedAsync(async () => await target.Deployer.Tagging.GetResourcesAsync(
            [new TagFilter("app", [names.Application]), new TagFilter("env", [names.Environment])], [], cancellationToken).ToListAsync(cancellationToken));
        await Task.WhenAll(stacks, cluster, records, tagged);
        var found = await stacks;
        return new EnvironmentStatus
        {
            Name = names.Prefix,
            Account = target.Account,
            Region = target.Region,
            Simulated = target.Simulated,
            Stacks = [.. found.Select(stack => StackLine.Of(stack.ShortName, stack.State))],
            Cluster = await cluster,
            Certificate = await CertificateAsync(target, found, cancellationToken),
            Records = (await records).OfType<Parameter>().Where(record => record.Type != "SecureString").ToImmutableSortedDictionary(record => record.Name[names.Path.Length..], record => record.Value, StringComparer.Ordinal),
            TaggedResources = (await tagged)?.Count,
        };
    }

    private static async Task<CertificateLine?> CertificateAsync(AwsTarget target, ImmutableArray<(string ShortName, StackState State)> stacks, CancellationToken cancellationToken)
    {
        var arn = stacks.Where(stack => stack.ShortName == EdgeStack.ShortName).SelectMany(stack => stack.State.Outputs).FirstOrDefault(output => output.OutputKey == StackOutput.CertificateArn.Output)?.OutputValue;
        return arn is null ? null : await AllowedAsync(async () => await target.Deployer.Acm.DescribeCertificateAsync(arn, cancellationToken) is { } certificate ? new CertificateLine(certificate.DomainName, certificate.Status ?? "") : null);
    }

    // Whoever may see less sees less.
    private static async Task<T?> AllowedAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        try
        {
            return await look();
        }
        catch (AwsException denied) when (denied.Error.Kind == AwsErrorKind.AccessDenied)
        {
            return null;
        }
    }
}

/// <param name="Since">Of the last change.</param>
/// <param name="Drift">Of the last check; null: never checked.</param>
internal sealed record StackLine(string ShortName, string Name, string Status, string? Reason, DateTimeOffset? Since, string? Drift, bool IsProtected)
{
    public StackCondition Condition => StackStatus.ConditionOf(Status);

    public static StackLine Of(string shortName, StackState state) => new(
        shortName,
        state.StackName,
        state.StackStatus,
        state.StackStatusReason,
        state.LastUpdatedTime ?? state.CreationTime,
        state.StackDriftStatus is "NOT_CHECKED" ? null : state.StackDriftStatus,
        state.EnableTerminationProtection);
}

/// <param name="Status"><c>PENDING_VALIDATION</c>, <c>ISSUED</c>, …</param>
internal sealed record CertificateLine(string Domain, string Status);
