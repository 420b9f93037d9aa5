using k8s.Models;
using Platform.Deploy.Settings;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>What differs between the three profiles and nobody has to set.</summary>
internal sealed record ProfileValues
{
    public required int MinReadySeconds { get; init; }

    /// <summary>After which a rollout counts as failed; a node may have to boot first.</summary>
    public required int ProgressDeadlineSeconds { get; init; }

    public required int RevisionHistoryLimit { get; init; }

    /// <summary>Pods beyond the wanted number during a rollout, which never goes below it.</summary>
    public required IntOrString MaxSurge { get; init; }

    /// <summary>How long a pod goes on serving after it was told to end: at least as long as the load balancer's deregistration delay.</summary>
    public required int DrainSeconds { get; init; }

    /// <summary>From the order to end to the kill; draining included.</summary>
    public required int GraceSeconds { get; init; }

    /// <summary>Over how many zones and nodes pods are spread: no rule, a wish, a must.</summary>
    public required Spread Spread { get; init; }

    /// <summary>Pods have a priority class and fewer DNS look-ups.</summary>
    public required bool Hardened { get; init; }

    public required int JobRetentionSeconds { get; init; }

    /// <summary>Least quota of the namespace; it grows with the application.</summary>
    public required Quota Quota { get; init; }

    /// <summary>Least limit of a node pool; it grows with the application.</summary>
    public required Quota NodeLimit { get; init; }

    public required string NodeDisk { get; init; }

    /// <summary>Exclusive lower bound of the generation of instance types: t4g is the fourth.</summary>
    public required int NodeGenerationAbove { get; init; }

    /// <summary>Exclusive upper bound of a node's CPUs.</summary>
    public required int NodeCpusBelow { get; init; }

    public required string[] NodeCategories { get; init; }

    public required string ConsolidateAfter { get; init; }

    /// <summary>Nodes that may be replaced at a time.</summary>
    public required string DisruptionBudget { get; init; }

    public static ProfileValues Of(Profile profile) => profile switch { Profile.Dev => Dev, Profile.Staging => Staging, _ => Production };

    private static ProfileValues Dev { get; } = new()
    {
        MinReadySeconds = 0,
        ProgressDeadlineSeconds = 300,
        RevisionHistoryLimit = 3,
        MaxSurge = 1,
        DrainSeconds = 5,
        GraceSeconds = 30,
        Spread = Spread.None,
        Hardened = false,
        JobRetentionSeconds = 86_400,
        Quota = new Quota(4, 8, 20),
        NodeLimit = new Quota(8, 32, 0),
        NodeDisk = "20Gi",
        NodeGenerationAbove = 3,
        NodeCpusBelow = 5,
        NodeCategories = ["c", "m", "t"],
        ConsolidateAfter = "30s",
        DisruptionBudget = "100%",
    };

    private static ProfileValues Staging { get; } = Dev with
    {
        MinReadySeconds = 5,
        ProgressDeadlineSeconds = 600,
        RevisionHistoryLimit = 5,
        DrainSeconds = 15,
        GraceSeconds = 60,
        Spread = Spread.Wished,
        Hardened = true,
        JobRetentionSeconds = 604_800,
        Quota = new Quota(16, 32, 60),
        NodeLimit = new Quota(32, 128, 0),
        NodeDisk = "40Gi",
        NodeGenerationAbove = 5,
        NodeCpusBelow = 9,
        NodeCategories = ["c", "m", "r"],
        ConsolidateAfter = "1m",
        DisruptionBudget = "25%",
    };

    private static ProfileValues Production { get; } = Staging with
    {
        MinReadySeconds = 10,
        MaxSurge = "25%",
        DrainSeconds = 20,
        Spread = Spread.Required,
        Quota = new Quota(100, 200, 300),
        NodeLimit = new Quota(200, 800, 0),
        NodeDisk = "80Gi",
        NodeCpusBelow = 17,
        ConsolidateAfter = "5m",
        DisruptionBudget = "10%",
    };
}

internal enum Spread
{
    None,
    Wished,
    Required,
}

/// <param name="Cpu">Whole CPUs.</param>
/// <param name="MemoryGiB">GiB.</param>
internal sealed record Quota(long Cpu, long MemoryGiB, long Pods);
