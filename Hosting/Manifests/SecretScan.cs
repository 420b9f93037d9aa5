using System.Text.Json;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Manifests;

/// <summary>
/// Finds values of secrets in a manifest. The writer puts none in; a callback may, by reading the configuration or the value of a parameter.
/// </summary>
internal static class SecretScan
{
    // A shorter value, such as a development password "postgres", also stands in places where it is no secret.
    private const int MinLength = 12;

    /// <summary>The secrets of the application that have a value now.</summary>
    public static IReadOnlyList<(string Name, string Value)> SecretsOf(DistributedApplicationModel model) =>
    [
        .. model.Resources.OfType<ParameterResource>()
            .Where(parameter => parameter is { Secret: true, Default: null })
            .Select(parameter => (parameter.Name, Value: ValueOf(parameter)))
            .Where(secret => secret.Value.Length >= MinLength),
    ];

    /// <summary>A problem for every text of the manifest that holds one of them.</summary>
    public static IEnumerable<Problem> Check(ReadOnlyMemory<byte> manifest, IReadOnlyList<(string Name, string Value)> secrets)
    {
        if (secrets.Count == 0)
        {
            return [];
        }

        using var document = JsonDocument.Parse(manifest);
        return [.. Texts(document.RootElement, "").SelectMany(text => secrets
            .Where(secret => text.Value.Contains(secret.Value, StringComparison.Ordinal))
            .Select(secret => ManifestProblems.SecretInManifest(secret.Name, text.Path)))];
    }

    private static IEnumerable<(string Path, string Value)> Texts(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            Texts(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}").Prepend((path, property.Name))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => Texts(item, $"{path}[{i}]")),
        JsonValueKind.String => [(path, element.GetString() ?? "")],
        _ => [],
    };

    private static string ValueOf(ParameterResource parameter)
    {
        try
        {
            return parameter.TryRead(out var value) ? value : "";
        }
#pragma warning disable CA1031 // the value's getter is the author's code; where it fails, the value is nowhere
        catch (Exception)
#pragma warning restore CA1031
        {
            return "";
        }
    }
}
