using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>The roles of the cluster, of its nodes, and of the controllers that Auto Mode would have brought along.</summary>
internal static class ClusterRoles
{
    private static readonly ImmutableArray<string> ManagedByAutoMode =
        ["AmazonEKSClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy"];

    public static IEnumerable<Resource> Of(DeploymentModel model)
    {
        var autoMode = model.Settings.Cluster.Compute == Compute.Auto;
        yield return new Resource("ClusterRole", Cluster(model, autoMode));
        yield return new Resource("NodeRole", Roles.Of(model, model.Names.Role("node"), "Nodes of the cluster", Roles.TrustOfService("ec2.amazonaws.com")) with
        {
            ManagedPolicyArns =
            [
                Arn.AwsPolicy(autoMode ? "AmazonEKSWorkerNodeMinimalPolicy" : "AmazonEKSWorkerNodePolicy"),
                Arn.AwsPolicy("AmazonEC2ContainerRegistryPullOnly"),
            ],
        });
        if (!autoMode)
        {
            yield return new Resource("CniRole", ForAddon(model, "cni", "aws-node", "Gives pods their addresses", "AmazonEKS_CNI_Policy"));
            yield return new Resource("EbsCsiRole", ForAddon(model, "ebs-csi", "ebs-csi-controller-sa", "Makes and attaches volumes", "service-role/AmazonEBSCSIDriverPolicy") with
            {
                Policies = EnvironmentKeys.HasStorageKey(model) ? [EnvironmentKeys.UseOfStorageKey()] : [],
            });
        }

        if (LoadBalancerControllerRole.IsNeeded(model))
        {
            yield return LoadBalancerControllerRole.Of(model);
        }
    }

    public static IEnumerable<Output> Outputs(DeploymentModel model)
    {
        yield return Output.Exported(model, "ClusterRoleArn", "Role of the control plane", new CfnValue.GetAtt("ClusterRole", "Arn"));
        yield return Output.Exported(model, "NodeRoleArn", "Role of the nodes", new CfnValue.GetAtt("NodeRole", "Arn"));
        yield return Output.Exported(model, "NodeRoleName", "Role of the nodes", new CfnValue.Ref("NodeRole"));
        if (model.Settings.Cluster.Compute != Compute.Auto)
        {
            yield return Output.Exported(model, "CniRoleArn", "Role of the VPC CNI", new CfnValue.GetAtt("CniRole", "Arn"));
            yield return Output.Exported(model, "EbsCsiRoleArn", "Role of the EBS CSI driver", new CfnValue.GetAtt("EbsCsiRole", "Arn"));
        }

        if (LoadBalancerControllerRole.IsNeeded(model))
        {
            yield return Output.Exported(
                model, LoadBalancerControllerRole.LogicalId + "Arn", "Role of the AWS Load Balancer Controller", new CfnValue.GetAtt(LoadBalancerControllerRole.LogicalId, "Arn"));
        }
    }

    private static Role Cluster(DeploymentModel model, bool autoMode) => Roles.Of(model, model.Names.Role("cluster"), "Control plane of the cluster", Roles.TrustOfCluster()) with
    {
        ManagedPolicyArns = [.. (autoMode ? ManagedByAutoMode : ["AmazonEKSClusterPolicy"]).Select(Arn.AwsPolicy)],
        Policies =
        [
            // AmazonEKSComputePolicy passes any role to EC2; whoever may make a NodeClass could choose one.
            .. autoMode ? [new InlinePolicy("pass-only-node-role", new PolicyDocument(new PolicyStatement("PassOnlyNodeRole", PolicyEffect.Deny)
            {
                Action = ["iam:PassRole"],
                NotResource = [new CfnValue.GetAtt("NodeRole", "Arn")],
            }))] : ImmutableArray<InlinePolicy>.Empty,
            .. autoMode && EnvironmentKeys.HasStorageKey(model) ? [EnvironmentKeys.UseOfStorageKey()] : ImmutableArray<InlinePolicy>.Empty,
        ],
    };

    private static Role ForAddon(DeploymentModel model, string part, string serviceAccount, string description, string policy) =>
        Roles.Of(model, model.Names.Role(part), description, Roles.TrustOfPods(model, "kube-system", serviceAccount)) with { ManagedPolicyArns = [Arn.AwsPolicy(policy)] };
}
