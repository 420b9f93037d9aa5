using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images.Tests.Documents;

/// <summary>An image made by hand, and its documents.</summary>
internal static class SampleImage
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ImageIdentity Identity = new("web", "1.4.0", "https://example.test/shop", new SourceRevision(new string('a', 40), DateTimeOffset.FromUnixTimeSeconds(1_770_000_000), Dirty: false));

    private static readonly ImmutableArray<ImagePackage> Packages =
    [
        new("Greetings", "1.0.0", Url: null),
        new("OpenTelemetry.Api", "1.20.1", PackageList.NuGetUrl("OpenTelemetry.Api", "1.20.1")) { Sha512 = Convert.ToBase64String(new byte[64]) },
        .. BasePackages.Parse(
            new Dictionary<string, string>
            {
                ["etc/os-release"] = "ID=debian\nVERSION_ID=\"12\"\n",
                ["var/lib/dpkg/status.d/libc6"] = "Package: libc6\nVersion: 2.36-9+deb12u13\n",
                ["var/lib/dpkg/status.d/libstdc++6"] = "Package: libstdc++6\nVersion: 12.2.0-14+deb12u1\n",
            },
            "amd64"),
    ];

    public static BuiltImage Built()
    {
        var config = new ImageConfig { Architecture = "amd64", Os = "linux", Rootfs = new RootFilesystem("layers", []) };
        var platform = ImageAssembly.Platform(new ImagePlatform("amd64", "linux"), config, []);
        var onBase = new BaseImage(
            "registry.example.test/dotnet/aspnet:10.0", new RepositoryAddress("registry.example.test", "dotnet/aspnet"), Digest.Of("base"u8), ImmutableSortedDictionary<string, BasePlatform>.Empty);
        return new BuiltImage
        {
            Resource = "web",
            Repository = "shop/web",
            Tag = "1.4.0-aaaaaaaaaaaa",
            Platforms = [platform],
            Index = ImageAssembly.Index(Identity, onBase, [platform]),
            Base = onBase,
            Revision = Identity.Revision,
            Source = Identity.Source,
            Parameters = ToolCall.Variables(("project", "../Web/Web.csproj"), ("publishing", "FrameworkDependent")),
        };
    }

    public static string Spdx() => Readable(SpdxDocument.Render(Built(), Built().Platforms[0], Packages, "platform-1.0.0"));

    public static string Statement() => Readable(Provenance.Render(Built(), ImageBuilder.Of("platform-1.0.0", _ => null)));

    /// <summary>The document with one part replaced.</summary>
    /// <param name="document">In JSON.</param>
    /// <param name="place">Names and numbers with slashes between them.</param>
    /// <param name="value">In JSON; null takes the part away.</param>
    public static JsonElement With(string document, string place, string? value)
    {
        var root = JsonNode.Parse(document)!;
        var parts = place.Split('/');
        var parent = parts[..^1].Aggregate(root, (node, part) => int.TryParse(part, out var index) ? node[index]! : node[part]!);
        if (parent is JsonArray list)
        {
            list[int.Parse(parts[^1], System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(value!);
        }
        else
        {
            parent.AsObject().Remove(parts[^1]);
            if (value is not null)
            {
                parent[parts[^1]] = JsonNode.Parse(value);
            }
        }

        return JsonSerializer.SerializeToElement(root);
    }

    private static string Readable(byte[] json) => JsonNode.Parse(Encoding.UTF8.GetString(json))!.ToJsonString(Indented) + "\n";
}
