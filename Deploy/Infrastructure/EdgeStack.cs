using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// What stands before the load balancers: certificate, firewall, log bucket, and the DNS records. The records come with a second deployment of the
/// stack, when the load balancers, which Kubernetes asks for, have names.
/// </summary>
internal static class EdgeStack
{
    public const string ShortName = "edge";

    private const int RequestsPerAddress = 2000;
    private const int DaysOfLogs = 90;

    public static IEnumerable<StackTemplate> Render(DeploymentModel model)
    {
        var edge = model.Settings.Edge;
        var aliased = Aliased(model);
        var template = new Template($"Certificate, firewall and names of {model.Names.Prefix}")
        {
            Parameters = [.. aliased.SelectMany(alias => alias.Parameters)],
            Conditions = [.. aliased.Select(alias => alias.Condition)],
            Resources =
            [
                .. MakesCertificate(model) ? [CertificateOf(model)] : ImmutableArray<Resource>.Empty,
                .. edge.Waf && !model.Ingresses.IsEmpty ? [new Resource("WebAcl", Firewall(model))] : ImmutableArray<Resource>.Empty,
                .. edge.Protection && !model.Ingresses.IsEmpty ? Buckets.Private("AccessLogBucket", name: null, DaysOfLogs, Delivery()) : [],
                .. aliased.SelectMany(alias => alias.Records(edge.HostedZoneId ?? "")),
            ],
            Outputs = [.. Outputs(model)],
        };
        return template.Resources.IsEmpty ? [] : [StackAssembly.Of(model, ShortName, StackScope.Environment, template, [.. aliased.SelectMany(alias => alias.Passed)])];
    }

    private static bool MakesCertificate(DeploymentModel model) =>
        model.Settings.Edge is { Domain: not null, HostedZoneId: not null, CertificateArn: null } && !model.Ingresses.IsEmpty;

    private static IEnumerable<Output> Outputs(DeploymentModel model)
    {
        if (MakesCertificate(model))
        {
            yield return new Output(StackOutput.CertificateArn.Output, "Certificate of the domain", new CfnValue.Ref("Certificate"), Export: null);
        }

        if (model.Settings.Edge.Waf && !model.Ingresses.IsEmpty)
        {
            yield return new Output(StackOutput.WebAclArn.Output, "Web application firewall", new CfnValue.GetAtt("WebAcl", "Arn"), Export: null);
        }

        if (model.Settings.Edge.Protection && !model.Ingresses.IsEmpty)
        {
            yield return new Output(StackOutput.AccessLogBucket.Output, "Access logs of load balancers", new CfnValue.Ref("AccessLogBucket"), Export: null);
        }
    }

    private static ImmutableArray<LoadBalancerAlias> Aliased(DeploymentModel model) =>
        model.Settings.Edge.HostedZoneId is null
            ? []
            : [.. model.Ingresses.Select(ingress => new LoadBalancerAlias(ingress.Name, Hosts([ingress], model.Settings.Edge.Domain))).Where(alias => !alias.Hosts.IsEmpty)];

    // The domain is the first name of the certificate, and of the first ingress that names no host.
    private static ImmutableArray<string> Hosts(ImmutableArray<IngressModel> ingresses, string? domain) =>
        [.. ingresses.SelectMany(ingress => ingress.Rules).Select(rule => rule.Host ?? domain).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    private static Resource CertificateOf(DeploymentModel model)
    {
        var domain = model.Settings.Edge.Domain ?? "";
        var zone = model.Settings.Edge.HostedZoneId ?? "";
        ImmutableArray<string> others = [.. Hosts(model.Ingresses, domain).Where(host => !host.Equals(domain, StringComparison.OrdinalIgnoreCase))];
        return new Resource("Certificate", new Certificate
        {
            DomainName = domain,
            SubjectAlternativeNames = CfnValue.Texts(others),
            ValidationMethod = "DNS",
            DomainValidationOptions = [.. others.Prepend(domain).Select(name => new DomainValidationOption(name, zone))],
            KeyAlgorithm = "RSA_2048",
        });
    }

    private static WebAcl Firewall(DeploymentModel model) => new()
    {
        Name = model.Names.Prefix,
        Description = $"Before the load balancers of {model.Names.Prefix}",
        Scope = "REGIONAL",
        Rules =
        [
            WebAclRule.Rate("RequestsPerAddress", 0, RequestsPerAddress),
            WebAclRule.ManagedGroup("AWSManagedRulesCommonRuleSet", 1),
            WebAclRule.ManagedGroup("AWSManagedRulesKnownBadInputsRuleSet", 2),
        ],
        VisibilityConfig = new VisibilityConfig(model.Names.Prefix),
    };

    private static PolicyStatement Delivery() => PolicyStatement.Allow("Delivery") with
    {
        Principal = PolicyPrincipal.Service("logdelivery.elasticloadbalancing.amazonaws.com"),
        Action = ["s3:PutObject"],
        Resource = [new CfnValue.Sub("${AccessLogBucket.Arn}/AWSLogs/${AWS::AccountId}/*"), new CfnValue.Sub("${AccessLogBucket.Arn}/*/AWSLogs/${AWS::AccountId}/*")],
        Condition = [new PolicyCondition("ArnLike", "aws:SourceArn", Arn.Regional("elasticloadbalancing", "loadbalancer/*"))],
    };
}

/// <summary>The names of one load balancer.</summary>
/// <param name="Ingress">Who asked for it.</param>
internal sealed record LoadBalancerAlias(string Ingress, ImmutableArray<string> Hosts)
{
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

    public GivenCondition Condition => new($"Has{Id}LoadBalancer", DnsName);

    private string Id => Names.LogicalId(Ingress);

    private string DnsName => $"{Id}LoadBalancerDnsName";

    private string ZoneId => $"{Id}LoadBalancerHostedZoneId";

    public IEnumerable<Resource> Records(string hostedZoneId) => Hosts.Select(host => new Resource("AliasRecord" + Names.Hash(host).ToUpperInvariant(), new RecordSet
    {
        HostedZoneId = hostedZoneId,
        Name = host,
        RecordType = "A",
        AliasTarget = new AliasTarget(new CfnValue.Ref(DnsName), new CfnValue.Ref(ZoneId), EvaluateTargetHealth: true),
    })
    { Condition = Condition.Name });
}
