using System.Collections.Frozen;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Planning;

/// <summary>
/// AWS's list prices in us-east-1, US dollars. Instances are of 2026-07-20; the others are long-standing list prices, looked through on the same day. Most
/// other regions cost up to a quarter more. What is used by the hour is counted with 730 hours a month.
/// </summary>
internal static class Prices
{
    public const string Of = "2026-07-20";
    public const string Region = "us-east-1";

    public const decimal HoursOfMonth = 730;

    public const decimal ControlPlaneHour = 0.10m;

    /// <summary>More, for a version whose standard support is over.</summary>
    public const decimal ExtendedSupportHour = 0.50m;

    public const decimal NatGatewayHour = 0.045m;

    public const decimal PublicAddressHour = 0.005m;

    /// <summary>In each zone.</summary>
    public const decimal InterfaceEndpointHour = 0.01m;

    public const decimal LoadBalancerHour = 0.0225m;

    public const decimal KeyMonth = 1.00m;

    public const decimal SecretMonth = 0.40m;

    public const decimal WebAclMonth = 5.00m;

    public const decimal WebAclRuleMonth = 1.00m;

    public const decimal AlarmMonth = 0.10m;

    /// <summary>Of volumes, gp3.</summary>
    public const decimal GibibyteMonth = 0.08m;

    /// <summary>What Auto Mode takes for an instance, as a part of its on-demand price, also of one that is spot.</summary>
    public const decimal AutoModeFee = 0.12m;

    /// <summary>What spot capacity usually costs, as a part of the on-demand price.</summary>
    public const decimal SpotPart = 0.35m;

    /// <summary>Prometheus, Grafana and Loki: an m7g.xlarge, 100 GiB and a bucket.</summary>
    public const decimal ObservabilityMonth = 143m;

    /// <summary>On demand.</summary>
    private static readonly FrozenDictionary<string, decimal> InstanceHour = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["t4g.medium"] = 0.0336m,
        ["t4g.large"] = 0.0672m,
        ["c7g.large"] = 0.0725m,
        ["m7g.large"] = 0.0816m,
        ["m8g.large"] = 0.08976m,
        ["m7i-flex.large"] = 0.09576m,
        ["m7g.xlarge"] = 0.1632m,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A month of an instance, with Auto Mode's fee.</summary>
    public static decimal InstanceMonth(string type, Capacity capacity)
    {
        var hour = InstanceHour[type];
        return HoursOfMonth * hour * ((capacity == Capacity.Spot ? SpotPart : 1) + AutoModeFee);
    }

    /// <summary>What an application with few visitors uses a month, by profile: traffic through NAT, load units, logs, images.</summary>
    public static (decimal NatData, decimal LoadUnits, decimal Logs, decimal FlowLogs, decimal Images) Usage(Profile profile) => profile switch
    {
        Profile.Dev => (0.45m, 1.46m, 1.00m, 0m, 0.20m),
        Profile.Staging => (1.35m, 2.92m, 5.00m, 0m, 0.50m),
        _ => (4.50m, 11.68m, 15.00m, 5.00m, 1.00m),
    };
}
