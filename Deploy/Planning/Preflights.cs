using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Planning;

/// <summary>Looks for what would make a deployment fail after minutes: quotas, addresses that are taken, a version that EKS does not make.</summary>
internal static class Preflights
{
    /// <param name="target">Whose account it is.</param>
    /// <param name="model">What is to be there.</param>
    /// <param name="isThereAsync">Whether a stack, by its short name, is there already.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <returns>What was found, and the versions of Kubernetes that EKS makes; null where it did not tell.</returns>
    public static async Task<(Preflight Found, ImmutableArray<ClusterVersion>? Versions)> ReadAsync(
        AwsTarget target, DeploymentModel model, Func<string, Task<bool>> isThereAsync, CancellationToken cancellationToken)
    {
        if (model.Settings.Cluster.Existing is not null)
        {
            return (Preflight.None, null);
        }

        var notes = new List<string>();
        var versions = AllowedAsync(notes, async () => (ImmutableArray<ClusterVersion>?)[.. await target.Deployer.Eks.DescribeClusterVersionsAsync(versionStatus: null, cancellationToken).ToListAsync(cancellationToken)]);
        var network = model.Settings.Network.Existing is null && !await isThereAsync(NetworkStack.ShortName)
            ? NetworkAsync(target.Deployer, model, notes, cancellationToken)
            : Task.FromResult(ImmutableArray<Problem>.Empty);
        var cluster = !await isThereAsync(ClusterStack.ShortName);
        await Task.WhenAll(versions, network);
        var known = await versions;
        ImmutableArray<Problem> problems = [.. cluster && known is { } all ? VersionProblems(model.Settings, all) : [], .. await network];
        return (new Preflight(problems, [.. notes.Distinct().Order(StringComparer.Ordinal)]), known);
    }

    /// <summary>What is wrong with the version of a cluster that is to be made.</summary>
    public static IEnumerable<Problem> VersionProblems(EnvironmentSettings settings, ImmutableArray<ClusterVersion> versions)
    {
        ImmutableArray<string> supported = [.. versions.Where(version => version.VersionStatus.Equals("STANDARD_SUPPORT", StringComparison.OrdinalIgnoreCase)).Select(version => version.Version)];
        var wanted = versions.FirstOrDefault(version => version.Version == settings.Cluster.Version);
        if (wanted is null || wanted.VersionStatus.Equals("UNSUPPORTED", StringComparison.OrdinalIgnoreCase))
        {
            yield return TargetProblems.UnknownVersion(settings.Cluster.Version, settings.Region, supported);
        }
        else if (settings.Cluster.Support == SupportType.Standard && !supported.Contains(wanted.Version))
        {
            yield return TargetProblems.ExtendedWithoutWish(wanted.Version, wanted.EndOfStandardSupportDate, supported.FirstOrDefault() ?? "a newer one");
        }
    }

    private static async Task<ImmutableArray<Problem>> NetworkAsync(AwsSession session, DeploymentModel model, List<string> notes, CancellationToken cancellationToken)
    {
        var vpcs = AllowedAsync(notes, async () => (ImmutableArray<VpcState>?)[.. await session.Ec2.DescribeVpcsAsync([], cancellationToken).ToListAsync(cancellationToken)]);
        var addresses = model.Settings.Network.NatGateways == 0
            ? Task.FromResult<ImmutableArray<AddressState>?>(null)
            : AllowedAsync(notes, async () => (ImmutableArray<AddressState>?)await session.Ec2.DescribeAddressesAsync([], cancellationToken));
        var vpcLimit = LimitAsync(session, ServiceLimit.Vpcs, notes, cancellationToken);
        var addressLimit = LimitAsync(session, ServiceLimit.ElasticAddresses, notes, cancellationToken);
        await Task.WhenAll(vpcs, addresses, vpcLimit, addressLimit);
        var gateways = model.Settings.Network.NatGateways;
        return
        [
            .. await vpcs is { } found ? Overlaps(model, found) : [],
            .. await vpcs is { } all && await vpcLimit is { } most && all.Length + 1 > most
                ? [TargetProblems.Quota("VPCs", all.Length, 1, most, ServiceLimit.Vpcs.Code, "use one that is there with 'network.existing'")]
                : ImmutableArray<Problem>.Empty,
            .. await addresses is { } taken && await addressLimit is { } limit && taken.Length + gateways > limit
                ? [TargetProblems.Quota("elastic addresses", taken.Length, gateways, limit, ServiceLimit.ElasticAddresses.Code, gateways > 1 ? "set 'network.natGateways' to 1" : null)]
                : ImmutableArray<Problem>.Empty,
        ];
    }

    private static IEnumerable<Problem> Overlaps(DeploymentModel model, ImmutableArray<VpcState> vpcs)
    {
        var wanted = model.Settings.Network.Cidr;
        var taken = vpcs.SelectMany(vpc => vpc.CidrBlocks.Prepend(vpc.CidrBlock).Distinct(StringComparer.Ordinal).Select(cidr => (vpc.VpcId, Cidr: cidr))).ToList();
        var hit = taken.FirstOrDefault(vpc => Overlap(vpc.Cidr, wanted));
        if (hit.VpcId is not null)
        {
            var free = Enumerable.Range(0, 256).Select(second => string.Create(CultureInfo.InvariantCulture, $"10.{second}.0.0/16")).FirstOrDefault(cidr => taken.TrueForAll(vpc => !Overlap(vpc.Cidr, cidr)));
            yield return TargetProblems.Overlap(wanted, hit.VpcId, hit.Cidr, free ?? "one in 172.16.0.0/12");
        }
    }

    private static bool Overlap(string one, string other) => Cidr.Parse(one) is { } left && Cidr.Parse(other) is { } right && left.Overlaps(right);

    private static Task<int?> LimitAsync(AwsSession session, ServiceLimit limit, List<string> notes, CancellationToken cancellationToken) =>
        AllowedAsync(notes, async () => await session.ServiceQuotas.GetServiceQuotaAsync(limit.Service, limit.Code, cancellationToken) is { } quota ? (int?)quota.Value : null);

    // A look that is not allowed is no reason to stop: the deployment itself does without.
    private static async Task<T?> AllowedAsync<T>(List<string> notes, Func<Task<T?>> look)
    {
        try
        {
            return await look();
        }
        catch (AwsException denied) when (denied.Error.Kind == AwsErrorKind.AccessDenied)
        {
            lock (notes)
            {
                notes.Add($"Not checked, as the caller may not: {denied.Error.Action}.");
            }

            return default;
        }
    }
}

/// <summary>A quota that a first deployment is known to run into.</summary>
/// <param name="Service">Code in Service Quotas.</param>
/// <param name="Code">Such as <c>L-F678F1CE</c>.</param>
/// <param name="Name">For a person.</param>
internal sealed record ServiceLimit(string Service, string Code, string Name)
{
    public static ServiceLimit Vpcs { get; } = new("vpc", "L-F678F1CE", "VPCs");

    public static ServiceLimit ElasticAddresses { get; } = new("ec2", "L-0263D0A3", "elastic addresses");

    public static ServiceLimit OnDemandProcessors { get; } = new("ec2", "L-1216C47A", "processors of on-demand instances");

    public static ServiceLimit SpotProcessors { get; } = new("ec2", "L-34B43A08", "processors of spot instances");

    public static ServiceLimit Clusters { get; } = new("eks", "L-1194D53C", "EKS clusters");
}
