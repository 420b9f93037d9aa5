using System.Collections.Immutable;
using System.Globalization;
using k8s;
using k8s.Models;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>Visitors' HTTP: an Ingress for each load balancer, and the class that all of them have in common.</summary>
internal static class IngressObjects
{
    private const string ClassName = "alb";
    private const string Alb = "alb.ingress.kubernetes.io/";
    private const string TlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

    /// <summary>IngressClassParams and IngressClass; nothing where nobody comes by HTTP.</summary>
    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Class(ObjectContext context)
    {
        if (context.Model.Ingresses.IsEmpty)
        {
            yield break;
        }

        var name = context.ClusterWide(ClassName);
        var (apiGroup, version) = context.AutoMode ? ("eks.amazonaws.com", "v1") : ("elbv2.k8s.aws", "v1beta1");
        yield return new IngressClassParams
        {
            ApiVersion = $"{apiGroup}/{version}",
            Metadata = new V1ObjectMeta { Name = name, Labels = Labels.Shared(context) },
            Spec = new IngressClassParamsSpec
            {
                Scheme = context.Settings.Edge.InternetFacing ? "internet-facing" : "internal",
                IpAddressType = "ipv4",
                NamespaceSelector = new V1LabelSelector { MatchLabels = Labels.Pair("kubernetes.io/metadata.name", context.Namespace) },
                Subnets = new SubnetsById([.. context.LoadBalancerSubnets.Select(PodEnvironment.Raw)]),
                InboundCidrs = context.Settings.Edge.InboundCidrs,
                SslPolicy = context.Model.Ingresses.Any(ingress => ingress.Tls) ? TlsPolicy : null,
                TargetType = context.AutoMode ? null : "ip",
                LoadBalancerAttributes =
                [
                    new LoadBalancerAttribute("deletion_protection.enabled", context.Settings.Edge.Protection ? "true" : "false"),
                    new LoadBalancerAttribute("routing.http.drop_invalid_header_fields.enabled", "true"),
                ],
            },
        };
        yield return new V1IngressClass
        {
            ApiVersion = "networking.k8s.io/v1",
            Kind = "IngressClass",
            Metadata = new V1ObjectMeta { Name = name, Labels = Labels.Shared(context) },
            Spec = new V1IngressClassSpec
            {
                Controller = context.AutoMode ? "eks.amazonaws.com/alb" : "ingress.k8s.aws/alb",
                Parameters = new V1IngressClassParametersReference { ApiGroup = apiGroup, Kind = "IngressClassParams", Name = name },
            },
        };
    }

    public static V1Ingress Of(ObjectContext context, IngressModel ingress)
    {
        var metadata = context.Metadata(ingress.Name, Labels.Shared(context).Add(Labels.Name, ingress.Name));
        metadata.Annotations = Annotations(context, ingress);
        return new V1Ingress
        {
            ApiVersion = "networking.k8s.io/v1",
            Kind = "Ingress",
            Metadata = metadata,
            Spec = new V1IngressSpec
            {
                IngressClassName = context.ClusterWide(ClassName),
                // The certificate is the load balancer's; this only says for which hosts there is one.
                Tls = ingress.Tls && Hosts(ingress) is { Length: > 0 } hosts ? [new V1IngressTLS { Hosts = hosts }] : null,
                Rules =
                [
                    .. ingress.Rules.GroupBy(rule => rule.Host ?? "", StringComparer.Ordinal).OrderBy(rules => rules.Key.Length == 0).ThenBy(rules => rules.Key, StringComparer.Ordinal)
                        .Select(rules => new V1IngressRule { Host = rules.Key.Length == 0 ? null : rules.Key, Http = new V1HTTPIngressRuleValue { Paths = [.. Paths(context, rules)] } }),
                ],
            },
        };
    }

    /// <summary>Outputs of stacks that the class names.</summary>
    public static IEnumerable<LateValue> ClassLateValues(ObjectContext context) => context.LoadBalancerSubnets.OfType<Value.Late>().Select(late => late.Source);

    /// <summary>Outputs of stacks that an Ingress names.</summary>
    public static IEnumerable<LateValue> LateValues(ObjectContext context, IngressModel ingress)
    {
        foreach (var late in (ingress.Certificate?.Flat ?? []).OfType<Value.Late>())
        {
            yield return late.Source;
        }

        if (context.Settings.Edge.Waf)
        {
            yield return StackOutput.WebAclArn;
        }

        if (context.Settings.Edge.Protection)
        {
            yield return StackOutput.AccessLogBucket;
        }
    }

    private static ImmutableArray<string> Hosts(IngressModel ingress) => [.. ingress.Rules.Select(rule => rule.Host).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    // The longest path first, as the load balancer tries them in their order.
    private static IEnumerable<V1HTTPIngressPath> Paths(ObjectContext context, IEnumerable<IngressRule> rules) =>
        rules.OrderByDescending(rule => rule.Path.Length).ThenBy(rule => rule.Path, StringComparer.Ordinal).Select(rule => new V1HTTPIngressPath
        {
            Path = rule.Path,
            PathType = "Prefix",
            Backend = new V1IngressBackend
            {
                Service = new V1IngressServiceBackend { Name = ServiceObjects.BackendName(context, rule), Port = new V1ServiceBackendPort { Name = rule.Port.Name } },
            },
        });

    private static ImmutableSortedDictionary<string, string> Annotations(ObjectContext context, IngressModel ingress)
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        annotations.Add(Alb + "listen-ports", ingress.Tls ? """[{"HTTP":80},{"HTTPS":443}]""" : """[{"HTTP":80}]""");
        annotations.Add(Alb + "load-balancer-attributes", LoadBalancerAttributes(context, ingress));
        if (ingress is { Tls: true, Certificate: { } certificate })
        {
            annotations.Add(Alb + "certificate-arn", PodEnvironment.Raw(certificate));
            annotations.Add(Alb + "ssl-redirect", "443");
        }

        if (context.Settings.Edge.Waf)
        {
            annotations.Add(Alb + "wafv2-acl-arn", StackOutput.WebAclArn.ToString());
        }

        return annotations.ToImmutable();
    }

    private static string LoadBalancerAttributes(ObjectContext context, IngressModel ingress)
    {
        var idle = string.Create(CultureInfo.InvariantCulture, $"idle_timeout.timeout_seconds={ingress.Rules.Max(rule => rule.IdleTimeoutSeconds)}");
        return context.Settings.Edge.Protection ? $"access_logs.s3.bucket={StackOutput.AccessLogBucket},access_logs.s3.enabled=true,{idle}" : idle;
    }
}
