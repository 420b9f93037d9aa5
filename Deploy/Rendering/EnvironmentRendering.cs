using System.Collections.Frozen;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>One environment, lowered by all stages.</summary>
internal sealed record EnvironmentRendering(DeploymentModel Model, StackRendering Stacks, ObjectRendering Objects)
{
    public string Name => Model.Settings.Environment;

    /// <summary>How many objects are applied once a cluster.</summary>
    public int ClusterObjects => Objects.Objects.Length - ApplicationObjects;

    /// <summary>How many objects the application consists of.</summary>
    public int ApplicationObjects { get; } = Objects.Objects.Count(item => item.Phase == ObjectPhase.Application);

    /// <summary>Names of the manifest's resources by <see cref="Workload.Name"/>.</summary>
    public FrozenDictionary<string, string> Resources { get; } = Model.Workloads.ToFrozenDictionary(workload => workload.Name, workload => workload.Resource, StringComparer.Ordinal);

    /// <summary>Calls the stages downstream of the model.</summary>
    public static EnvironmentRendering Of(DeploymentModel model) => new(model, StackRenderer.Render(model), ObjectRenderer.Render(model));
}
