using System.Collections.Immutable;

namespace Platform.Deploy.Planning;

/// <summary>
/// What a deployment of one environment would do, in the order in which it does it. What is printed, what is written to a file and what is applied
/// are this same object.
/// </summary>
internal sealed record Plan
{
    /// <summary>Of the file's form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Of the form that it was written in.</summary>
    public int Version { get; init; } = CurrentVersion;

    public required string Application { get; init; }

    public required string Environment { get; init; }

    /// <summary>12 digits.</summary>
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required DateTimeOffset Made { get; init; }

    /// <summary>Of a simulated account: it says so wherever it is shown.</summary>
    public required bool Simulated { get; init; }

    /// <summary>Those that are wanted in the order of deployment, then those that go.</summary>
    public required ImmutableArray<StackPlan> Stacks { get; init; }

    public required ImmutableArray<ImagePlan> Images { get; init; }

    /// <summary>Who may do more or less than before.</summary>
    public required ImmutableArray<AccessChange> Access { get; init; }

    /// <summary>What can be reached from where, other than before.</summary>
    public required ImmutableArray<ExposureChange> Exposure { get; init; }

    public required ImmutableArray<Risk> Risks { get; init; }

    public required Cost Cost { get; init; }

    /// <summary>How long the deployment takes, with what is independent done side by side.</summary>
    public required TimeSpan Expected { get; init; }

    /// <summary>Null where the cluster is not ours, or AWS did not tell.</summary>
    public KubernetesSupport? Kubernetes { get; init; }

    /// <summary>What is worth telling and stops nothing.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>All that the plan depends on, by a name that a person understands: templates, parameters, images, and the stacks as they were found.</summary>
    public required ImmutableSortedDictionary<string, string> Facts { get; init; }

    /// <summary>Hash of <see cref="Facts"/>: another plan with the same one does the same.</summary>
    public string Fingerprint => Planning.Fingerprint.Of(Facts);

    /// <summary>Whether nothing has to be done, leaving aside what comes with the rollout.</summary>
    public bool IsEmpty =>
        Stacks.All(stack => stack.Action is StackAction.None or StackAction.WithRollout) && Images.All(image => image.Action is ImageAction.Unchanged);
}

/// <summary>What happens to one stack.</summary>
/// <param name="ShortName">Such as <c>network</c>.</param>
/// <param name="Name">In CloudFormation.</param>
internal sealed record StackPlan(string ShortName, string Name, StackAction Action)
{
    public ImmutableArray<PlannedChange> Changes { get; init; } = [];

    /// <summary>Of the template that is wanted; empty where the stack goes.</summary>
    public required string TemplateHash { get; init; }

    /// <summary>As they would be passed. What is known only later stands as <c>(known after STACK)</c>.</summary>
    public required ImmutableSortedDictionary<string, string> Parameters { get; init; }

    /// <summary>Made with the rights of an administrator, not with those of the deployer.</summary>
    public required bool NeedsAdministrator { get; init; }

    /// <summary>The state that it is in now; null where there is none.</summary>
    public string? Status { get; init; }

    /// <summary>Why something other than a plain creation or update is done, as a sentence; null: nothing to explain.</summary>
    public string? Because { get; init; }

    public required TimeSpan Expected { get; init; }
}

internal enum StackAction
{
    Create,
    Update,
    None,

    /// <summary>Something is being done to it now: follow that to its end, then look again.</summary>
    Attach,

    /// <summary>It is stuck: what <see cref="StackPlan.Because"/> says, then create or update.</summary>
    Recover,

    /// <summary>It is the environment's and no longer wanted.</summary>
    Delete,

    /// <summary>Made when the cluster gets its objects; not part of the infrastructure's deployment.</summary>
    WithRollout,
}

/// <summary>What happens to one resource of a stack.</summary>
/// <param name="LogicalId">In the template.</param>
/// <param name="Type">Such as <c>AWS::EC2::VPC</c>.</param>
internal sealed record PlannedChange(ChangeAction Action, string LogicalId, string Type)
{
    /// <summary>In AWS; null: not made yet.</summary>
    public string? PhysicalId { get; init; }

    public Replacement Replacement { get; init; } = Replacement.No;

    /// <summary>What happens to what leaves the stack, as CloudFormation has it, such as <c>Retain</c> or <c>ReplaceAndDelete</c>; null: nothing does.</summary>
    public string? PolicyAction { get; init; }

    /// <summary>Empty where the resource is made or goes as a whole.</summary>
    public ImmutableArray<PropertyChange> Properties { get; init; } = [];
}

internal enum ChangeAction
{
    Add,
    Modify,
    Remove,

    /// <summary>Exists already and comes under the stack's care.</summary>
    Import,

    /// <summary>CloudFormation knows when it does it.</summary>
    Unknown,
}

internal enum Replacement
{
    No,

    /// <summary>Where a value that is known later turns out to differ.</summary>
    Maybe,
    Yes,
}

/// <summary>A value of a resource that becomes another one.</summary>
/// <param name="Path">Such as <c>ResourcesVpcConfig.PublicAccessCidrs</c>.</param>
/// <param name="Before">Null: there was none, or it is not known.</param>
/// <param name="After">Null: there is none any more, or it is known later.</param>
internal sealed record PropertyChange(string Path, string? Before, string? After)
{
    public Replacement Replacement { get; init; } = Replacement.No;
}

/// <param name="Resource">Name in the manifest.</param>
/// <param name="Repository">Where it goes, with the registry.</param>
/// <param name="Digest">Null: known when it is built.</param>
/// <param name="BytesToSend">Null: known when it is built.</param>
internal sealed record ImagePlan(string Resource, string Repository, ImageAction Action, string? Digest, long? BytesToSend)
{
    /// <summary>Why it is not known before it is built, to follow upon "as"; null: it is, or it was not asked.</summary>
    public string? Because { get; init; }

    /// <summary>What the registry's scan found, worst first, such as <c>2 critical, 1 high</c> or <c>none</c>; null: it lacks the image, does not scan, or has not yet.</summary>
    public string? Findings { get; init; }
}

internal enum ImageAction
{
    /// <summary>Not compared: built, and sent where the registry lacks it.</summary>
    BuiltAtDeploy,

    /// <summary>Built; the registry lacks it.</summary>
    New,

    /// <summary>Not built; the registry has no image of these sources.</summary>
    Changed,

    /// <summary>Not built; the registry has it from another environment, and it becomes one of this environment too.</summary>
    TakenOver,
    Unchanged,
}
