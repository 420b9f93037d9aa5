using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>The labels that Kubernetes recommends.</summary>
internal static class Labels
{
    public const string Name = "app.kubernetes.io/name";

    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Of an object that belongs to the application as a whole.</summary>
    public static ImmutableSortedDictionary<string, string> Shared(ObjectContext context) => None
        .Add("app.kubernetes.io/managed-by", Names.ManagedBy)
        .Add("app.kubernetes.io/part-of", context.Names.Application);

    /// <summary>Of an object of one workload.</summary>
    public static ImmutableSortedDictionary<string, string> Of(ObjectContext context, Workload workload)
    {
        var labels = Shared(context)
            .Add("app.kubernetes.io/component", workload.Kind switch { WorkloadKind.Stateless => "service", WorkloadKind.Stateful => "store", _ => "job" })
            .Add("app.kubernetes.io/instance", workload.Name)
            .Add(Name, workload.Name);
        return Version(workload) is { } version ? labels.Add("app.kubernetes.io/version", version) : labels;
    }

    /// <summary>What a selector asks for: nothing that ever changes, as a Deployment's selector cannot.</summary>
    public static ImmutableSortedDictionary<string, string> Selector(string workload) => None.Add(Name, workload);

    /// <summary>One pair.</summary>
    public static ImmutableSortedDictionary<string, string> Pair(string key, string value) => None.Add(key, value);

    // Only of an image that somebody else has versioned: pods start anew with it anyway. Our own images are known by digest.
    private static string? Version(Workload workload) =>
        workload.Image is WorkloadImage.ThirdParty { Reference: var reference }
        && ImageReference.Parse(reference) is { Digest: null, Tag: { Length: <= 63 } tag }
        && char.IsAsciiLetterOrDigit(tag[0])
        && char.IsAsciiLetterOrDigit(tag[^1])
            ? tag
            : null;
}
