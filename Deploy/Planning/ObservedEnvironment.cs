using System.Collections.Immutable;
using Platform.Deploy.Aws;

namespace Platform.Deploy.Planning;

/// <summary>What is there now, as far as a plan has to know it. Pure data.</summary>
internal sealed record ObservedEnvironment
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required DateTimeOffset At { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>ARN of the deployer's role, which was assumed; null: it was not.</summary>
    public string? DeployerRole { get; init; }

    /// <summary>By full name: those that are wanted and there, and those of the environment that nobody wants any more.</summary>
    public required ImmutableSortedDictionary<string, ObservedStack> Stacks { get; init; }

    /// <summary>Full names of the stacks that the caller may not look at: an administrator's.</summary>
    public required ImmutableSortedSet<string> Hidden { get; init; }

    /// <summary>Arguments for each stack that is wanted, by full name.</summary>
    public required ImmutableSortedDictionary<string, StackArguments> Arguments { get; init; }

    /// <summary>Null: not compared.</summary>
    public ImmutableSortedDictionary<string, ObservedImage>? Images { get; init; }

    /// <summary>What EKS makes, of all versions; null: it did not tell.</summary>
    public ImmutableArray<ClusterVersion>? Versions { get; init; }

    /// <summary>Problems and notes that the look around found.</summary>
    public Preflight Preflight { get; init; } = Preflight.None;
}

/// <summary>A stack that is there.</summary>
/// <param name="Template">As it was sent; null: AWS did not tell.</param>
/// <param name="Policy">JSON; null: it has none.</param>
internal sealed record ObservedStack(StackState State, string? Template, string? Policy)
{
    /// <summary>What CloudFormation says that the template would change; null: it was not asked, as nothing changes or the stack takes no change now.</summary>
    public ChangeSet? ChangeSet { get; init; }

    /// <summary>Why it was not asked although something changes; null: it was, or nothing does.</summary>
    public string? Unasked { get; init; }

    public StackCondition Condition => StackStatus.ConditionOf(State.StackStatus);
}

/// <param name="Digest">Of what the sources give; null: known when it is built.</param>
/// <param name="BytesToSend">0 where the registry has it; null: known when it is built.</param>
internal sealed record ObservedImage(string Repository, ImageAction Action, string? Digest, long? BytesToSend)
{
    /// <summary>See <see cref="ImagePlan.Because"/>.</summary>
    public string? Because { get; init; }

    /// <summary>See <see cref="ImagePlan.Findings"/>.</summary>
    public string? Findings { get; init; }
}

/// <summary>What the look around found before anything is planned.</summary>
internal sealed record Preflight(ImmutableArray<Problems.Problem> Problems, ImmutableArray<string> Notes)
{
    public static Preflight None { get; } = new([], []);
}
