using System.Collections.Immutable;

namespace Platform.Deploy.Model;

/// <summary>What one resource of the manifest becomes.</summary>
/// <param name="Resource">Name in the manifest.</param>
/// <param name="Type">As in the manifest; <c>error</c> for an entry without one.</param>
/// <param name="Becomes">In words of Kubernetes and AWS, such as <c>Deployment, Service, Ingress, autoscaling 2 to 6</c>; for a refused one, why.</param>
internal sealed record CoverageEntry(string Resource, string Type, CoverageOutcome Outcome, string Becomes)
{
    /// <summary>What to do about it, for a refused one; null for others.</summary>
    public string? Cure { get; init; }

    /// <summary>Where defaults were taken from and what differs from a local run, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

internal enum CoverageOutcome
{
    /// <summary>Deployed.</summary>
    Becomes,

    /// <summary>A setting stands in for it.</summary>
    Substituted,

    /// <summary>Not deployed, and an error unless it is allowed to be missing.</summary>
    Refused,

    /// <summary>Refused, and allowed to be missing.</summary>
    Missing,
}
