using System.Collections.Immutable;
using k8s.Models;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>Amounts of CPU, memory and storage as the models of KubernetesClient take them.</summary>
internal static class Quantities
{
    private static readonly ImmutableSortedDictionary<string, ResourceQuantity> None = ImmutableSortedDictionary.Create<string, ResourceQuantity>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, ResourceQuantity> One(string resource, string amount) => None.Add(resource, new ResourceQuantity(amount));

    public static ImmutableSortedDictionary<string, ResourceQuantity> Of(string cpu, string memory, string ephemeralStorage) => None
        .Add("cpu", new ResourceQuantity(cpu))
        .Add("ephemeral-storage", new ResourceQuantity(ephemeralStorage))
        .Add("memory", new ResourceQuantity(memory));

    public static ImmutableSortedDictionary<string, ResourceQuantity> Of(params ReadOnlySpan<(string Resource, string Amount)> amounts)
    {
        var builder = None.ToBuilder();
        foreach (var (resource, amount) in amounts)
        {
            builder.Add(resource, new ResourceQuantity(amount));
        }

        return builder.ToImmutable();
    }
}
