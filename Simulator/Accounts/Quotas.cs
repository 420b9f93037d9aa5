using System.Collections.Immutable;

namespace Platform.Simulator.Accounts;

/// <summary>How much an account may have.</summary>
/// <param name="FaultName">In <c>quota:NAME=VALUE</c>; null where no fault lowers it.</param>
internal sealed record Quota(string ServiceCode, string Code, string Name, int Default, string? FaultName)
{
    /// <summary>Those that are known to bite, and a few around them.</summary>
    public static ImmutableArray<Quota> All { get; } =
    [
        new("vpc", "L-F678F1CE", "VPCs per Region", 5, "vpc"),
        new("vpc", "L-A4707A72", "Internet gateways per Region", 5, null),
        new("vpc", "L-FE5A380F", "NAT gateways per Availability Zone", 5, null),
        new("vpc", "L-DF5E4CA3", "Network interfaces per Region", 5_000, null),
        new("vpc", "L-E79EC296", "VPC security groups per Region", 2_500, null),
        new("ec2", "L-0263D0A3", "EC2-VPC Elastic IPs", 5, "address"),
        new("ec2", "L-1216C47A", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 64, "vcpu"),
        new("ec2", "L-34B43A08", "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests", 64, "spot-vcpu"),
        new("eks", "L-1194D53C", "Clusters", 100, "cluster"),
        new("elasticloadbalancing", "L-53DA6B97", "Application Load Balancers per Region", 50, null),
    ];

    /// <summary>How many VPCs, or elastic addresses, or clusters the account may have now: what a creation is measured by.</summary>
    /// <param name="faultName">Of <see cref="FaultName"/>.</param>
    public static int ValueOf(SimulatedAccount account, string faultName) => All.First(quota => quota.FaultName == faultName).ValueIn(account);

    public int ValueIn(SimulatedAccount account) => (FaultName is null ? null : account.Faults.Quota(FaultName)) ?? Default;
}
