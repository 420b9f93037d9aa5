using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>A workload as a service of compose, with the small services that stand in for what a cluster does around it.</summary>
internal sealed class ComposeService
{
    private const int FirstFreePort = 1024;

    private readonly DeploymentModel _model;
    private readonly Dictionary<string, ImageModel> _images;
    private readonly Dictionary<string, int> _published;

    public ComposeService(DeploymentModel model)
    {
        _model = model;
        _images = model.Images.ToDictionary(image => image.Resource, StringComparer.Ordinal);
        _published = Published(model);
    }

    public void Write(Utf8JsonWriter json, Workload workload)
    {
        var reached = Reached(workload);
        var listens = ListensItself(workload, reached);
        json.WriteStartObject(workload.Name);
        new ComposeImage(_images).Write(json, workload);
        json.WriteTexts("entrypoint", workload.Command.Select(ComposeNames.Text));
        json.WriteTexts("command", workload.Args.Select(ComposeNames.Text));
        WriteEnvironment(json, workload, listens ? reached : []);
        WriteOrder(json, workload);
        WriteHealth(json, workload);
        json.WriteTexts("ports", Outside(workload).Select(port => PortText(workload, port)));
        WriteStorage(json, workload);
        // Of its own, and those that it, or the service beside it, listens on for others.
        var low = workload.Ports.Select(port => port.ContainerPort).Concat(reached.Select(port => port.ServicePort)).Any(port => port < FirstFreePort);
        WriteIsolation(json, workload, low);
        if (low)
        {
            json.WriteStartObject("sysctls");
            json.WriteString("net.ipv4.ip_unprivileged_port_start", "0");
            json.WriteEndObject();
        }

        json.WriteString("restart", workload.Kind == WorkloadKind.Job ? "no" : "unless-stopped");
        json.WriteTexts("profiles", workload.ExplicitStart ? ["manual"] : []);
        json.WriteEndObject();
        WriteGate(json, workload);
        if (reached.Length > 0 && !listens)
        {
            WritePorts(json, workload, reached);
        }
    }

    // In a cluster a Service leads from its port to the container's; compose connects to the container itself.
    private static ImmutableArray<PortModel> Reached(Workload workload) =>
        [.. workload.Ports.Where(port => !port.Management && !port.Udp && port.ServicePort != port.ContainerPort && !workload.Ports.Any(other => other.ContainerPort == port.ServicePort))];

    // A .NET project listens on several ports if it is told to.
    private static bool ListensItself(Workload workload, ImmutableArray<PortModel> reached) =>
        reached is [{ ContainerPort: var port }] && workload.IsProject && workload.Environment.GetValueOrDefault("HTTP_PORTS") == Value.Of(port);

    private static void WriteEnvironment(Utf8JsonWriter json, Workload workload, ImmutableArray<PortModel> further)
    {
        if (workload.Environment.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("environment");
        foreach (var (name, value) in workload.Environment.Where(variable => !IsOfCluster(variable.Key, variable.Value)))
        {
            var text = ComposeNames.Text(value);
            json.WriteString(name, name == "HTTP_PORTS" && further is [{ } port] ? string.Create(CultureInfo.InvariantCulture, $"{text};{port.ServicePort}") : text);
        }

        json.WriteEndObject();
    }

    // There is no collector and no load balancer on one machine.
    private static bool IsOfCluster(string name, Value value) =>
        name == "KNOWN_PROXIES" || (name == "OTEL_EXPORTER_OTLP_ENDPOINT" && value == Value.Of(Names.TelemetryEndpoint));

    private void WriteOrder(Utf8JsonWriter json, Workload workload)
    {
        var before = _model.Workloads.Where(job => job.Kind == WorkloadKind.Job && job.Wave < workload.Wave && !job.ExplicitStart).Select(job => job.Name).ToList();
        if (Gates(workload).Any())
        {
            before.Add(ComposeNames.Gate(workload.Name));
        }

        WriteDependencies(json, before, "service_completed_successfully");
    }

    private static void WriteDependencies(Utf8JsonWriter json, List<string> services, string condition)
    {
        if (services.Count == 0)
        {
            return;
        }

        json.WriteStartObject("depends_on");
        foreach (var service in services)
        {
            json.WriteStartObject(service);
            json.WriteString("condition", condition);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // Images of .NET have no shell to ask with; of the others nearly all have one of these programs.
    private static void WriteHealth(Utf8JsonWriter json, Workload workload)
    {
        if (workload is not { Image: WorkloadImage.ThirdParty, Readiness: { } probe })
        {
            return;
        }

        var command = probe.Action switch
        {
            ProbeAction.Http http => Asking(string.Create(CultureInfo.InvariantCulture, $"{(http.Tls ? "https" : "http")}://127.0.0.1:{http.Port}{http.Path}")),
            ProbeAction.Tcp tcp => string.Create(CultureInfo.InvariantCulture, $"nc -z 127.0.0.1 {tcp.Port} || bash -c '</dev/tcp/127.0.0.1/{tcp.Port}'"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        json.WriteStartObject("healthcheck");
        json.WriteTexts("test", ["CMD-SHELL", ComposeNames.Escaped(command)]);
        json.WriteString("interval", Seconds(probe.PeriodSeconds));
        json.WriteString("timeout", Seconds(probe.TimeoutSeconds));
        json.WriteNumber("retries", probe.FailureThreshold);
        if (workload.Startup is { } startup)
        {
            json.WriteString("start_period", Seconds(startup.InitialDelaySeconds + (startup.PeriodSeconds * startup.FailureThreshold)));
        }

        json.WriteEndObject();
    }

    private static string Asking(string url) => $"wget -q -O /dev/null '{url}' || curl -fsS -o /dev/null '{url}'";

    private static string Seconds(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}s");

    private static void WriteStorage(Utf8JsonWriter json, Workload workload)
    {
        json.WriteTexts("volumes", workload.Volumes.Select(volume => $"{ComposeNames.Volume(workload, volume)}:{volume.MountPath}{(volume.ReadOnly ? ":ro" : "")}"));
        json.WriteTexts("tmpfs", workload.ReadOnlyRootFilesystem ? workload.WritablePaths.Add("/tmp").Order(StringComparer.Ordinal).Distinct() : []);
        var files = ComposeFile.Of(workload).ToList();
        if (files.Count == 0)
        {
            return;
        }

        json.WriteStartArray("configs");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("source", file.Name);
            json.WriteString("target", file.Target);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIsolation(Utf8JsonWriter json, Workload workload, bool listensLow)
    {
        json.WriteString("user", string.Create(CultureInfo.InvariantCulture, $"{workload.UserId}:{workload.UserId}"));
        json.WriteBoolean("read_only", workload.ReadOnlyRootFilesystem);
        // Not every engine lets everybody listen below 1024, and Linux does not start a program that has the capability in the file system and cannot get it.
        json.WriteTexts("cap_add", listensLow || workload.NetBindService ? ["NET_BIND_SERVICE"] : []);
        WriteNoPrivileges(json);
    }

    private static void WriteNoPrivileges(Utf8JsonWriter json)
    {
        json.WriteTexts("cap_drop", ["ALL"]);
        json.WriteTexts("security_opt", ["no-new-privileges:true"]);
    }

    private static IEnumerable<FlowModel> Gates(Workload workload) => workload.Gates.Where(gate => !gate.Udp);

    private void WriteGate(Utf8JsonWriter json, Workload workload)
    {
        var gates = Gates(workload).ToList();
        if (gates.Count == 0)
        {
            return;
        }

        var all = string.Join(" && ", gates.Select(gate => string.Create(CultureInfo.InvariantCulture, $"nc -z -w 2 {gate.Target} {gate.ContainerPort}")));
        json.WriteStartObject(ComposeNames.Gate(workload.Name));
        json.WriteString("image", _model.Settings.Images.GateImage);
        json.WriteTexts("command", ["sh", "-c", $"until {all}; do sleep 1; done"]);
        WriteDependencies(json, [.. gates.Select(gate => gate.Target).Distinct(StringComparer.Ordinal)], "service_started");
        json.WriteString("user", "65532:65532");
        json.WriteBoolean("read_only", true);
        WriteNoPrivileges(json);
        json.WriteString("restart", "no");
        json.WriteTexts("profiles", workload.ExplicitStart ? ["manual"] : []);
        json.WriteEndObject();
    }

    private void WritePorts(Utf8JsonWriter json, Workload workload, ImmutableArray<PortModel> ports)
    {
        var all = string.Concat(ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"nc -lk -p {port.ServicePort} -e nc 127.0.0.1 {port.ContainerPort} & ")));
        json.WriteStartObject(ComposeNames.Ports(workload.Name));
        json.WriteString("image", _model.Settings.Images.GateImage);
        json.WriteTexts("command", ["sh", "-c", $"{all}wait"]);
        json.WriteString("network_mode", $"service:{workload.Name}");
        json.WriteString("user", "65532:65532");
        json.WriteBoolean("read_only", true);
        WriteNoPrivileges(json);
        json.WriteString("restart", "unless-stopped");
        json.WriteTexts("profiles", workload.ExplicitStart ? ["manual"] : []);
        json.WriteEndObject();
    }

    private IEnumerable<PortModel> Outside(Workload workload) =>
        workload.Ports.Where(port => _published.ContainsKey(PortKey(workload.Name, port)));

    private string PortText(Workload workload, PortModel port) =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_published[PortKey(workload.Name, port)]}:{port.ContainerPort}{(port.Udp ? "/udp" : "")}");

    private static string PortKey(string workload, PortModel port) => string.Create(CultureInfo.InvariantCulture, $"{workload}:{port.ContainerPort}");

    // What is reachable from outside is reachable from this machine, each on a port of its own that needs no privilege.
    private static Dictionary<string, int> Published(DeploymentModel model)
    {
        var published = new Dictionary<string, int>(StringComparer.Ordinal);
        var taken = new HashSet<int>();
        foreach (var rule in model.Ingresses.SelectMany(ingress => ingress.Rules))
        {
            Publish(rule.Workload, rule.Port);
        }

        foreach (var workload in model.Workloads)
        {
            foreach (var port in workload.ExternalPorts)
            {
                Publish(workload.Name, port);
            }
        }

        return published;

        void Publish(string workload, PortModel port)
        {
            if (published.ContainsKey(PortKey(workload, port)))
            {
                return;
            }

            var wanted = port.ServicePort >= FirstFreePort ? port.ServicePort : Math.Max(port.ContainerPort, FirstFreePort);
            while (!taken.Add(wanted))
            {
                wanted++;
            }

            published.Add(PortKey(workload, port), wanted);
        }
    }
}
