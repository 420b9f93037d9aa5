using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>Where leftovers of a cluster are looked for.</summary>
/// <param name="Cluster">Name in EKS.</param>
/// <param name="VpcId">The environment's own network; null: it is somebody else's, and only what has the cluster's tags is touched.</param>
/// <param name="DeleteVolumes">Volumes and snapshots go too.</param>
internal sealed record SweepArea(string Cluster, string? VpcId, bool DeleteVolumes);

/// <summary>
/// Removes what Kubernetes and AWS's services made for a cluster that is gone: no stack knows of it, and it keeps the network from going. Nothing is
/// touched that bears neither the cluster's tag nor a name that only these makers give.
/// </summary>
internal sealed class Sweep(AwsSession session, TimeProvider time, IProgress<RunEvent> progress)
{
    private const string AutoModeTag = "eks:eks-cluster-name";
    private const string ControllerTag = "elbv2.k8s.aws/cluster";

    // The interfaces of a load balancer live on for some minutes.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <returns>What still stands in the way when the time is over; empty where nothing does.</returns>
    public async Task<ImmutableArray<string>> RunAsync(string step, SweepArea area, CancellationToken cancellationToken)
    {
        var patience = new Patience(Limit, time);
        var pause = FirstPause;
        while (true)
        {
            var left = await OnceAsync(step, area, cancellationToken);
            if (left.IsEmpty || patience.IsOver)
            {
                return left;
            }

            progress.Report(new RunEvent.Progressed(step, left.Length == 1 ? $"waits for {left[0]}" : $"waits for {left[0]} and {left.Length - 1} more"));
            await patience.PauseAsync(pause, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<ImmutableArray<string>> OnceAsync(string step, SweepArea area, CancellationToken cancellationToken)
    {
        var left = ImmutableArray.CreateBuilder<string>();
        await LoadBalancingAsync(step, area, left, cancellationToken);
        await EndpointsAsync(step, area, left, cancellationToken);
        await InterfacesAsync(step, area, left, cancellationToken);
        await GroupsAsync(step, area, left, cancellationToken);
        await TemplatesAsync(step, area, left, cancellationToken);
        if (area.DeleteVolumes)
        {
            await VolumesAsync(step, area, left, cancellationToken);
        }

        return left.ToImmutable();
    }

    private async Task LoadBalancingAsync(string step, SweepArea area, ImmutableArray<string>.Builder left, CancellationToken cancellationToken)
    {
        var balancers = await session.LoadBalancing.DescribeLoadBalancersAsync(cancellationToken).ToListAsync(cancellationToken);
        var groups = await session.LoadBalancing.DescribeTargetGroupsAsync(loadBalancerArn: null, cancellationToken).ToListAsync(cancellationToken);
        var arns = balancers.Select(one => one.LoadBalancerArn).Concat(groups.Select(one => one.TargetGroupArn)).ToList();
        var tags = arns.Count == 0 ? [] : await session.LoadBalancing.DescribeTagsAsync(arns, cancellationToken);
        var ours = tags.Where(resource => resource.Tags.Any(tag => tag.Key is AutoModeTag or ControllerTag && tag.Value == area.Cluster)).Select(resource => resource.ResourceArn).ToHashSet(StringComparer.Ordinal);
        foreach (var balancer in balancers.Where(one => ours.Contains(one.LoadBalancerArn)))
        {
            await RemoveAsync(step, $"load balancer {balancer.LoadBalancerName}", left, () => session.LoadBalancing.DeleteLoadBalancerAsync(balancer.LoadBalancerArn, cancellationToken));
        }

        foreach (var group in groups.Where(one => ours.Contains(one.TargetGroupArn)))
        {
            await RemoveAsync(step, $"target group {group.TargetGroupName}", left, () => session.LoadBalancing.DeleteTargetGroupAsync(group.TargetGroupArn, cancellationToken));
        }
    }

    // GuardDuty makes an endpoint in each VPC that it watches, and takes it away later than one wants to wait.
    private async Task EndpointsAsync(string step, SweepArea area, ImmutableArray<string>.Builder left, CancellationToken cancellationToken)
    {
        if (area.VpcId is not { } vpc)
        {
            return;
        }

        var endpoints = await session.Ec2.DescribeVpcEndpointsAsync([Ec2Filter.InVpc(vpc)], cancellationToken)
            .Where(one => one.ServiceName.Contains("guardduty-data", StringComparison.Ordinal)).ToListAsync(cancellationToken);
        foreach (var endpoint in endpoints.Where(one => !one.State.Equals("deleted", StringComparison.OrdinalIgnoreCase)))
        {
            var name = $"GuardDuty's endpoint {endpoint.VpcEndpointId}";
            if (endpoint.State.Equals("deleting", StringComparison.OrdinalIgnoreCase))
            {
                left.Add(name);
            }
            else
            {
                await RemoveAsync(step, name, left, async () =>
                {
                    var refused = await session.Ec2.DeleteVpcEndpointsAsync([endpoint.VpcEndpointId], cancellationToken);
                    left.Add(refused.IsEmpty ? name : $"{name} ({refused[0].Message})");
                });
            }
        }
    }

    private async Task InterfacesAsync(string step, SweepArea area, ImmutableArray<string>.Builder left, CancellationToken cancellationToken)
    {
        var filters = area.VpcId is { } vpc ? Ec2Filter.InVpc(vpc) : Ec2Filter.Tagged(AutoModeTag, area.Cluster);
        foreach (var one in await session.Ec2.DescribeNetworkInterfacesAsync([filters], cancellationToken).ToListAsync(cancellationToken))
        {
            // Those of NAT gateways and endpoints go with their owners, which stacks know.
            if (!IsOfCluster(one, area))
            {
                continue;
            }

            var name = $"network interface {one.NetworkInterfaceId} ({one.Description})";
            if (one.Status != "available")
            {
                left.Add(name);
            }
            else
            {
                await RemoveAsync(step, name, left, () => session.Ec2.DeleteNetworkInterfaceAsync(one.NetworkInterfaceId, cancellationToken));
            }
        }
    }

    private static bool IsOfCluster(NetworkInterfaceState one, SweepArea area) =>
        one.Tags.Any(tag => tag.Key == AutoModeTag && tag.Value == area.Cluster)
        || one.Description is { } description && (description == $"Amazon EKS {area.Cluster}"
            || description.StartsWith("aws-K8S-", StringComparison.Ordinal)
            || description.StartsWith("ELB app/k8s-", StringComparison.Ordinal)
            || description.StartsWith("ELB net/k8s-", StringComparison.Ordinal));

    private async Task GroupsAsync(string step, SweepArea area, ImmutableArray<string>.Builder left, CancellationToken cancellationToken)
    {
        var filters = area.VpcId is { } vpc ? Ec2Filter.InVpc(vpc) : Ec2Filter.Tagged(AutoModeTag, area.Cluster);
        var groups = await session.Ec2.DescribeSecurityGroupsAsync([filters], cancellationToken).Where(group => IsOfCluster(group, area)).ToListAsync(cancellationToken);

        // Two that name each other could not be deleted.
        foreach (var group in groups)
        {
            var rules = await session.Ec2.DescribeSecurityGroupRulesAsync(group.GroupId, cancellationToken).ToListAsync(cancellationToken);
            await RemoveAsync(step, what: null, left, () => session.Ec2.RevokeSecurityGroupRulesAsync(rules, cancellationToken));
        }

        foreach (var group in groups)
        {
            await RemoveAsync(step, $"security group {group.GroupName}", left, () => session.Ec2.DeleteSecurityGroupAsync(group.GroupId, cancellationToken));
        }
    }

    private static bool IsOfCluster(SecurityGroupState group, SweepArea area) =>
        group.GroupName != "default"
        && !group.Tags.Any(tag => tag.Key == "aws:cloudformation:stack-id")
        && (group.Tags.Any(tag => tag.Key is AutoModeTag or ControllerTag && tag.Value == area.Cluster)
            || group.GroupName.StartsWith($"eks-cluster-sg-{area.Cluster}-", StringComparison.Ordinal)
            || (area.VpcId is not null && (group.GroupName.StartsWith("k8s-", StringComparison.Ordinal) || group.GroupName.StartsWith("GuardDutyManagedSecurityGroup-", StringComparison.Ordinal))));

    private async Task TemplatesAsync(string step, SweepArea area, ImmutableArray<string>.Builder left, CancellationToken cancellationToken)
    {
        foreach (var template in await session.Ec2.DescribeLaunchTemplatesAsync([Ec2Filter.Tagged(AutoModeTag, area.Cluster)], cancellationToken).ToListAsync(cancellationToken))
        {
            await RemoveAsync(step, $"launch template {template.LaunchTemplateName}", left, () => session.Ec2.DeleteLaunchTemplateAsync(template.LaunchTemplateId, cancellationToken));
        }
    }

    private async Task VolumesAsync(string step, SweepArea area, ImmutableArray<string>.Builder left, CancellationToken cancellationToken)
    {
        foreach (var volume in await new ClusterVolumes(session.Ec2).FindAsync(area.Cluster, cancellationToken))
        {
            var name = $"volume {volume.VolumeId}";
            if (volume.State is "in-use")
            {
                left.Add(name);
            }
            else
            {
                await RemoveAsync(step, name, left, () => session.Ec2.DeleteVolumeAsync(volume.VolumeId, cancellationToken));
            }
        }

        foreach (var snapshot in await new ClusterVolumes(session.Ec2).SnapshotsAsync(area.Cluster, cancellationToken))
        {
            await RemoveAsync(step, $"snapshot {snapshot.SnapshotId}", left, () => session.Ec2.DeleteSnapshotAsync(snapshot.SnapshotId, cancellationToken));
        }
    }

    /// <summary>What something else still uses stays for the next turn.</summary>
    private async Task RemoveAsync(string step, string? what, ImmutableArray<string>.Builder left, Func<Task> removeAsync)
    {
        try
        {
            await removeAsync();
            if (what is not null)
            {
                progress.Report(new RunEvent.Progressed(step, $"removed {what}"));
            }
        }
        catch (AwsException used) when (used.Error.Kind == AwsErrorKind.Conflict)
        {
            if (what is not null)
            {
                left.Add(what);
            }
        }
        catch (AwsException refused) when (refused.Error.Kind == AwsErrorKind.AccessDenied)
        {
            throw new DeployException([ApplyProblems.MayNotSweep(what ?? "rules of security groups", refused.Problems)], refused);
        }
    }
}

/// <summary>Finds the disks that pods of a cluster were given.</summary>
internal sealed class ClusterVolumes(Ec2Client ec2)
{
    public async Task<ImmutableArray<VolumeState>> FindAsync(string cluster, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, VolumeState>(StringComparer.Ordinal);
        foreach (var filter in Filters(cluster))
        {
            await foreach (var volume in ec2.DescribeVolumesAsync([filter], cancellationToken))
            {
                if (volume.State is not "deleting" and not "deleted")
                {
                    found[volume.VolumeId] = volume;
                }
            }
        }

        return [.. found.Values.OrderBy(volume => volume.VolumeId, StringComparer.Ordinal)];
    }

    public async Task<ImmutableArray<SnapshotState>> SnapshotsAsync(string cluster, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, SnapshotState>(StringComparer.Ordinal);
        foreach (var filter in Filters(cluster))
        {
            await foreach (var snapshot in ec2.DescribeSnapshotsAsync([filter], cancellationToken))
            {
                found[snapshot.SnapshotId] = snapshot;
            }
        }

        return [.. found.Values.OrderBy(snapshot => snapshot.SnapshotId, StringComparer.Ordinal)];
    }

    // Auto Mode's tag, that of the CSI driver, and that of Kubernetes itself. The root disks of nodes have none of the last two.
    private static IEnumerable<Ec2Filter> Filters(string cluster) =>
        [Ec2Filter.Tagged("eks:eks-cluster-name", cluster), Ec2Filter.Tagged($"kubernetes.io/cluster/{cluster}", "owned"), Ec2Filter.Tagged("KubernetesCluster", cluster)];
}
