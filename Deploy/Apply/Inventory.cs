using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Model;

namespace Platform.Deploy.Apply;

/// <summary>Something of an environment that is still there.</summary>
/// <param name="Arn">Of the resource.</param>
/// <param name="Why">A half sentence.</param>
/// <param name="IsMeant">It was to stay, or goes by itself; false: nobody wants it, and it may cost money.</param>
internal sealed record Remnant(string Arn, string Why, bool IsMeant);

/// <summary>
/// Proves that an environment is gone: asks for everything that bears its tags. The index of tags still shows for some time what is deleted, so each
/// finding is confirmed: by the service that it belongs to, or by CloudFormation, which knows what it has deleted.
/// </summary>
internal sealed class Inventory(AwsSession session, Names names, TimeProvider time)
{
    // The index of tags is some seconds behind.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private const int Turns = 8;
    private const string Deleted = "DELETE_COMPLETE";
    private const string Skipped = "DELETE_SKIPPED";

    private readonly Dictionary<string, StackEnd> _ends = new(StringComparer.Ordinal);

    /// <param name="cluster">Null: it is somebody else's.</param>
    /// <param name="stays">Why something stays, by its ARN or by its stack's name; null: it should not.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<ImmutableArray<Remnant>> ProveAsync(string? cluster, Func<TaggedResource, string?> stays, CancellationToken cancellationToken)
    {
        for (var turn = 1; ; turn++)
        {
            var remnants = await OnceAsync(cluster, stays, cancellationToken);
            if (turn == Turns || remnants.All(remnant => remnant.IsMeant))
            {
                return remnants;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<ImmutableArray<Remnant>> OnceAsync(string? cluster, Func<TaggedResource, string?> stays, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, TaggedResource>(StringComparer.Ordinal);
        foreach (var filters in Filters(cluster))
        {
            await foreach (var resource in session.Tagging.GetResourcesAsync(filters, [], cancellationToken))
            {
                found[resource.ResourceARN] = resource;
            }
        }

        var remnants = ImmutableArray.CreateBuilder<Remnant>();
        foreach (var resource in found.Values)
        {
            if (resource.ResourceARN.EndsWith($":parameter{names.DeployLock}", StringComparison.Ordinal))
            {
                continue;
            }

            // What is meant to stay may be an administrator's, whom this one cannot ask.
            var why = stays(resource);
            var isDeleted = false;
            if (why is null && await EndAsync(resource, cancellationToken) is var (end, logical))
            {
                isDeleted = end.Deleted.Contains(logical);
                why = end.Kept.Contains(logical) ? "its template says that it is kept"
                    : isDeleted && IsKey(resource) ? "AWS deletes keys days later, and asks nothing for them until then"
                    : null;
            }

            if (why is null && (isDeleted || !await IsThereAsync(resource.ResourceARN, cancellationToken)))
            {
                continue;
            }

            remnants.Add(new Remnant(resource.ResourceARN, why ?? "it should be gone", why is not null));
        }

        return remnants.ToImmutable();
    }

    private IEnumerable<ImmutableArray<TagFilter>> Filters(string? cluster)
    {
        yield return [new TagFilter("app", [names.Application]), new TagFilter("env", [names.Environment])];
        if (cluster is not null)
        {
            yield return [new TagFilter("eks:eks-cluster-name", [cluster])];
            yield return [new TagFilter("elbv2.k8s.aws/cluster", [cluster])];
            yield return [new TagFilter($"kubernetes.io/cluster/{cluster}", [])];
        }
    }

    private static bool IsKey(TaggedResource resource) => resource.ResourceARN.Contains(":kms:", StringComparison.Ordinal);

    // Gateways and endpoints are shown for an hour after their end; a stack can be asked for weeks.
    private async Task<(StackEnd End, string LogicalId)?> EndAsync(TaggedResource resource, CancellationToken cancellationToken)
    {
        if (Tag(resource, "aws:cloudformation:stack-id") is not { } stack || Tag(resource, "aws:cloudformation:logical-id") is not { } logical)
        {
            return null;
        }

        if (!_ends.TryGetValue(stack, out var end))
        {
            var resources = (await session.CloudFormation.ListStackResourcesAsync(stack, cancellationToken).ToListAsync(cancellationToken)).ToImmutableArray();
            var skipped = resources.RemoveAll(one => one.ResourceStatus != Skipped);
            var template = skipped.IsEmpty ? null : await session.CloudFormation.GetTemplateAsync(stack, cancellationToken);
            end = new StackEnd([.. resources.Where(one => one.ResourceStatus == Deleted).Select(one => one.LogicalResourceId)], [.. RetainedResources.Of(template, skipped)]);
            _ends.Add(stack, end);
        }

        return (end, logical);
    }

    private static string? Tag(TaggedResource resource, string key) => resource.Tags.FirstOrDefault(tag => tag.Key == key)?.Value;

    private async Task<bool> IsThereAsync(string arn, CancellationToken cancellationToken)
    {
        var parts = arn.Split(':', 6);
        var (service, resource) = parts.Length == 6 ? (parts[2], parts[5]) : ("", "");
        var (kind, id) = resource.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? (resource[..slash], resource[(slash + 1)..]) : ("", resource);
        return (service, kind) switch
        {
            ("ec2", "vpc") => await session.Ec2.DescribeVpcsAsync([new Ec2Filter("vpc-id", [id])], cancellationToken).AnyAsync(cancellationToken),
            ("ec2", "network-interface") => await session.Ec2.DescribeNetworkInterfacesAsync([new Ec2Filter("network-interface-id", [id])], cancellationToken).AnyAsync(cancellationToken),
            ("ec2", "security-group") => await session.Ec2.DescribeSecurityGroupsAsync([new Ec2Filter("group-id", [id])], cancellationToken).AnyAsync(cancellationToken),
            ("ec2", "volume") => await session.Ec2.DescribeVolumesAsync([new Ec2Filter("volume-id", [id])], cancellationToken).AnyAsync(one => one.State is not "deleting" and not "deleted", cancellationToken),
            ("ec2", "snapshot") => await session.Ec2.DescribeSnapshotsAsync([new Ec2Filter("snapshot-id", [id])], cancellationToken).AnyAsync(cancellationToken),
            ("ec2", "elastic-ip") => (await session.Ec2.DescribeAddressesAsync([new Ec2Filter("allocation-id", [id])], cancellationToken)).Length > 0,
            ("ec2", "instance") => await session.Ec2.DescribeInstancesAsync([new Ec2Filter("instance-id", [id])], cancellationToken).AnyAsync(one => one.State is not "terminated", cancellationToken),
            ("elasticloadbalancing", "loadbalancer") => await session.LoadBalancing.DescribeLoadBalancerAsync(arn, cancellationToken) is not null,
            ("eks", "cluster") => await session.Eks.DescribeClusterAsync(id, cancellationToken) is not null,
            ("secretsmanager", _) => await session.SecretsManager.DescribeSecretAsync(arn, cancellationToken) is { DeletedDate: null },
            ("logs", _) => await IsLogGroupAsync(resource, cancellationToken),
            ("cloudformation", "stack") => await session.CloudFormation.DescribeStackAsync(arn, cancellationToken) is { StackStatus: not Deleted },
            _ => true,
        };
    }

    // log-group:NAME, with or without :*
    private async Task<bool> IsLogGroupAsync(string resource, CancellationToken cancellationToken)
    {
        var name = resource.Replace("log-group:", "", StringComparison.Ordinal).Replace(":*", "", StringComparison.Ordinal);
        return await session.Logs.DescribeLogGroupsAsync(name, cancellationToken).AnyAsync(group => group.LogGroupName == name, cancellationToken);
    }

    /// <param name="Deleted">Logical ids of what a stack has deleted.</param>
    /// <param name="Kept">Of what its template says that it leaves, and it has left, whichever run it was.</param>
    private sealed record StackEnd(ImmutableHashSet<string> Deleted, ImmutableHashSet<string> Kept);
}
