using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Deploy.Oci;

namespace Platform.Deploy.Images;

/// <summary>
/// The list of a web project's static files, <c>NAME.staticwebassets.endpoints.json</c>, which says when each was last written: on the machine
/// that built it. Here it says what the files in the image say, so that it is the same on every machine.
/// </summary>
internal static class StaticAssetEndpoints
{
    public const string Ending = ".staticwebassets.endpoints.json";
    private const string Header = "Last-Modified";
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="json">{ "Endpoints": [ { "AssetFile": PATH below wwwroot, "ResponseHeaders": [ { "Name": "Last-Modified", "Value": TIME } ] } ] }</param>
    /// <param name="files">The files of the image by their path below wwwroot.</param>
    /// <returns>The same text where it is none of these lists.</returns>
    public static string Normal(string json, IReadOnlyDictionary<string, LayerEntry.File> files)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return json;
        }

        if (root?["Endpoints"] is not JsonArray endpoints)
        {
            return json;
        }

        foreach (var endpoint in endpoints)
        {
            var asset = endpoint?["AssetFile"]?.GetValue<string>() ?? "";
            var time = files.TryGetValue(asset, out var file) ? file.Time : LayerEntry.Beginning;
            foreach (var header in (endpoint?["ResponseHeaders"] as JsonArray ?? []).OfType<JsonObject>().Where(header => header["Name"]?.GetValue<string>() == Header))
            {
                header["Value"] = time.ToString("R", CultureInfo.InvariantCulture);
            }
        }

        return root.ToJsonString(Written);
    }
}
