using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Model;

/// <summary>What binding gave.</summary>
/// <param name="Model">All that could be bound. Complete only where there is no problem; it is there all the same, so that later stages can add theirs.</param>
/// <param name="Coverage">What every resource of the manifest becomes, in the order of the manifest.</param>
/// <param name="Problems">In the order in which they were found.</param>
internal sealed record ModelBinding(DeploymentModel Model, ImmutableArray<CoverageEntry> Coverage, ImmutableArray<Problem> Problems);
