using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// Divides what grows with the application among stacks, as a template has its limits. Which stack an item is in depends on its name and on the
/// number of stacks, and that doubles: others that come and go move nothing, and at a doubling half of the items move to a new stack.
/// </summary>
internal static class Shards
{
    /// <param name="shortName">Of the first stack; the next is <c>NAME-2</c>.</param>
    /// <param name="items">All of them.</param>
    /// <param name="id">Logical id of an item: what it is dealt out by.</param>
    /// <param name="perStack">How many a stack has on average, at most; names are dealt out by chance, so that it may be half as many more.</param>
    /// <returns>Every stack that has items.</returns>
    public static IEnumerable<Shard<T>> Of<T>(string shortName, IEnumerable<T> items, Func<T, string> id, int perStack)
        where T : class
    {
        ImmutableArray<T> all = [.. items];
        var count = 1;
        while (all.Length > count * perStack)
        {
            count *= 2;
        }

        var stacks = all.ToLookup(item => count == 1 ? 0 : (int)(Number(id(item)) % (uint)count));
        for (var index = 0; index < count; index++)
        {
            if (stacks.Contains(index))
            {
                yield return new Shard<T>(index == 0 ? shortName : string.Create(CultureInfo.InvariantCulture, $"{shortName}-{index + 1}"), [.. stacks[index]]);
            }
        }
    }

    /// <summary>The stacks of <see cref="Of"/>, and the first one also where nothing is dealt out to it: it holds what is not dealt out.</summary>
    /// <param name="own">What only the first holds; without any it is there only if it has items.</param>
    public static IEnumerable<Shard<T>> Beside<TOwn, T>(ImmutableArray<TOwn> own, string shortName, IEnumerable<T> items, Func<T, string> id, int perStack)
        where T : class
    {
        var stacks = Of(shortName, items, id, perStack).ToList();
        return own.IsEmpty || stacks.Exists(stack => stack.ShortName == shortName) ? stacks : stacks.Prepend(new(shortName, []));
    }

    private static uint Number(string id) => uint.Parse(Names.Hash(id), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

/// <summary>What one of the stacks holds.</summary>
internal sealed record Shard<T>(string ShortName, ImmutableArray<T> Items)
    where T : class;
