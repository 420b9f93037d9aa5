using System.Runtime.CompilerServices;

namespace Platform.Deploy.Aws;

/// <param name="Next">Asks for the page behind this one; null or empty on the last.</param>
internal sealed record Page<T>(IEnumerable<T> Items, string? Next);

internal static class Pages
{
    /// <summary>All items, page after page, each asked for when it is needed.</summary>
    /// <param name="askAsync">Gets the token of a page; null for the first.</param>
    public static async IAsyncEnumerable<T> AllAsync<T>(Func<string?, Task<Page<T>>> askAsync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var page = await askAsync(token);
            foreach (var item in page.Items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            // A stand-in that answers its own token for ever would keep us for ever.
            token = page.Next == token ? null : page.Next;
        }
        while (!string.IsNullOrEmpty(token));
    }
}

internal static class Missing
{
    /// <summary>Null where AWS says that there is no such thing.</summary>
    public static async Task<T?> OrNullAsync<T>(this Task<T> call)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (AwsException missing) when (missing.Error.Kind == AwsErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Whether the call did something: false where there was no such thing any more.</summary>
    public static async Task<bool> OrFalseAsync(this Task call)
    {
        try
        {
            await call;
            return true;
        }
        catch (AwsException missing) when (missing.Error.Kind == AwsErrorKind.NotFound)
        {
            return false;
        }
    }
}
