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

    // About 300 bytes each.
    private const int AliasesPerStack = 80;
    private const int RequestsPerAddress = 2000;
    private const int DaysOfLogs = 90;

    public static IEnumerable<StackTemplate> Render(DeploymentModel model)
    {
        ImmutableArray<Resource> own = [.. Own(model)];
        foreach (var (shortName, aliases) in Shards.Beside(own, ShortName, Aliases(model), alias => alias.LogicalId, AliasesPerStack))
        {
            ImmutableArray<LoadBalancerName> names = [.. aliases.Select(alias => alias.LoadBalancer).Distinct()];
            var template = new Template($"Certificate, firewall and names of {model.Names.Prefix}")
            {
                Parameters = [.. names.SelectMany(name => name.Parameters)],
                Conditions = [.. names.Select(name => name.Condition)],
                Resources = [.. shortName == ShortName ? own : [], .. aliases.Select(alias => alias.Resource(model.Settings.Edge.HostedZoneId ?? ""))],
                Outputs = shortName == ShortName ? [.. Outputs(model)] : [],
            };
            yield return StackAssembly.Of(model, shortName, StackScope.Environment, template, [.. names.SelectMany(name => name.Passed)]);
        }
    }

    private static IEnumerable<Resource> Own(DeploymentModel model) =>
    [
        .. MakesCertificate(model) ? [CertificateOf(model)] : ImmutableArray<Resource>.Empty,
        .. model.Settings.Edge.Waf && !model.Ingresses.IsEmpty ? [new Resource("WebAcl", Firewall(model))] : ImmutableArray<Resource>.Empty,
        .. model.Settings.Edge.Protection && !model.Ingresses.IsEmpty ? Buckets.Private("AccessLogBucket", name: null, DaysOfLogs, Delivery()) : [],
    ];

    /// <summary>Whether the certificate is ours.</summary>
    public static bool MakesCertificate(DeploymentModel model) =>
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

    private static IEnumerable<LoadBalancerAlias> Aliases(DeploymentModel model) => model.Settings.Edge.HostedZoneId is null ? [] :
        model.Ingresses
            .SelectMany(ingress => Hosts([ingress], model.Settings.Edge.Domain).Select(host => new LoadBalancerAlias(host, new LoadBalancerName(ingress.Name))))
            .DistinctBy(alias => alias.Host);

    /// <summary>Under which names visitors come; a rule without one answers for the domain.</summary>
    public static ImmutableArray<string> Hosts(ImmutableArray<IngressModel> ingresses, string? domain) =>
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
