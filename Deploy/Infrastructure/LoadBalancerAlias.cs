using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>A name of a load balancer in the zone of the domain.</summary>
internal sealed record LoadBalancerAlias(string Host, LoadBalancerName LoadBalancer)
{
    public string LogicalId => "AliasRecord" + Names.Hash(Host).ToUpperInvariant();

    public Resource Resource(string hostedZoneId) => new(LogicalId, new RecordSet
    {
        HostedZoneId = hostedZoneId,
        Name = Host,
        RecordType = "A",
        AliasTarget = new AliasTarget(new CfnValue.Ref(LoadBalancer.DnsName), new CfnValue.Ref(LoadBalancer.ZoneId), EvaluateTargetHealth: true),
    })
    { Condition = LoadBalancer.Condition.Name };
}

/// <summary>The name that AWS gives a load balancer, as parameters of the template.</summary>
/// <param name="Ingress">Who asked for the load balancer.</param>
internal sealed record LoadBalancerName(string Ingress)
{
    /// <summary>How the parameters of DNS names end.</summary>
    public const string DnsNameEnding = "LoadBalancerDnsName";

    /// <summary>How the parameters of the names' zones end.</summary>
    public const string ZoneIdEnding = "LoadBalancerHostedZoneId";

    public string DnsName => Names.LogicalId(Ingress) + DnsNameEnding;

    public string ZoneId => Names.LogicalId(Ingress) + ZoneIdEnding;

    public GivenCondition Condition => new($"Has{Names.LogicalId(Ingress)}LoadBalancer", DnsName);

    public ImmutableArray<TemplateParameter> Parameters =>
    [
        new TemplateParameter(DnsName, "String", $"Name of the load balancer of {Ingress}, once it is there", ""),
        new TemplateParameter(ZoneId, "String", "Route 53 zone of that name", ""),
    ];

    public ImmutableArray<StackParameter> Passed =>
    [
        new StackParameter(DnsName, new ParameterValue.LoadBalancer(Ingress, LoadBalancerAttribute.DnsName)),
        new StackParameter(ZoneId, new ParameterValue.LoadBalancer(Ingress, LoadBalancerAttribute.HostedZoneId)),
    ];
}
