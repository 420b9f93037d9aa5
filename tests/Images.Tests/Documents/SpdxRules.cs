using System.Text.Json;

namespace Platform.Deploy.Images.Tests.Documents;

/// <summary>
/// What SPDX 2.3 asks of a document in JSON (https://spdx.github.io/spdx-spec/v2.3/), as far as it concerns lists of packages: the schema of the
/// format, and the rules of its text that a schema cannot say. No package with the schema itself can be restored.
/// </summary>
internal static class SpdxRules
{
    private const string Id = @"SPDXRef-[A-Za-z0-9.\-]+";
    private const string OneLine = @"[^\r\n]+";
    private const string Address = @"[A-Za-z][A-Za-z0-9+.\-]*:[^\s#]+";
    private const string Time = @"\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ";
    private const string Agent = @"(Person|Organization): \S.*";
    private const string LicenseName = @"(DocumentRef-[A-Za-z0-9.\-]+:)?[A-Za-z0-9.\-]+\+?( WITH [A-Za-z0-9.\-]+)?";
    private const string License = @$"NONE|NOASSERTION|\(*{LicenseName}\)*( (AND|OR) \(*{LicenseName}\)*)*";

    // pkg:TYPE/NAMESPACE/NAME@VERSION?QUALIFIERS#SUBPATH, all but the separators percent-encoded.
    private const string PackageUrl = @"pkg:[a-z][a-z0-9.+\-]*(/([A-Za-z0-9._~\-]|%[0-9A-F]{2})+)+(@([A-Za-z0-9._~\-]|%[0-9A-F]{2})+)?(\?[a-z][a-z0-9._\-]*=[^&#\s]+(&[a-z][a-z0-9._\-]*=[^&#\s]+)*)?(#\S+)?";

    private static readonly Dictionary<string, int> DigitsOfHashes = new()
    {
        ["MD5"] = 32,
        ["SHA1"] = 40,
        ["SHA224"] = 56,
        ["SHA256"] = 64,
        ["SHA3-256"] = 64,
        ["BLAKE2b-256"] = 64,
        ["SHA384"] = 96,
        ["SHA3-384"] = 96,
        ["BLAKE2b-384"] = 96,
        ["SHA512"] = 128,
        ["SHA3-512"] = 128,
        ["BLAKE2b-512"] = 128,
    };

    private static readonly Shape Package = new Shape.Members(
        ("SPDXID", new Shape.Text(Id)),
        ("name", new Shape.Text(OneLine)),
        ("versionInfo?", new Shape.Text(OneLine)),
        ("supplier?", new Shape.Text($"NOASSERTION|{Agent}")),
        ("originator?", new Shape.Text($"NOASSERTION|{Agent}")),
        ("downloadLocation", new Shape.Text($"NONE|NOASSERTION|{Address}(#\\S+)?")),
        ("filesAnalyzed?", new Shape.Flag()),
        ("packageVerificationCode?", new Shape.Members(("packageVerificationCodeValue", new Shape.Text("[0-9a-f]{40}")), ("packageVerificationCodeExcludedFiles?", new Shape.List(new Shape.Text(OneLine), 1)))),
        ("checksums?", new Shape.List(new Shape.Members(("algorithm", new Shape.Text(string.Join('|', DigitsOfHashes.Keys))), ("checksumValue", new Shape.Text("[0-9a-f]+"))), 1)),
        ("licenseConcluded?", new Shape.Text(License)),
        ("licenseDeclared?", new Shape.Text(License)),
        ("copyrightText?", new Shape.Text(@"[\s\S]+")),
        ("primaryPackagePurpose?", new Shape.Text("OTHER|INSTALL|ARCHIVE|FIRMWARE|APPLICATION|FRAMEWORK|LIBRARY|CONTAINER|SOURCE|DEVICE|OPERATING_SYSTEM|FILE")),
        ("externalRefs?", new Shape.List(
            new Shape.Members(
                ("referenceCategory", new Shape.Text("OTHER|PERSISTENT-ID|SECURITY|PACKAGE-MANAGER")),
                ("referenceType", new Shape.Text(@"[A-Za-z0-9.\-]+|" + Address)),
                ("referenceLocator", new Shape.Text(@"\S+"))),
            1)));

    private static readonly Shape Document = new Shape.Members(
        ("spdxVersion", new Shape.Text(@"SPDX-2\.3")),
        ("dataLicense", new Shape.Text(@"CC0-1\.0")),
        ("SPDXID", new Shape.Text("SPDXRef-DOCUMENT")),
        ("name", new Shape.Text(OneLine)),
        ("documentNamespace", new Shape.Text(Address)),
        ("creationInfo", new Shape.Members(
            ("created", new Shape.Text(Time)),
            ("creators", new Shape.List(new Shape.Text(@$"Tool: \S+-\S+|{Agent}"), 1)),
            ("licenseListVersion?", new Shape.Text(@"\d+\.\d+")))),
        ("packages", new Shape.List(Package, 1)),
        ("relationships", new Shape.List(
            new Shape.Members(
                ("spdxElementId", new Shape.Text(Id)),
                ("relationshipType", new Shape.Text("DESCRIBES|DESCRIBED_BY|CONTAINS|CONTAINED_BY|DEPENDS_ON|DEPENDENCY_OF|GENERATED_FROM|GENERATES|OTHER")),
                ("relatedSpdxElement", new Shape.Text($"NONE|NOASSERTION|{Id}"))),
            1)));

    /// <summary>What is wrong with it; empty where nothing is.</summary>
    public static IReadOnlyList<string> Findings(JsonElement document)
    {
        var ofShape = Document.Findings(document, "").ToList();
        // The rules read what the shape promises.
        return ofShape.Count > 0 ? ofShape : [.. Packages(document), .. Relationships(document)];
    }

    private static IEnumerable<string> Packages(JsonElement document)
    {
        var packages = document.GetProperty("packages").EnumerateArray().Select(package => (Id: Text(package, "SPDXID"), Package: package)).ToList();
        return
        [
            .. packages.CountBy(package => package.Id).Where(id => id.Value > 1).Select(id => $"{id.Key} is the id of {id.Value} packages"),
            .. packages.Where(package => (!package.Package.TryGetProperty("filesAnalyzed", out var analyzed) || analyzed.GetBoolean()) && !package.Package.TryGetProperty("packageVerificationCode", out _))
                .Select(package => $"{package.Id}: its files are said to be analyzed, without a code that verifies them"),
            .. packages.SelectMany(package => Items(package.Package, "checksums"), (package, checksum) => (package.Id, Algorithm: Text(checksum, "algorithm"), Value: Text(checksum, "checksumValue")))
                .Where(checksum => checksum.Value.Length != DigitsOfHashes[checksum.Algorithm])
                .Select(checksum => $"{checksum.Id}: {checksum.Algorithm} has {DigitsOfHashes[checksum.Algorithm]} digits, not {checksum.Value.Length}"),
            .. packages.SelectMany(package => Items(package.Package, "externalRefs"), (package, reference) => (package.Id, Type: Text(reference, "referenceType"), Category: Text(reference, "referenceCategory"), Locator: Text(reference, "referenceLocator")))
                .Where(reference => reference.Type == "purl" && (reference.Category != "PACKAGE-MANAGER" || new Shape.Text(PackageUrl).Findings(JsonSerializer.SerializeToElement(reference.Locator), "").Any()))
                .Select(reference => $"{reference.Id}: '{reference.Locator}' is no package URL of a package manager"),
        ];
    }

    private static IEnumerable<string> Relationships(JsonElement document)
    {
        var ids = document.GetProperty("packages").EnumerateArray().Select(package => Text(package, "SPDXID")).Append("SPDXRef-DOCUMENT").ToHashSet();
        var relationships = document.GetProperty("relationships").EnumerateArray()
            .Select(relationship => (From: Text(relationship, "spdxElementId"), Type: Text(relationship, "relationshipType"), To: Text(relationship, "relatedSpdxElement")))
            .ToList();
        var reached = relationships.Select(relationship => relationship.To).ToHashSet();
        return
        [
            .. relationships.SelectMany(relationship => new[] { relationship.From, relationship.To }).Where(id => id is not ("NONE" or "NOASSERTION") && !ids.Contains(id)).Distinct().Select(id => $"{id} is related to and not there"),
            .. relationships.Any(relationship => relationship is { From: "SPDXRef-DOCUMENT", Type: "DESCRIBES" }) ? Array.Empty<string>() : ["the document does not say what it describes"],
            .. ids.Where(id => id != "SPDXRef-DOCUMENT" && !reached.Contains(id)).Select(id => $"{id} is in nothing"),
        ];
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string member) => element.TryGetProperty(member, out var list) ? list.EnumerateArray() : default;
}
