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
    private readonly bool _answersByConvention;
    private readonly List<(string Probe, string Action, string Source)> _told = [];

    private ProbeRules(KnownResource known, WorkloadPorts ports, Findings findings)
    {
        _known = known;
        _ports = ports;
        _findings = findings;

        // Whoever names one path knows what the application answers: where he says nothing, nothing is taken for granted. A management port is
        // ServiceDefaults', which answers all.
        _answersByConvention = known.IsProject
            && (known.Settings.ManagementPort is not null
                || (known.Hints is { Startup: null, Readiness: null, Liveness: null }
                    && known.Settings is { Startup: not { Path: not null }, Readiness: not { Path: not null }, Liveness: not { Path: not null } }));
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
            rules.Probe("startup", known.Settings.Startup ?? AtStart(known.Settings.Liveness, known.Hints.Startup is not null), known.Hints.Startup ?? AtStart(known.Hints.Liveness), "/alive", new ProbeModel(new ProbeAction.Tcp(0), 0, 2, 1, startFailures, 1)),
            rules.Probe("readiness", known.Settings.Readiness, known.Hints.Readiness, "/health", new ProbeModel(new ProbeAction.Tcp(0), 0, 5, 2, 3, 1)),
            rules.Probe("liveness", known.Settings.Liveness, known.Hints.Liveness, "/alive", new ProbeModel(new ProbeAction.Tcp(0), 0, 10, 2, known.IsProject ? 3 : 6, 1)));
        rules.Tell();
        return probes;
    }

    // What answers for its life answers when it has started; the numbers are others.
    private static ProbeHint? AtStart(ProbeHint? liveness) => liveness is null ? null : new ProbeHint(liveness.Path, liveness.Binding) { Scheme = liveness.Scheme };

    private static ProbeSettings? AtStart(ProbeSettings? liveness, bool hasHint) =>
        hasHint || liveness?.Path is null ? null : new ProbeSettings { Path = liveness.Path, Port = liveness.Port };

    private ProbeModel? Probe(string name, ProbeSettings? setting, ProbeHint? hint, string path, ProbeModel usual)
    {
        var probe = setting is not null ? OfSetting(name, setting, usual) : hint is not null ? OfHint(name, hint, usual) : ByConvention(path, usual);
        var source = setting is not null ? "by setting" : hint is not null ? "by hint" : "by convention";
        _told.Add((name, ActionIn(probe), probe is null && setting is null ? "" : source));
        return probe;
    }

    private void Tell()
    {
        if (_told.TrueForAll(told => told.Source.Length == 0))
        {
            _findings.Note(_known.Name, "No probes, as it has no port that could be asked.");
            return;
        }

        var sources = _told.GroupBy(told => told.Source).Select(source => string.Join(", ", source
            .GroupBy(told => told.Action)
            .Select(same => same.Count() == _told.Count ? same.Key : $"{string.Join(" and ", same.Select(told => told.Probe))} {same.Key}")) + (source.Key.Length == 0 ? "" : " " + source.Key));
        var isGuess = _told.Exists(told => told.Source == "by convention" && told.Action.StartsWith('/'));
        _findings.Note(_known.Name, $"Probes: {string.Join("; ", sources)}{(isGuess ? "; it has to answer there in Production too, which Aspire's template does not" : "")}.");
    }

    private static string ActionIn(ProbeModel? probe) => probe?.Action switch
    {
        ProbeAction.Http http => string.Create(CultureInfo.InvariantCulture, $"{http.Path} on {http.Port}"),
        ProbeAction.Tcp tcp => string.Create(CultureInfo.InvariantCulture, $"TCP {tcp.Port}"),
        _ => "none",
    };

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
            setting.Path is null ? new ProbeAction.Tcp(number) : Http(name, setting.Path, number),
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
            isManaged ? new ProbeAction.Http(hint.Path, HttpPort() ?? 0, Tls: false)
                : binding.Port.Application == PortApplication.Http2 ? Http(name, hint.Path, HttpPort() ?? binding.Port.ContainerPort)
                : new ProbeAction.Http(hint.Path, binding.Port.ContainerPort, hint.Scheme == "https" && binding.Tls),
            hint.InitialDelaySeconds ?? usual.InitialDelaySeconds,
            hint.PeriodSeconds ?? usual.PeriodSeconds,
            hint.TimeoutSeconds ?? usual.TimeoutSeconds,
            hint.FailureThreshold ?? usual.FailureThreshold,
            name == "readiness" ? hint.SuccessThreshold ?? usual.SuccessThreshold : 1);
    }

    private ProbeAction Http(string name, string path, int port)
    {
        if (_ports.Ports.All(known => known.ContainerPort != port || known.Udp || known.Application != PortApplication.Http2))
        {
            return new ProbeAction.Http(path, port, Tls: false);
        }

        _findings.Note(_known.Name, string.Create(
            CultureInfo.InvariantCulture,
            $"The {name} probe does not ask {path}: port {port} speaks HTTP/2 without TLS, and the kubelet HTTP/1.1. It only connects; a port of HTTP/1.1 can be named with resources.{_known.Name}.{name}.port."));
        return new ProbeAction.Tcp(port);
    }

    private ProbeModel? ByConvention(string path, ProbeModel usual)
    {
        if (_answersByConvention && HttpPort() is { } http)
        {
            return usual with { Action = new ProbeAction.Http(path, http, Tls: false) };
        }

        return _ports.FirstTcp is { } tcp ? usual with { Action = new ProbeAction.Tcp(tcp.ContainerPort) } : null;
    }

    // The kubelet asks by HTTP/1.1, which a port of HTTP/2 without TLS does not answer.
    private int? HttpPort() =>
        (_known.IsProject ? _known.Settings.ManagementPort : null) ?? _ports.Ports.FirstOrDefault(port => port.Application == PortApplication.Http && !port.Management)?.ContainerPort;
}
