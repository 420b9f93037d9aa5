using System.Collections.Immutable;
using k8s;
using k8s.Models;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>One object to apply.</summary>
/// <param name="Body">A typed model with apiVersion, kind and a name. Not changed by anybody after it was made.</param>
/// <param name="File">Of the rendering, relative to the folder of all objects, such as <c>workloads/web.yaml</c>. Objects of one file stand in it in their order here.</param>
internal sealed record KubernetesObject(IKubernetesObject<V1ObjectMeta> Body, string File)
{
    public required ObjectPhase Phase { get; init; }

    /// <summary><see cref="Model.Workload.Wave"/>; 0 for what belongs to no workload.</summary>
    public int Wave { get; init; }

    /// <summary><see cref="Model.Workload.Name"/>; null for what belongs to none.</summary>
    public string? Workload { get; init; }

    /// <summary>Outputs of stacks whose <c>${STACK.OUTPUT}</c> stands somewhere in the body, sorted, each once.</summary>
    public ImmutableArray<LateValue> LateValues { get; init; } = [];

    /// <summary>Place of its kind in the order of applying.</summary>
    public int Rank { get; } = ApplyOrder.Of(Body.Kind);

    public string ApiVersion => Body.ApiVersion;

    public string Kind => Body.Kind;

    public string Name => Body.Metadata.Name;

    /// <summary>Null for an object of the whole cluster.</summary>
    public string? Namespace => Body.Metadata.NamespaceProperty;
}

internal enum ObjectPhase
{
    /// <summary>What has to be there before the addons and before any pod: applied by the tool, once a cluster.</summary>
    Cluster,

    /// <summary>The application: applied by the tool, or by Argo CD.</summary>
    Application,
}

/// <summary>All objects in the order in which they are applied, what the cluster must already have, and the problems.</summary>
/// <param name="Requirements">A sentence each; empty where the tool makes all that is needed.</param>
internal sealed record ObjectRendering(ImmutableArray<KubernetesObject> Objects, ImmutableArray<string> Requirements, ImmutableArray<Problem> Problems);
