using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Model;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Apply;

/// <summary>What shall go. Nothing of it comes from the application's sources, so an environment can be destroyed whose sources are lost.</summary>
internal sealed record DestroyWork
{
    public required AwsTarget Target { get; init; }

    public required Names Names { get; init; }

    /// <summary>In EKS; null where the cluster is somebody else's and stays.</summary>
    public required string? Cluster { get; init; }

    /// <summary>Logs and keys of production are kept.</summary>
    public required bool IsProduction { get; init; }

    /// <summary>What happens to volumes and snapshots that Kubernetes made.</summary>
    public required VolumeFate Volumes { get; init; }

    /// <summary>Leaves what CloudFormation cannot delete, rather than to stop at it.</summary>
    public required bool Force { get; init; }

    /// <summary>The stack of the environment's roles goes too, with the rights of whoever calls.</summary>
    public required bool WithAccess { get; init; }

    public required LockHolder Holder { get; init; }
}

internal enum VolumeFate
{
    /// <summary>Nobody said: where there are any, nothing is done.</summary>
    Unsaid,
    Delete,
    Keep,
}

/// <summary>What is there of an environment, before anything is destroyed.</summary>
/// <param name="Stacks">That go, in the order in which they do.</param>
/// <param name="Staying">Names of stacks that stay, with the reason.</param>
/// <param name="Volumes">Of the cluster's pods.</param>
/// <param name="Snapshots">Of those volumes.</param>
internal sealed record DestroySight(
    ImmutableArray<StackSight> Stacks, ImmutableArray<(string Name, string Why)> Staying, ImmutableArray<VolumeState> Volumes, ImmutableArray<SnapshotState> Snapshots)
{
    public bool IsEmpty => Stacks.IsEmpty && Volumes.IsEmpty && Snapshots.IsEmpty;
}

/// <param name="Part">Short name, such as <c>network</c>.</param>
/// <param name="Resources">That are in it now.</param>
/// <param name="Template">As it was sent; null: AWS does not tell.</param>
internal sealed record StackSight(string Part, StackState State, ImmutableArray<StackResourceSummary> Resources, string? Template)
{
    /// <summary>Logical ids that stay in the account when the stack goes.</summary>
    public ImmutableArray<string> Retained => RetainedResources.Of(Template, Resources);
}
