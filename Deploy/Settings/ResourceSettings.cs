using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>What an operator says of one resource. It wins over the manifest's hints. Null and empty mean: not said.</summary>
internal sealed record ResourceSettings
{
    public Substitute? Substitute { get; init; }

    public ReplicaSettings Replicas { get; init; } = new();

    public SizeSettings Size { get; init; } = new();

    public ProbeSettings? Startup { get; init; }

    public ProbeSettings? Readiness { get; init; }

    public ProbeSettings? Liveness { get; init; }

    /// <summary>Port of health and metrics that visitors never reach (<c>MANAGEMENT_PORT</c> of ServiceDefaults); HTTP probes go there. Default: none.</summary>
    public int? ManagementPort { get; init; }

    /// <summary>Path of Prometheus metrics on the management port, else on the first HTTP port. Null: nothing is scraped.</summary>
    public string? MetricsPath { get; init; }

    /// <summary>DNS names of an external HTTP binding, beside or instead of <c>edge.domain</c>.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>URL path prefix of an external HTTP binding. Default: <c>/</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Keeps a visitor on one pod, by a cookie of the load balancer.</summary>
    public bool StickySessions { get; init; }

    /// <summary>Idle seconds before the load balancer closes a connection: longer for WebSockets. Default: 60.</summary>
    public int? IdleTimeoutSeconds { get; init; }

    /// <summary>Who the container runs as. Default: 1654 for projects, 65532 for others; never 0.</summary>
    public int? UserId { get; init; }

    /// <summary>Default: true.</summary>
    public bool? ReadOnlyRootFilesystem { get; init; }

    /// <summary>Folders that the process writes to and that may be lost, beside <c>/tmp</c>.</summary>
    public ImmutableArray<string> WritablePaths { get; init; } = [];

    /// <summary>May open connections to the internet (TCP 443). Default: whether the model has an outside address among its values.</summary>
    public bool? InternetAccess { get; init; }

    /// <summary>Ports of addresses outside that it may connect to beside 443, such as that of a database whose connection string is a secret. Default: those among its values.</summary>
    public ImmutableArray<int> OutsidePorts { get; init; } = [];

    /// <summary>ARNs of managed policies of the role that its pods get; any makes the role.</summary>
    public ImmutableArray<string> AwsPolicies { get; init; } = [];

    /// <summary>Size of each persistent volume, in GiB. Default: 10.</summary>
    public int? StorageGiB { get; init; }

    /// <summary>Plain environment variables, over those of the manifest.</summary>
    public ImmutableSortedDictionary<string, string> Env { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>What stands in for a resource that is not deployed.</summary>
internal abstract record Substitute
{
    private Substitute()
    {
    }

    /// <summary>A secret of AWS Secrets Manager whose value is the connection string.</summary>
    /// <param name="SecretName">Its name, such as <c>shop/production/blobs</c>.</param>
    public sealed record ConnectionStringSecret(string SecretName) : Substitute;

    /// <summary>A service outside: all of the resource's bindings lead there.</summary>
    public sealed record ExternalUrl(Uri Url) : Substitute;
}

internal sealed record ReplicaSettings
{
    /// <summary>1 or more. Default: the hint, else 1 · 2 · 3 for what takes HTTP requests and nothing else, and keeps nothing; 1 for all others.</summary>
    public int? Min { get; init; }

    /// <summary>Equal to <see cref="Min"/>: no autoscaling. Default: 3 · 6 · 30 for what takes HTTP requests and nothing else, and keeps nothing.</summary>
    public int? Max { get; init; }

    /// <summary>Percent of the requested CPU that autoscaling aims at. Default: 70 · 70 · 60.</summary>
    public int? TargetCpuPercent { get; init; }
}

/// <summary>Requests and limits of one pod, as Kubernetes writes quantities. Defaults by kind and profile.</summary>
internal sealed record SizeSettings
{
    public string? CpuRequest { get; init; }

    public string? CpuLimit { get; init; }

    public string? MemoryRequest { get; init; }

    public string? MemoryLimit { get; init; }
}

/// <summary>Takes the place of the hint, whole. At least one of path (HTTP), port (of it, or TCP alone) and disabled.</summary>
internal sealed record ProbeSettings
{
    public bool Disabled { get; init; }

    /// <summary>HTTP path; null: a TCP connection.</summary>
    public string? Path { get; init; }

    /// <summary>Port of the container. Default: the first binding's.</summary>
    public int? Port { get; init; }

    public int? InitialDelaySeconds { get; init; }

    public int? PeriodSeconds { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? FailureThreshold { get; init; }
}

/// <summary>How images are made and named.</summary>
internal sealed record ImageSettings
{
    /// <summary>Of .NET projects. Default: Microsoft's chiseled ASP.NET image of this .NET.</summary>
    public required string BaseImage { get; init; }

    /// <summary>Holds a pod back until what it waits for takes connections, and holds room for <c>cluster.overprovision</c>; needs <c>sh</c>, <c>nc</c>, <c>sleep</c>. Default: busybox.</summary>
    public required string GateImage { get; init; }

    public required Publishing Publishing { get; init; }

    /// <summary>Compiles ahead to native code beside the IL. Default: true.</summary>
    public required bool ReadyToRun { get; init; }

    /// <summary>Refuses a deployment with findings of this severity or above. Default: none · high · critical.</summary>
    public required SeverityGate SeverityGate { get; init; }

    /// <summary>Copies third-party images into the registry and runs them from there. Default: false · false · true, and true where egress is private.</summary>
    public required bool Mirror { get; init; }
}

internal enum Publishing
{
    FrameworkDependent,
    SelfContained,
    NativeAot,
}

internal enum SeverityGate
{
    None,
    Critical,
    High,
    Medium,
}
