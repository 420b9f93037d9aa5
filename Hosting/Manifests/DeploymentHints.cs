using System.Collections.Immutable;

namespace Platform.Hosting.Manifests;

/// <summary>What the manifest format has no place for and a deployer wants to know of a resource (docs/manifest.md).</summary>
/// <param name="Resource">The resource.</param>
internal sealed record DeploymentHints(string Resource)
{
    /// <summary>Null where the author said nothing.</summary>
    public int? Replicas { get; init; }

    /// <summary>At most one of each kind: startup, readiness, liveness.</summary>
    public ImmutableArray<ProbeHint> Probes { get; init; } = [];

    /// <summary>The HTTP checks that say whether the resource is healthy.</summary>
    public ImmutableArray<HealthCheckHint> Checks { get; init; } = [];

    /// <summary>What has to be there before it is started.</summary>
    public ImmutableArray<WaitHint> WaitFor { get; init; } = [];

    /// <summary>Whether it is started only when somebody asks for it.</summary>
    public bool ExplicitStart { get; init; }

    /// <summary>The resource that it belongs to; null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>What a parameter is for; null where nobody said it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether there is nothing to say.</summary>
    public bool IsEmpty =>
        this is { Replicas: null, ExplicitStart: false, Parent: null, Description: null } && Probes.IsEmpty && Checks.IsEmpty && WaitFor.IsEmpty;
}

/// <summary>A probe by HTTP.</summary>
/// <param name="Kind"><c>startup</c>, <c>readiness</c> or <c>liveness</c>.</param>
/// <param name="Path">The path.</param>
/// <param name="Binding">The binding whose target port is asked.</param>
/// <param name="IsHttps">Whether the container itself speaks TLS there.</param>
/// <param name="Timing">Null leaves it to the deployer.</param>
internal sealed record ProbeHint(string Kind, string Path, string Binding, bool IsHttps, ProbeTiming? Timing);

/// <summary>When a probe is tried, and what counts.</summary>
/// <param name="InitialDelaySeconds">Seconds before the first try.</param>
/// <param name="PeriodSeconds">Seconds between two tries.</param>
/// <param name="TimeoutSeconds">Seconds that one try may take.</param>
/// <param name="FailureThreshold">Failures in a row that count as failure.</param>
/// <param name="SuccessThreshold">Successes in a row that count as success.</param>
internal sealed record ProbeTiming(int InitialDelaySeconds, int PeriodSeconds, int TimeoutSeconds, int FailureThreshold, int SuccessThreshold);

/// <summary>A health check by HTTP.</summary>
/// <param name="Path">The path.</param>
/// <param name="Binding">The binding.</param>
/// <param name="StatusCode">The status that is healthy.</param>
internal sealed record HealthCheckHint(string Path, string Binding, int StatusCode);

/// <summary>What has to be there before a resource is started.</summary>
/// <param name="Resource">The other resource.</param>
/// <param name="Condition"><c>healthy</c>, <c>started</c> or <c>completed</c>.</param>
/// <param name="ExitCode">The exit code of <c>completed</c>; null for the others.</param>
internal sealed record WaitHint(string Resource, string Condition, int? ExitCode);
