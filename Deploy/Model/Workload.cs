using System.Collections.Immutable;

namespace Platform.Deploy.Model;

/// <summary>Something that runs in the cluster.</summary>
internal sealed record Workload
{
    /// <summary>Name of the manifest's resource.</summary>
    public required string Resource { get; init; }

    /// <summary>Of the Deployment, Service, ServiceAccount …; a DNS label.</summary>
    public required string Name { get; init; }

    public required WorkloadKind Kind { get; init; }

    /// <summary>A .NET project, as opposed to any other container.</summary>
    public required bool IsProject { get; init; }

    public required WorkloadImage Image { get; init; }

    /// <summary>Replaces the entry point; empty keeps the image's.</summary>
    public required ImmutableArray<Value> Command { get; init; }

    public required ImmutableArray<Value> Args { get; init; }

    public required ImmutableSortedDictionary<string, Value> Environment { get; init; }

    /// <summary>One a container port; the first is the one that probes and visitors use by default.</summary>
    public required ImmutableArray<PortModel> Ports { get; init; }

    public required ProbeModel? Startup { get; init; }

    public required ProbeModel? Readiness { get; init; }

    public required ProbeModel? Liveness { get; init; }

    /// <summary>Where Prometheus finds metrics; null: nowhere.</summary>
    public required MetricsModel? Metrics { get; init; }

    public required ScalingModel Scaling { get; init; }

    public required SizeModel Size { get; init; }

    /// <summary>Storage that outlives the pod. Only a <see cref="WorkloadKind.Stateful"/> has any.</summary>
    public required ImmutableArray<VolumeModel> Volumes { get; init; }

    /// <summary>Files of the application's source that the container reads.</summary>
    public required ImmutableArray<FileMount> Files { get; init; }

    /// <summary>Folders that are empty at each start, beside <c>/tmp</c>.</summary>
    public required ImmutableArray<string> WritablePaths { get; init; }

    public required long UserId { get; init; }

    public required bool ReadOnlyRootFilesystem { get; init; }

    /// <summary>Keeps the one capability that Pod Security <c>restricted</c> allows, NET_BIND_SERVICE, because its program would not start without.</summary>
    public bool NetBindService { get; init; }

    /// <summary>Connections that it opens to others of the application, by references and waits.</summary>
    public required ImmutableArray<FlowModel> Calls { get; init; }

    /// <summary>May open TCP 443 to the internet.</summary>
    public required bool InternetAccess { get; init; }

    /// <summary>Addresses outside that its values name, other than through port 443; each is allowed by port.</summary>
    public required ImmutableArray<int> OutsidePorts { get; init; }

    /// <summary>What has to take connections before it starts: its init gates.</summary>
    public required ImmutableArray<FlowModel> Gates { get; init; }

    /// <summary>0 first. A higher wave is applied after the jobs of the lower ones have ended.</summary>
    public required int Wave { get; init; }

    /// <summary>Ports that are reachable from outside without HTTP: a network load balancer.</summary>
    public required ImmutableArray<PortModel> ExternalPorts { get; init; }

    /// <summary>Keys of the secrets among its values, sorted.</summary>
    public required ImmutableArray<string> Secrets { get; init; }

    /// <summary>The role its pods get; null where nothing of AWS is used.</summary>
    public required WorkloadRole? Role { get; init; }

    /// <summary>Deployed, but started only by hand.</summary>
    public required bool ExplicitStart { get; init; }

    /// <summary>Hash of everything above but the name: tells whether two bindings mean the same.</summary>
    public required string Fingerprint { get; init; }
}

internal enum WorkloadKind
{
    /// <summary>Runs on and keeps nothing: a Deployment.</summary>
    Stateless,

    /// <summary>Runs on and has volumes: a StatefulSet.</summary>
    Stateful,

    /// <summary>Ends; others wait for it: a Job.</summary>
    Job,
}

/// <summary>The image of a workload.</summary>
internal abstract record WorkloadImage
{
    private WorkloadImage()
    {
    }

    /// <summary>Built by us. Deployed by digest, which is known after the build.</summary>
    /// <param name="Resource"><see cref="ImageModel.Resource"/>.</param>
    /// <param name="Repository">With the registry's host, such as <c>123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web</c>.</param>
    /// <param name="ShortName">Without the host, such as <c>shop/web</c>.</param>
    public sealed record Built(string Resource, string Repository, string ShortName) : WorkloadImage
    {
        /// <summary>Such as <c>sha256:…</c>; null until it is built.</summary>
        public string? Digest { get; init; }
    }

    /// <summary>Somebody else's.</summary>
    /// <param name="Reference">As written, completed with host and tag: <c>docker.io/library/redis:7.4</c>.</param>
    public sealed record ThirdParty(string Reference) : WorkloadImage;
}

/// <param name="Name">Of the port in Kubernetes: at most 15 characters.</param>
/// <param name="ContainerPort">What the process listens on.</param>
/// <param name="ServicePort">What others connect to.</param>
/// <param name="Udp">UDP instead of TCP.</param>
internal sealed record PortModel(string Name, int ContainerPort, int ServicePort, bool Udp, PortApplication Application)
{
    /// <summary>Names of the manifest's bindings that it stands for, sorted.</summary>
    public required ImmutableArray<string> Bindings { get; init; }

    /// <summary>Not part of the Service: only the kubelet, Prometheus and the load balancer's health check come here.</summary>
    public bool Management { get; init; }

    public bool Equals(PortModel? other) =>
        other is not null && Name == other.Name && ContainerPort == other.ContainerPort && ServicePort == other.ServicePort && Udp == other.Udp
        && Application == other.Application && Management == other.Management && Bindings.SequenceEqual(other.Bindings);

    public override int GetHashCode() => HashCode.Combine(Name, ContainerPort, ServicePort, Udp);
}

internal enum PortApplication
{
    Tcp,
    Http,

    /// <summary>HTTP/2 without TLS: gRPC.</summary>
    Http2,
}

internal sealed record ProbeModel(ProbeAction Action, int InitialDelaySeconds, int PeriodSeconds, int TimeoutSeconds, int FailureThreshold, int SuccessThreshold);

internal abstract record ProbeAction
{
    private ProbeAction()
    {
    }

    public sealed record Http(string Path, int Port, bool Tls) : ProbeAction;

    public sealed record Tcp(int Port) : ProbeAction;
}

internal sealed record MetricsModel(string Path, int Port);

/// <summary>Equal numbers mean: no autoscaling.</summary>
internal sealed record ScalingModel(int Min, int Max, int TargetCpuPercent);

/// <summary>Kubernetes quantities.</summary>
internal sealed record SizeModel(string CpuRequest, string CpuLimit, string MemoryRequest, string MemoryLimit, string EphemeralRequest, string EphemeralLimit);

/// <param name="Name">A DNS label, unique in its workload.</param>
internal sealed record VolumeModel(string Name, string MountPath, bool ReadOnly, int SizeGiB);

/// <param name="Name">A DNS label, unique in its workload; part of the ConfigMap's name.</param>
/// <param name="MountPath">Of the folder, or of the one file where the source is a file.</param>
/// <param name="Files">Content by path relative to <paramref name="MountPath"/>; the one key is empty where the source is a file.</param>
internal sealed record FileMount(string Name, string MountPath, ImmutableSortedDictionary<string, ImmutableArray<byte>> Files);

/// <summary>A connection to another workload of the model.</summary>
/// <param name="Target"><see cref="Workload.Name"/>.</param>
internal sealed record FlowModel(string Target, int ContainerPort, int ServicePort, bool Udp);

/// <param name="RoleName">Of the IAM role.</param>
/// <param name="LogicalId">Of the role in the identity stack; the association's in the addons stack begins with it.</param>
/// <param name="ManagedPolicies">ARNs.</param>
internal sealed record WorkloadRole(string RoleName, string LogicalId, ImmutableArray<string> ManagedPolicies);

/// <summary>External HTTP. Rules of one ingress share a load balancer.</summary>
/// <param name="Name">Of the Ingress.</param>
internal sealed record IngressModel(string Name, ImmutableArray<IngressRule> Rules)
{
    /// <summary>Whether visitors come by HTTPS (HTTP is redirected).</summary>
    public required bool Tls { get; init; }

    /// <summary>An ARN as text, or late from the edge stack; null without TLS.</summary>
    public required Value? Certificate { get; init; }
}

/// <param name="Host">Null: any.</param>
/// <param name="Path">Prefix, such as <c>/</c>.</param>
/// <param name="Workload"><see cref="Workload.Name"/>.</param>
/// <param name="Port">The one of the workload that takes the requests.</param>
internal sealed record IngressRule(string? Host, string Path, string Workload, PortModel Port)
{
    public required bool StickySessions { get; init; }

    public required int IdleTimeoutSeconds { get; init; }

    /// <summary>What the load balancer asks, by the readiness probe where it is HTTP.</summary>
    public required string HealthCheckPath { get; init; }

    public required int HealthCheckPort { get; init; }
}
