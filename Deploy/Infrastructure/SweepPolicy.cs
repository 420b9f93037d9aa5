using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// The end of what a cluster leaves behind when it goes, which no stack knows of. IAM lets only that be deleted which bears the tag of its maker, with
/// the cluster's name. The default security group of a VPC has no tag, so nobody but its owner can empty it.
/// </summary>
internal static class SweepPolicy
{
    private const string LoadBalancer = "elasticloadbalancing:DeleteLoadBalancer";
    private const string TargetGroup = "elasticloadbalancing:DeleteTargetGroup";
    private const string Interface = "ec2:DeleteNetworkInterface";

    // Groups that name each other have to be emptied first.
    private static readonly ImmutableArray<string> Groups = ["ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"];
    private static readonly ImmutableArray<string> Disks = ["ec2:DeleteSnapshot", "ec2:DeleteVolume"];

    /// <summary>Empty for a cluster that somebody else keeps: it stays, and others have their load balancers there.</summary>
    public static ImmutableArray<PolicyStatement> Of(DeploymentModel model) => model.Settings.Cluster.Existing is not null ? [] : [.. Statements(model)];

    private static IEnumerable<PolicyStatement> Statements(DeploymentModel model)
    {
        // EKS tags its security group so; the others by the CSI driver.
        yield return Tagged("SweepCluster", Groups, "aws:eks:cluster-name", model.ClusterName);
        yield return Tagged("SweepOwned", [.. Groups, .. Disks, Interface], $"kubernetes.io/cluster/{model.ClusterName}", "owned");
        if (model.Settings.Cluster.Compute == Compute.Auto)
        {
            yield return Tagged("SweepAutoMode", [.. Groups, .. Disks, Interface, "ec2:DeleteLaunchTemplate", LoadBalancer, TargetGroup], "eks:eks-cluster-name", model.ClusterName);
        }
        else
        {
            yield return Tagged("SweepController", [.. Groups, LoadBalancer, TargetGroup], "elbv2.k8s.aws/cluster", model.ClusterName);
            yield return Tagged("SweepNetworking", [Interface], "cluster.k8s.amazonaws.com/name", model.ClusterName);
            yield return Tagged("SweepDisks", Disks, "KubernetesCluster", model.ClusterName);
        }

        // GuardDuty makes an endpoint in each VPC that it watches, which keeps the VPC from going.
        if (model.Settings.Network.Existing is null)
        {
            yield return Tagged("SweepGuardDuty", [.. Groups, "ec2:DeleteVpcEndpoints"], "GuardDutyManaged", "true");
        }

        if (model.Settings.Profile != Profile.Production)
        {
            yield return PolicyStatement.Allow("SweepLogs") with { Action = ["logs:DeleteLogGroup"], Resource = [Arn.Regional("logs", $"log-group:/aws/eks/{model.ClusterName}/*")] };
        }
    }

    private static PolicyStatement Tagged(string sid, ImmutableArray<string> actions, string tag, string value) => PolicyStatement.Allow(sid) with
    {
        Action = [.. actions.Order(StringComparer.Ordinal)],
        Resource = ["*"],
        Condition = [new PolicyCondition("StringEquals", $"aws:ResourceTag/{tag}", value)],
    };
}
