using System.Collections.Immutable;
using k8s.Models;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>Amounts of CPU, memory and storage as the models of KubernetesClient take them.</summary>
internal static class Quantities
{
    private static readonly ImmutableSortedDictionary<string, ResourceQuantity> None = ImmutableSortedDictionary.Create<string, ResourceQuantity>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, ResourceQuantity> One(string resource, string amount) => None.Add(resource, new Amount(amount));

    public static ImmutableSortedDictionary<string, ResourceQuantity> Of(string cpu, string memory, string ephemeralStorage) => None
        .Add("cpu", new Amount(cpu))
        .Add("ephemeral-storage", new Amount(ephemeralStorage))
        .Add("memory", new Amount(memory));
}

/// <summary>An amount that is written as it was said. The library's own text is worked out with fractions of big integers, for each one anew.</summary>
internal sealed class Amount : ResourceQuantity
{
    private readonly string _text;

    public Amount(string text)
        : base(text) => _text = text;

    public override string ToString() => _text;
}
