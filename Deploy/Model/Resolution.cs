using System.Collections.Immutable;

namespace Platform.Deploy.Model;

/// <summary>What a text of the manifest stands for, and what it takes.</summary>
/// <param name="Value">Empty where the text is not <see cref="IsUsable"/>.</param>
internal sealed record Resolution(Value Value)
{
    public static readonly Resolution Empty = new(Value.Of(""));

    /// <summary>A problem was found, and reported.</summary>
    public static readonly Resolution Failed = Empty with { HasFailed = true };

    public bool HasFailed { get; init; }

    /// <summary>Refused resources that it refers to, also through others.</summary>
    public ImmutableArray<string> Refused { get; init; } = [];

    /// <summary>The same of resources that are allowed to be missing.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>Connections that whoever uses the text will open.</summary>
    public ImmutableArray<FlowModel> Calls { get; init; } = [];

    /// <summary>Ports of addresses outside that it stands for and that cannot be read in it.</summary>
    public ImmutableArray<int> OutsidePorts { get; init; } = [];

    /// <summary>Parameters and substituted resources whose value is a connection string that only the target knows.</summary>
    public ImmutableArray<string> HiddenAddresses { get; init; } = [];

    /// <summary>Steps to the deepest text below.</summary>
    public int Depth { get; init; }

    public bool IsUsable => !HasFailed && Refused.IsEmpty && Missing.IsEmpty;

    /// <summary>All of them in a row.</summary>
    public static Resolution Join(IReadOnlyList<Resolution> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        var whole = new Resolution(Value.Of(""))
        {
            HasFailed = parts.Any(part => part.HasFailed),
            Refused = Union(parts, part => part.Refused),
            Missing = Union(parts, part => part.Missing),
            Calls = Union(parts, part => part.Calls),
            OutsidePorts = Union(parts, part => part.OutsidePorts),
            HiddenAddresses = Union(parts, part => part.HiddenAddresses),
            Depth = parts.Max(part => part.Depth),
        };
        return whole.IsUsable ? whole with { Value = Value.Join(parts.Select(part => part.Value)) } : whole;
    }

    // Most texts refer to one thing: its list is taken as it is.
    private static ImmutableArray<T> Union<T>(IReadOnlyList<Resolution> parts, Func<Resolution, ImmutableArray<T>> list)
    {
        ImmutableArray<T> one = [];
        HashSet<T>? all = null;
        foreach (var part in parts)
        {
            var next = list(part);
            if (next.IsEmpty || next == one)
            {
                continue;
            }

            if (one.IsEmpty)
            {
                one = next;
                continue;
            }

            all ??= [.. one];
            all.UnionWith(next);
        }

        return all is null ? one : [.. all];
    }
}
