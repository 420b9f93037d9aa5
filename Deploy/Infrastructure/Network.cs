using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>The network as the stacks after it see it: imported, or the one that somebody else keeps.</summary>
internal static class Network
{
    public static CfnValue VpcId(DeploymentModel model) => model.Settings.Network.Existing is { } network ? network.VpcId : Import(model, "VpcId");

    public static CfnValue Cidr(DeploymentModel model) => model.Settings.Network.Existing?.Cidr ?? model.Settings.Network.Cidr;

    public static CfnValue SubnetIdsOfNodes(DeploymentModel model) =>
        Subnets(model, model.Settings.Network.Existing?.NodeSubnetIds, model.Settings.Network.NodesArePublic ? "PublicSubnetIds" : "NodeSubnetIds");

    public static CfnValue ControlPlaneSubnetIds(DeploymentModel model) => Subnets(model, model.Settings.Network.Existing?.ControlPlaneSubnetIds, "ControlPlaneSubnetIds");

    private static CfnValue Subnets(DeploymentModel model, ImmutableArray<string>? existing, string output) =>
        existing is { } ids ? new CfnValue.List([.. ids.Select(id => new CfnValue.Text(id))]) : new CfnValue.Split(",", Import(model, output));

    private static CfnValue.ImportValue Import(DeploymentModel model, string output) => new CfnValue.ImportValue(model.Names.Export(output));
}
