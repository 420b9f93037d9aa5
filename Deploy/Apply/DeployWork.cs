using System.Collections.Immutable;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Apply;

/// <summary>What a deployment is to do, agreed to.</summary>
internal sealed record DeployWork
{
    public required AwsTarget Target { get; init; }

    public required DeploymentModel Model { get; init; }

    /// <summary>All stacks of the environment.</summary>
    public required ImmutableArray<StackTemplate> Stacks { get; init; }

    public required Plan Plan { get; init; }

    /// <summary>This run, as others see it.</summary>
    public required LockHolder Holder { get; init; }

    /// <summary>Logical ids that may be replaced.</summary>
    public required ImmutableSortedSet<string> MayReplace { get; init; }

    /// <summary>Builds and sends the images and copies those that others made, once the repositories are there; gives what is told of it. Null: there are none.</summary>
    public required Func<IProgress<RunEvent>, CancellationToken, Task<StepResult>>? PushImagesAsync { get; init; }

    /// <summary>Digests of the environment's images by resource, asked at the end. Null: the plan's.</summary>
    public Func<ImmutableSortedDictionary<string, string>>? ImageDigests { get; init; }

    /// <summary>Only what an administrator makes: roles and their boundary.</summary>
    public bool OnlyAdministrators { get; init; }
}

/// <param name="Outputs">Of each stack by its short name, and then by the output's name.</param>
internal sealed record DeployResult(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Outputs);
