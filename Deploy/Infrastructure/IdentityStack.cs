using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// Roles, keys, generated secrets, log groups. They outlive the cluster: one that has lost its role cannot clean up after itself.
/// What the application brings along is dealt out among further stacks where it is too much for one.
/// </summary>
internal static class IdentityStack
{
    public const string ShortName = "identity";

    // A role with its trust and a policy is about 1,500 bytes; the first stack has some 9,000 of its own.
    private const int PerStack = 14;

    public static IEnumerable<StackTemplate> Render(DeploymentModel model)
    {
        var shards = Shards.Of(ShortName, WorkloadIdentity.Of(model), item => item.Resource.LogicalId, PerStack).ToList();
        var first = shards.Count > 0 && shards[0].ShortName == ShortName ? shards[0].Items : [];
        yield return Stack(model, ShortName, [.. Own(model)], OwnOutputs(model), first);
        foreach (var (shortName, items) in shards.Where(shard => shard.ShortName != ShortName))
        {
            yield return Stack(model, shortName, [], [], items);
        }
    }

    private static StackTemplate Stack(
        DeploymentModel model, string shortName, ImmutableArray<Resource> resources, ImmutableArray<Output> outputs, ImmutableArray<WorkloadIdentity> items) =>
        StackAssembly.Of(model, shortName, StackScope.Environment, new Template($"Roles, keys and secrets of {model.Names.Prefix}")
        {
            Resources = [.. resources, .. items.Select(item => item.In(shortName == ShortName))],
            Outputs = [.. outputs, .. items.Select(item => item.Output).OfType<Output>()],
        });

    private static IEnumerable<Resource> Own(DeploymentModel model) =>
    [
        .. EnvironmentKeys.Of(model),
        .. model.Settings.Cluster.Existing is null ? ClusterRoles.Of(model) : [],
        .. model.Settings.Cluster.Existing is null ? [ClusterLogGroup(model)] : ImmutableArray<Resource>.Empty,
        .. model.Settings.Operations.Observability ? LogStorage.Of(model) : [],
    ];

    private static ImmutableArray<Output> OwnOutputs(DeploymentModel model) =>
    [
        .. EnvironmentKeys.Outputs(model),
        .. model.Settings.Cluster.Existing is null ? ClusterRoles.Outputs(model) : [],
        .. model.Settings.Operations.Observability ? LogStorage.Outputs(model) : [],
    ];

    // It has to be there before the cluster is, or EKS makes one that keeps everything for ever.
    private static Resource ClusterLogGroup(DeploymentModel model) => new("ClusterLogGroup", new LogGroup
    {
        LogGroupName = $"/aws/eks/{model.Names.Cluster}/cluster",
        RetentionInDays = model.Settings.Operations.LogRetentionDays,
        LogGroupClass = "STANDARD",
        KmsKeyId = model.Settings.Profile == Profile.Production ? new CfnValue.GetAtt(EnvironmentKeys.Secrets, "Arn") : null,
    })
    { Removal = model.Settings.Profile == Profile.Production ? Removal.Retain : Removal.Delete };
}
