using System.Collections.Immutable;
using System.Globalization;
using k8s.Models;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>The container of a workload, and the ones that hold it back until others take connections.</summary>
internal static class PodContainers
{
    public static V1Container OfWorkload(ObjectContext context, Workload workload, PodEnvironment environment, PodVolumes volumes) => new()
    {
        Name = workload.Name,
        Image = workload.Image switch
        {
            WorkloadImage.Built built => ImageDigest.Reference(built),
            WorkloadImage.ThirdParty other => context.ThirdPartyImage(other.Reference),
            _ => throw new System.Diagnostics.UnreachableException(),
        },
        // The registry is asked each time, so that nobody runs an image from a node's cache that he may not pull.
        ImagePullPolicy = "Always",
        Command = Texts(workload, workload.Command),
        Args = Texts(workload, workload.Args),
        EnvFrom = environment.Config.IsEmpty ? null : [new V1EnvFromSource { ConfigMapRef = new V1ConfigMapEnvSource { Name = ConfigurationObjects.ConfigName(workload) } }],
        Env = environment.Variables.IsEmpty ? null : environment.Variables,
        Ports = workload.Ports.IsEmpty
            ? null
            : [.. workload.Ports.Select(port => new V1ContainerPort { Name = port.Name, ContainerPort = port.ContainerPort, Protocol = port.Udp ? "UDP" : "TCP" })],
        Resources = new V1ResourceRequirements
        {
            Requests = Quantities.Of(workload.Size.CpuRequest, workload.Size.MemoryRequest, workload.Size.EphemeralRequest),
            Limits = Quantities.Of(workload.Size.CpuLimit, workload.Size.MemoryLimit, workload.Size.EphemeralLimit),
        },
        StartupProbe = Probe(workload, workload.Startup),
        ReadinessProbe = Probe(workload, workload.Readiness),
        LivenessProbe = Probe(workload, workload.Liveness),
        Lifecycle = Drains(workload) ? new V1Lifecycle { PreStop = new V1LifecycleHandler { Sleep = new V1SleepAction { Seconds = context.Values.DrainSeconds } } } : null,
        SecurityContext = Restricted(workload.ReadOnlyRootFilesystem, workload.NetBindService),
        VolumeMounts = volumes.Mounts,
    };

    /// <summary>Ends once a service takes connections. Kubernetes starts a pod's own container after all of these.</summary>
    public static V1Container Gate(ObjectContext context, FlowModel gate) => new()
    {
        Name = Names.Label("wait", string.Create(CultureInfo.InvariantCulture, $"{gate.Target}-{gate.ServicePort}")),
        Image = context.ThirdPartyImage(context.Settings.Images.GateImage),
        ImagePullPolicy = "Always",
        Command = ["sh", "-c", string.Create(CultureInfo.InvariantCulture, $"until nc -z -w 2 {gate.Target} {gate.ServicePort}; do sleep 1; done")],
        Resources = new V1ResourceRequirements { Requests = Quantities.Of("10m", "16Mi", "16Mi"), Limits = Quantities.Of("100m", "32Mi", "32Mi") },
        SecurityContext = Restricted(readOnlyRoot: true, netBindService: false),
    };

    /// <summary>What Pod Security <c>restricted</c> asks of a container, and a root file system that cannot be written.</summary>
    /// <param name="readOnlyRoot">Whether its own files are read-only.</param>
    /// <param name="netBindService">Keeps the one capability that <c>restricted</c> allows: Linux does not start a program that has it in the file system and cannot get it.</param>
    public static V1SecurityContext Restricted(bool readOnlyRoot, bool netBindService) => new()
    {
        AllowPrivilegeEscalation = false,
        Privileged = false,
        ReadOnlyRootFilesystem = readOnlyRoot,
        Capabilities = new V1Capabilities { Drop = ["ALL"], Add = netBindService ? ["NET_BIND_SERVICE"] : null },
    };

    // Only what takes requests by a Service has to go on serving until nobody sends it any. A database has to hear of its end at once.
    private static bool Drains(Workload workload) => workload.Kind == WorkloadKind.Stateless && workload.Ports.Any(port => !port.Management);

    private static ImmutableArray<string>? Texts(Workload workload, ImmutableArray<Value> values) =>
        values.IsEmpty ? null : [.. values.Select(value => PodEnvironment.Expanded(workload, value))];

    private static V1Probe? Probe(Workload workload, ProbeModel? probe) => probe is null || workload.Kind == WorkloadKind.Job
        ? null
        : new V1Probe
        {
            HttpGet = probe.Action is ProbeAction.Http http ? new V1HTTPGetAction { Path = http.Path, Port = PortOf(workload, http.Port), Scheme = http.Tls ? "HTTPS" : null } : null,
            TcpSocket = probe.Action is ProbeAction.Tcp tcp ? new V1TCPSocketAction { Port = PortOf(workload, tcp.Port) } : null,
            InitialDelaySeconds = probe.InitialDelaySeconds == 0 ? null : probe.InitialDelaySeconds,
            PeriodSeconds = probe.PeriodSeconds,
            TimeoutSeconds = probe.TimeoutSeconds,
            FailureThreshold = probe.FailureThreshold,
            SuccessThreshold = probe.SuccessThreshold == 1 ? null : probe.SuccessThreshold,
        };

    private static IntOrString PortOf(Workload workload, int port) =>
        workload.Ports.FirstOrDefault(candidate => candidate.ContainerPort == port && !candidate.Udp) is { } named ? named.Name : port;
}
