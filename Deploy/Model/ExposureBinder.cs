using System.Collections.Immutable;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>Says under which host and path visitors find what is external and HTTP.</summary>
internal sealed class ExposureBinder(KnownResources resources, EnvironmentSettings settings, Names names, Findings findings)
{
    private const int UsualIdleSeconds = 60;

    // What an ALB asks a gRPC service by default; the answer that it does not know the method is enough.
    private const string GrpcHealthPath = "/AWS.ALB/healthcheck";

    public ImmutableArray<IngressModel> Bind(ImmutableDictionary<string, WorkloadPorts> ports, ImmutableArray<Workload> workloads)
    {
        var exposed = workloads.SelectMany(workload => Exposed(workload, ports[workload.Resource])).ToList();
        if (exposed.Count == 0)
        {
            return [];
        }

        var certificate = Certificate();
        if (certificate is null && !settings.Edge.AllowHttp)
        {
            findings.Add(ExposureProblems.NoTls([.. exposed.Select(one => one.Known.Name).Distinct()], settings.Environment));
        }

        var bare = exposed.Count(one => one.Known.Settings is { Hosts.IsEmpty: true, Path: null or "/" });
        var rules = exposed.SelectMany(one => Rules(one, bare > 1).Select(rule => (One: one, Rule: rule))).ToList();
        CheckHosts(rules.Select(item => (item.One.Known, item.Rule)));
        CheckAddresses(rules.Select(item => (item.One.Known, item.Rule)));
        if (rules.DistinctBy(item => (item.Rule.Host, item.Rule.Path)).Count() == rules.Count)
        {
            return [Ingress(names.Application, rules.Select(item => item.Rule), certificate)];
        }

        foreach (var one in exposed)
        {
            findings.Note(one.Known.Name, "It has a load balancer of its own, which costs by the hour: without a domain, or with equal hosts and paths, external resources cannot share one.");
        }

        return
        [
            .. rules
                .GroupBy(item => item.One.Name, item => item.Rule, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Ingress(group.Key, group, certificate)),
        ];
    }

    private static IngressModel Ingress(string name, IEnumerable<IngressRule> rules, Value? certificate) => new(
        name,
        [.. rules.OrderBy(rule => rule.Host, StringComparer.Ordinal).ThenBy(rule => rule.Path, StringComparer.Ordinal).ThenBy(rule => rule.Workload, StringComparer.Ordinal)])
    {
        Tls = certificate is not null,
        Certificate = certificate,
    };

    private Value? Certificate() => settings.Edge switch
    {
        { CertificateArn: { } arn } => Value.Of(arn),
        { Domain: not null, HostedZoneId: not null } => new Value.Late(StackOutput.CertificateArn),
        _ => null,
    };

    // One for each port: the bindings http and https of a project are the same port, and the load balancer decides which of them visitors see.
    private IEnumerable<Exposure> Exposed(Workload workload, WorkloadPorts ports)
    {
        if (workload.Kind == WorkloadKind.Job || resources.Find(workload.Resource) is not { } known)
        {
            yield break;
        }

        var open = ports.Bindings.Values.Where(binding => binding.External).Select(binding => binding.Port).ToHashSet();
        var first = true;
        foreach (var port in ports.Ports.Where(port => open.Contains(port) && port.Application is PortApplication.Http or PortApplication.Http2))
        {
            yield return new Exposure(known, workload, port, first ? workload.Name : Names.Label(workload.Name, port.Name), first);
            first = false;
        }
    }

    private IEnumerable<IngressRule> Rules(Exposure one, bool named)
    {
        var said = one.Known.Settings;
        var path = one.IsFirst ? said.Path ?? "/" : "/";
        var usual = settings.Edge.Domain is { } domain && (named || !one.IsFirst) && path == "/" ? $"{one.Name}.{domain}" : settings.Edge.Domain;
        var hosts = one.IsFirst && said.Hosts.Length > 0 ? said.Hosts.Select(host => host.ToLowerInvariant()).Distinct() : Enumerable.Repeat(usual, 1);
        var readiness = one.Workload.Readiness?.Action as ProbeAction.Http;
        return hosts.Select(host => new IngressRule(host, path, one.Workload.Name, one.Port)
        {
            StickySessions = said.StickySessions,
            IdleTimeoutSeconds = said.IdleTimeoutSeconds ?? UsualIdleSeconds,
            HealthCheckPath = readiness is not null ? WithoutQuery(readiness.Path) : one.Port.Application == PortApplication.Http2 ? GrpcHealthPath : "/",
            HealthCheckPort = readiness?.Port ?? one.Port.ContainerPort,
        });
    }

    // In the zone of the domain are the records that lead to the load balancers, and those that prove the certificate of the edge stack.
    private void CheckHosts(IEnumerable<(KnownResource Known, IngressRule Rule)> rules)
    {
        if (settings.Edge is not { Domain: { } domain, HostedZoneId: not null })
        {
            return;
        }

        foreach (var (known, rule) in rules)
        {
            if (rule.Host is { } host && host != domain && !host.EndsWith("." + domain, StringComparison.Ordinal))
            {
                findings.Add(ExposureProblems.HostOutsideOfDomain(known.Name, host, domain, ownCertificate: settings.Edge.CertificateArn is not null));
            }
        }
    }

    // A name leads to one load balancer. Without names each has its own.
    private void CheckAddresses(IEnumerable<(KnownResource Known, IngressRule Rule)> rules)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (known, rule) in rules.Where(item => item.Rule.Host is not null))
        {
            var address = $"{rule.Host}{rule.Path}";
            if (!first.TryAdd(address, known.Name))
            {
                findings.Add(ExposureProblems.SameAddress(first[address], known.Name, address));
            }
        }
    }

    private static string WithoutQuery(string path) => path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? path[..query] : path;

    /// <param name="Name">Of an ingress of its own, and first part of a host.</param>
    /// <param name="IsFirst">Hosts and path of the settings are meant for it.</param>
    private sealed record Exposure(KnownResource Known, Workload Workload, PortModel Port, string Name, bool IsFirst);
}
