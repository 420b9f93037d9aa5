using System.Collections.Immutable;
using Platform.Deploy.Manifests;

namespace Platform.Deploy.Model;

/// <summary>Gives every binding its container port and its service port, by the rules of <c>docs/manifest.md</c>.</summary>
internal sealed class PortBinder
{
    private const int ProjectPort = 8080;
    private const int FirstOther = 8000;

    private readonly KnownResource _known;
    private readonly ManifestResource.Workload _workload;
    private readonly Findings _findings;
    private readonly bool _tlsEndsInFront;
    private readonly HashSet<int> _taken;
    private readonly List<PortModel> _ports = [];
    private readonly Dictionary<string, BoundBinding> _bindings = new(StringComparer.Ordinal);

    private PortBinder(KnownResource known, ManifestResource.Workload workload, Findings findings)
    {
        _known = known;
        _workload = workload;
        _findings = findings;
        _tlsEndsInFront = known.IsProject && !KestrelCertificate.IsConfigured(workload.Env.Keys.Concat(known.Settings.Env.Keys));
        _taken = [.. workload.Bindings.Select(FixedTarget).OfType<int>()];
        if (known.Settings.ManagementPort is { } management)
        {
            _ = _taken.Add(management);
        }
    }

    public static ImmutableDictionary<string, WorkloadPorts> Bind(KnownResources resources, Findings findings)
    {
        var all = ImmutableDictionary.CreateBuilder<string, WorkloadPorts>(StringComparer.Ordinal);
        foreach (var known in resources.All)
        {
            if (known.Running is { } workload)
            {
                all.Add(known.Name, new PortBinder(known, workload, findings).Bind());
            }
        }

        return all.ToImmutable();
    }

    private WorkloadPorts Bind()
    {
        foreach (var binding in _workload.Bindings.Where(binding => !IsAlias(binding)))
        {
            Add(binding);
        }

        foreach (var binding in _workload.Bindings.Where(IsAlias))
        {
            var http = _workload.Bindings.First(IsHttp);
            Rename(_bindings[http.Name].Port, binding.Name);
            _bindings[binding.Name] = new BoundBinding("http", _bindings[http.Name].Port, binding.External);
            _findings.Note(_known.Name, $"TLS ends in front of the container: inside the cluster the binding '{binding.Name}' is '{http.Name}', without TLS.");
        }

        AddManagement();
        return new WorkloadPorts(Names.Workload(_known.Name), [.. _ports], _bindings.ToImmutableDictionary(StringComparer.Ordinal));
    }

    private void Add(ManifestBinding binding)
    {
        var scheme = binding.Scheme;
        if (_tlsEndsInFront && scheme == "https")
        {
            scheme = "http";
            _findings.Note(_known.Name, $"TLS ends in front of the container: the binding '{binding.Name}' is served without TLS, because the container has no certificate.");
        }

        var container = FixedTarget(binding) ?? Chosen(scheme);
        var udp = binding.Protocol == BindingProtocol.Udp;
        var application = scheme == "https" || udp ? PortApplication.Tcp : ApplicationOf(binding.Transport);
        var port = new PortModel(Names.Port(binding.Name), container, ServicePort(binding, scheme, container), udp, application) { Bindings = [binding.Name] };
        _bindings[binding.Name] = new BoundBinding(scheme, Placed(port, binding.Name), binding.External);
    }

    // One port of the container may have several bindings; they are reached through the port of the first.
    private PortModel Placed(PortModel port, string binding)
    {
        if (_ports.Find(other => other.ContainerPort == port.ContainerPort && other.Udp == port.Udp) is { } same)
        {
            if (same.Application != port.Application)
            {
                _findings.Add(WorkloadProblems.PortSpeaksTwice(_known.Name, port.ContainerPort, same.Bindings[0], binding));
            }
            else if (same.ServicePort != port.ServicePort)
            {
                _findings.Note(_known.Name, $"The binding '{binding}' is reached through port {same.ServicePort}, as '{same.Bindings[0]}' is: both are port {port.ContainerPort} of the container.");
            }

            return Rename(same, binding);
        }

        if (_ports.Find(other => other.ServicePort == port.ServicePort && other.Udp == port.Udp) is { } clash)
        {
            _findings.Add(WorkloadProblems.ServicePortTwice(_known.Name, port.ServicePort, clash.Bindings[0], binding));
        }
        else
        {
            _ports.Add(port);
        }

        return port;
    }

    // The port stands for one more binding; all that point to it have to see the same record.
    private PortModel Rename(PortModel port, string binding)
    {
        var grown = port with { Bindings = [.. port.Bindings.Append(binding).Order(StringComparer.Ordinal)] };
        if (_ports.IndexOf(port) is >= 0 and var index)
        {
            _ports[index] = grown;
        }

        foreach (var (name, bound) in _bindings.Where(entry => entry.Value.Port == port).ToList())
        {
            _bindings[name] = bound with { Port = grown };
        }

        return grown;
    }

    private void AddManagement()
    {
        // Where a binding has this port already, others may come there: it stays what the application made it.
        if (_known.Settings.ManagementPort is not { } management || _ports.Exists(port => port.ContainerPort == management && !port.Udp))
        {
            return;
        }

        const string usual = "management";
        var name = _ports.Exists(port => port.Name == usual) ? Names.Port($"{usual}.port") : usual;
        _ports.Add(new PortModel(name, management, management, Udp: false, PortApplication.Http) { Bindings = [], Management = true });
    }

    private bool IsAlias(ManifestBinding binding) =>
        _tlsEndsInFront && binding is { Scheme: "https", TargetPort: null, Protocol: BindingProtocol.Tcp } && _workload.Bindings.Any(IsHttp);

    private static bool IsHttp(ManifestBinding binding) => binding is { Scheme: "http", Protocol: BindingProtocol.Tcp };

    // A container listens on its port where it has no target port; a project is told where to listen.
    private int? FixedTarget(ManifestBinding binding) => binding.TargetPort ?? (_known.IsProject ? null : binding.Port);

    private int Chosen(string scheme)
    {
        if ((scheme == "http" || !_known.IsProject) && _taken.Add(ProjectPort))
        {
            return ProjectPort;
        }

        var free = FirstOther;
        while (!_taken.Add(free))
        {
            free++;
        }

        return free;
    }

    private int ServicePort(ManifestBinding binding, string scheme, int container)
    {
        if ((binding.Port ?? binding.TargetPort) is { } said)
        {
            return said;
        }

        var byScheme = scheme switch { "http" => 80, "https" => 443, _ => container };
        return _ports.Exists(port => port.ServicePort == byScheme && !port.Udp) ? container : byScheme;
    }

    private static PortApplication ApplicationOf(BindingTransport transport) => transport switch
    {
        BindingTransport.Http => PortApplication.Http,
        BindingTransport.Http2 => PortApplication.Http2,
        _ => PortApplication.Tcp,
    };
}

/// <summary>Says whether a project was given a certificate for its HTTPS endpoints.</summary>
internal static class KestrelCertificate
{
    /// <summary>By Kestrel's configuration, such as <c>Kestrel__Certificates__Default__Path</c>, with or without <c>ASPNETCORE_</c>.</summary>
    public static bool IsConfigured(IEnumerable<string> variables) =>
        variables.Any(name => name.Contains("Kestrel__", StringComparison.OrdinalIgnoreCase) && name.Contains("__Certificate", StringComparison.OrdinalIgnoreCase));
}
