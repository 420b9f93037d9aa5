using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Deploy.Images;

/// <summary>The list of an image's parts for one platform, as SPDX 2.3 (https://spdx.github.io/spdx-spec/v2.3/). The same image gives the same bytes.</summary>
internal static class SpdxDocument
{
    private const string Document = "SPDXRef-DOCUMENT";
    private const string Image = "SPDXRef-image";
    private const string Unknown = "NOASSERTION";

    /// <param name="image">Whose parts they are.</param>
    /// <param name="platform">For which platform.</param>
    /// <param name="packages">The parts.</param>
    /// <param name="tool">Name and version of who writes it, such as <c>platform-1.0.0</c>.</param>
    public static byte[] Render(BuiltImage image, BuiltPlatform platform, ImmutableArray<ImagePackage> packages, string tool)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("spdxVersion", "SPDX-2.3");
            json.WriteString("dataLicense", "CC0-1.0");
            json.WriteString("SPDXID", Document);
            json.WriteString("name", $"{image.Repository} {platform.Platform}");
            json.WriteString("documentNamespace", $"https://spdx.org/spdxdocs/{image.Repository}-{platform.Manifest.Digest.Hex}");
            json.WriteStartObject("creationInfo");
            json.WriteString("created", ImageAssembly.Time(image.Revision));
            json.WriteStartArray("creators");
            json.WriteStringValue($"Tool: {tool}");
            json.WriteEndArray();
            json.WriteEndObject();

            json.WriteStartArray("packages");
            WriteImage(json, image, platform);
            foreach (var (i, package) in packages.Index())
            {
                WritePackage(json, Id(i), package);
            }

            json.WriteEndArray();
            json.WriteStartArray("relationships");
            WriteRelationship(json, Document, "DESCRIBES", Image);
            foreach (var (i, _) in packages.Index())
            {
                WriteRelationship(json, Image, "CONTAINS", Id(i));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    private static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"SPDXRef-package-{index + 1}");

    private static void WriteImage(Utf8JsonWriter json, BuiltImage image, BuiltPlatform platform)
    {
        var name = image.Repository[(image.Repository.LastIndexOf('/') + 1)..];
        WriteBeginning(json, Image, image.Repository, image.Tag);
        json.WriteString("primaryPackagePurpose", "CONTAINER");
        WriteChecksum(json, "SHA256", platform.Manifest.Digest.Hex);
        WriteUrl(json, $"pkg:oci/{name}@{Uri.EscapeDataString(platform.Manifest.Digest.ToString())}?arch={platform.Platform.Architecture}");
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, string id, ImagePackage package)
    {
        WriteBeginning(json, id, package.Name, package.Version);
        if (package.Sha512 is not null)
        {
            WriteChecksum(json, "SHA512", Convert.ToHexStringLower(Convert.FromBase64String(package.Sha512)));
        }

        if (package.Url is not null)
        {
            WriteUrl(json, package.Url);
        }

        json.WriteEndObject();
    }

    private static void WriteBeginning(Utf8JsonWriter json, string id, string name, string version)
    {
        json.WriteStartObject();
        json.WriteString("SPDXID", id);
        json.WriteString("name", name);
        if (version.Length > 0)
        {
            json.WriteString("versionInfo", version);
        }

        json.WriteString("downloadLocation", Unknown);
        json.WriteBoolean("filesAnalyzed", false);
        json.WriteString("licenseConcluded", Unknown);
        json.WriteString("licenseDeclared", Unknown);
        json.WriteString("copyrightText", Unknown);
    }

    private static void WriteChecksum(Utf8JsonWriter json, string algorithm, string value)
    {
        json.WriteStartArray("checksums");
        json.WriteStartObject();
        json.WriteString("algorithm", algorithm);
        json.WriteString("checksumValue", value);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteUrl(Utf8JsonWriter json, string url)
    {
        json.WriteStartArray("externalRefs");
        json.WriteStartObject();
        json.WriteString("referenceCategory", "PACKAGE-MANAGER");
        json.WriteString("referenceType", "purl");
        json.WriteString("referenceLocator", url);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteRelationship(Utf8JsonWriter json, string from, string type, string to)
    {
        json.WriteStartObject();
        json.WriteString("spdxElementId", from);
        json.WriteString("relationshipType", type);
        json.WriteString("relatedSpdxElement", to);
        json.WriteEndObject();
    }
}
