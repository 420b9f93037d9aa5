using System.Collections.Immutable;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>What a cluster must have that the tool did not make, or that the tool cannot make with the chosen compute.</summary>
internal static class ClusterRequirements
{
    public static ImmutableArray<string> Of(ObjectContext context)
    {
        var requirements = ImmutableArray.CreateBuilder<string>();
        var workloads = context.Model.Workloads;
        if (!context.AutoMode && (!context.Model.Ingresses.IsEmpty || workloads.Any(workload => !workload.ExternalPorts.IsEmpty)))
        {
            requirements.Add("The AWS Load Balancer Controller 2.13 or later runs in the cluster: it makes the load balancers of Ingresses and Services.");
        }

        if (context.OwnsCluster)
        {
            return requirements.ToImmutable();
        }

        var architectures = string.Join(" or ", NodeObjects.ArchitectureIn(context.Settings.Cluster.Architectures).Values);
        requirements.Add($"The cluster has, or can start, nodes of {architectures}.");
        requirements.Add(
            context.AutoMode
                ? "The ConfigMap kube-system/amazon-vpc-cni has enable-network-policy-controller: \"true\"; otherwise network policies are not enforced."
                : "The vpc-cni addon has enableNetworkPolicy: \"true\", or another engine enforces network policies.");
        if (!context.AutoMode && workloads.Any(workload => !workload.Volumes.IsEmpty))
        {
            requirements.Add("The aws-ebs-csi-driver addon is installed: it makes the volumes.");
        }

        if (workloads.Any(Scaling.IsAutomatic))
        {
            requirements.Add("The metrics-server addon is installed: without it nothing scales.");
        }

        if (workloads.Any(workload => workload.Role is not null) && !context.AutoMode)
        {
            requirements.Add("The eks-pod-identity-agent addon is installed: pods get their AWS roles from it.");
        }

        if (workloads.Any(workload => !workload.Secrets.IsEmpty))
        {
            requirements.Add("The Secrets Store CSI Driver runs with syncSecret.enabled=true, and the AWS provider with it: they bring secrets into pods.");
        }

        return requirements.ToImmutable();
    }
}
