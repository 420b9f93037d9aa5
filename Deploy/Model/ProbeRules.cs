using System.Globalization;
using Platform.Deploy.Manifests;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>The probes of one workload. Null: none.</summary>
internal sealed record BoundProbes(ProbeModel? Startup, ProbeModel? Readiness, ProbeModel? Liveness)
{
    public static readonly BoundProbes None = new(null, null, null);
}

/// <summary>What asks a workload how it is: a setting, else a hint, else convention.</summary>
internal sealed class ProbeRules
{
    private readonly KnownResource _known;
    private readonly WorkloadPorts _ports;
    private readonly Findings _findings;
    private readonly bool _pathsAreKnown;
    private readonly List<string> _told = [];

    private ProbeRules(KnownResource known, WorkloadPorts ports, Findings findings)
    {
        _known = known;
        _ports = ports;
        _findings = findings;

        // Whoever names one path knows what the application answers: where he says nothing, nothing is taken for granted.
        _pathsAreKnown = known.Hints is { Startup: null, Readiness: null, Liveness: null }
            && known.Settings is { Startup: not { Path: not null }, Readiness: not { Path: not null }, Liveness: not { Path: not null } };
    }

    public static BoundProbes Of(KnownResource known, WorkloadKind kind, WorkloadPorts ports, Profile profile, Findings findings)
    {
        if (kind == WorkloadKind.Job)
        {
            return BoundProbes.None;
        }

        var rules = new ProbeRules(known, ports, findings);

        // A project is up in a minute or two; a database that makes its files at the first start may take five.
        var startFailures = !known.IsProject ? 150 : profile == Profile.Production ? 60 : 30;
        var probes = new BoundProbes(
            rules.Probe("startup", known.Settings.Startup, known.Hints.Startup, "/alive", new ProbeModel(new ProbeAction.Tcp(0), 0, 2, 1, startFailures, 1)),
            rules.Probe("readiness", known.Settings.Readiness, known.Hints.Readiness, "/health", new ProbeModel(new ProbeAction.Tcp(0), 0, 5, 2, 3, 1)),
            rules.Probe("liveness", known.Settings.Liveness, known.Hints.Liveness, "/alive", new ProbeModel(new ProbeAction.Tcp(0), 0, 10, 2, known.IsProject ? 3 : 6, 1)));
        findings.Note(known.Name, $"Probes: {string.Join(", ", rules._told)}.");
        if (rules._told.Exists(told => told.EndsWith("(convention)", StringComparison.Ordinal) && told.Contains(" /", StringComparison.Ordinal)))
        {
            findings.Note(known.Name, "It has to answer these paths in Production too, which Aspire's template does in Development only.");
        }

        return probes;
    }

    private ProbeModel? Probe(string name, ProbeSettings? setting, ProbeHint? hint, string path, ProbeModel usual)
    {
        var probe = setting is not null ? OfSetting(name, setting, usual) : hint is not null ? OfHint(name, hint, usual) : ByConvention(path, usual);
        var source = setting is not null ? "setting" : hint is not null ? "hint" : "convention";
        _told.Add(probe switch
        {
            null when setting is { Disabled: true } => $"no {name} (setting)",
            null => $"no {name} (no port)",
            { Action: ProbeAction.Http http } => string.Create(CultureInfo.InvariantCulture, $"{name} {http.Path} on {http.Port} ({source})"),
            { Action: ProbeAction.Tcp tcp } => string.Create(CultureInfo.InvariantCulture, $"{name} TCP {tcp.Port} ({source})"),
            _ => name,
        });
        return probe;
    }

    private ProbeModel? OfSetting(string name, ProbeSettings setting, ProbeModel usual)
    {
        if (setting.Disabled)
        {
            return null;
        }

        var port = setting.Port ?? (setting.Path is null ? _ports.FirstTcp?.ContainerPort : HttpPort());
        if (port is not { } number)
        {
            _findings.Add(WorkloadProblems.ProbeWithoutPort(_known.Name, name));
            return null;
        }

        return new ProbeModel(
            setting.Path is null ? new ProbeAction.Tcp(number) : new ProbeAction.Http(setting.Path, number, Tls: false),
            setting.InitialDelaySeconds ?? usual.InitialDelaySeconds,
            setting.PeriodSeconds ?? usual.PeriodSeconds,
            setting.TimeoutSeconds ?? usual.TimeoutSeconds,
            setting.FailureThreshold ?? usual.FailureThreshold,
            usual.SuccessThreshold);
    }

    private ProbeModel? OfHint(string name, ProbeHint hint, ProbeModel usual)
    {
        if (!_ports.Bindings.TryGetValue(hint.Binding, out var binding))
        {
            // Reported while the manifest was read.
            return null;
        }

        var isManaged = _known.IsProject && _ports.Management is not null;
        return new ProbeModel(
            isManaged ? new ProbeAction.Http(hint.Path, HttpPort() ?? 0, Tls: false) : new ProbeAction.Http(hint.Path, binding.Port.ContainerPort, hint.Scheme == "https" && binding.Tls),
            hint.InitialDelaySeconds ?? usual.InitialDelaySeconds,
            hint.PeriodSeconds ?? usual.PeriodSeconds,
            hint.TimeoutSeconds ?? usual.TimeoutSeconds,
            hint.FailureThreshold ?? usual.FailureThreshold,
            name == "readiness" ? hint.SuccessThreshold ?? usual.SuccessThreshold : 1);
    }

    private ProbeModel? ByConvention(string path, ProbeModel usual)
    {
        if (_known.IsProject && _pathsAreKnown && HttpPort() is { } http)
        {
            return usual with { Action = new ProbeAction.Http(path, http, Tls: false) };
        }

        return _ports.FirstTcp is { } tcp ? usual with { Action = new ProbeAction.Tcp(tcp.ContainerPort) } : null;
    }

    // The kubelet asks by HTTP/1.1, which a port of HTTP/2 without TLS does not answer.
    private int? HttpPort() =>
        (_known.IsProject ? _known.Settings.ManagementPort : null) ?? _ports.Ports.FirstOrDefault(port => port.Application == PortApplication.Http && !port.Management)?.ContainerPort;
}
