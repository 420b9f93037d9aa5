using System.Collections.Immutable;

namespace Platform.Deploy.Manifests;

/// <summary>An entry of <c>deploymentHints</c>: what the format itself has no place for (<c>docs/manifest.md</c>). Null and empty mean: not said.</summary>
internal sealed record ResourceHints
{
    /// <summary>1 or more.</summary>
    public int? Replicas { get; init; }

    public ProbeHint? Startup { get; init; }

    public ProbeHint? Readiness { get; init; }

    public ProbeHint? Liveness { get; init; }

    public ImmutableArray<HealthCheckHint> HealthChecks { get; init; } = [];

    public ImmutableArray<WaitHint> WaitFor { get; init; } = [];

    /// <summary>Deployed, but started only by hand.</summary>
    public bool ExplicitStart { get; init; }

    public string? Parent { get; init; }

    public string? Description { get; init; }
}

/// <summary>An HTTP probe. A null number is the deployer's to choose.</summary>
/// <param name="Path">URL path and query.</param>
/// <param name="Binding">Whose target port is asked.</param>
internal sealed record ProbeHint(string Path, string Binding)
{
    /// <summary><c>https</c> only where the container itself speaks TLS there.</summary>
    public string Scheme { get; init; } = "http";

    public int? InitialDelaySeconds { get; init; }

    public int? PeriodSeconds { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? FailureThreshold { get; init; }

    public int? SuccessThreshold { get; init; }
}

internal sealed record HealthCheckHint(string Path, string Binding, int StatusCode);

/// <param name="ExitCode">Null unless the condition is <see cref="WaitCondition.Completed"/>.</param>
internal sealed record WaitHint(string Resource, WaitCondition Condition, int? ExitCode);

internal enum WaitCondition
{
    Healthy,
    Started,
    Completed,
}
