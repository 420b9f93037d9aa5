using System.Collections.Immutable;

namespace Platform.WebApp.Status;

/// <summary>Reads <c>OTEL_RESOURCE_ATTRIBUTES</c>: <c>key=value,key=value</c>, values percent-encoded; what is not a pair is left out.</summary>
internal static class ResourceAttributes
{
    public static ImmutableSortedDictionary<string, string> Parse(string? text)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                attributes[pair[..equals].Trim()] = Uri.UnescapeDataString(pair[(equals + 1)..].Trim());
            }
        }

        return attributes.ToImmutable();
    }
}
