using System.Text.Json;

namespace Platform.Deploy.Images.Tests.Documents;

public sealed class SpdxDocumentTests
{
    [Fact]
    public void A_list_of_parts_names_the_image_and_everything_in_it() => Golden.Matches(SampleImage.Spdx(), "spdx.json");

    [Fact]
    public void It_is_SPDX() => Assert.Empty(SpdxRules.Findings(JsonSerializer.Deserialize<JsonElement>(SampleImage.Spdx())));

    [Theory]
    [InlineData("spdxVersion", "\"SPDX-2.2\"", "spdxVersion may not be 'SPDX-2.2'")]
    [InlineData("dataLicense", null, "dataLicense is missing")]
    [InlineData("comments", "\"\"", "comments is not known")]
    [InlineData("documentNamespace", "\"https://example.test/#part\"", "documentNamespace may not be 'https://example.test/#part'")]
    [InlineData("creationInfo/created", "\"2026-02-30\"", "creationInfo.created may not be '2026-02-30'")]
    [InlineData("creationInfo/creators", "[]", "creationInfo.creators has fewer than 1")]
    [InlineData("creationInfo/creators/0", "\"platform\"", "creationInfo.creators[0] may not be 'platform'")]
    [InlineData("packages", "{}", "packages is no list")]
    [InlineData("packages/1/SPDXID", "\"SPDXRef-a_b\"", "packages[1].SPDXID may not be 'SPDXRef-a_b'")]
    [InlineData("packages/1/SPDXID", "\"SPDXRef-package-2\"", "SPDXRef-package-2 is the id of 2 packages", "SPDXRef-package-1 is related to and not there")]
    [InlineData("packages/1/downloadLocation", null, "packages[1].downloadLocation is missing")]
    [InlineData("packages/1/downloadLocation", "\"nowhere\"", "packages[1].downloadLocation may not be 'nowhere'")]
    [InlineData("packages/1/filesAnalyzed", "true", "SPDXRef-package-1: its files are said to be analyzed, without a code that verifies them")]
    [InlineData("packages/1/licenseDeclared", "\"MIT license\"", "packages[1].licenseDeclared may not be 'MIT license'")]
    [InlineData("packages/1/versionInfo", "\"\"", "packages[1].versionInfo may not be ''")]
    [InlineData("packages/2/checksums/0/algorithm", "\"SHA2\"", "packages[2].checksums[0].algorithm may not be 'SHA2'")]
    [InlineData("packages/2/checksums/0/checksumValue", "\"ABC\"", "packages[2].checksums[0].checksumValue may not be 'ABC'")]
    [InlineData("packages/2/checksums/0/checksumValue", "\"abc\"", "SPDXRef-package-2: SHA512 has 128 digits, not 3")]
    [InlineData("packages/2/externalRefs/0/referenceCategory", "\"PACKAGE_MANAGER\"", "packages[2].externalRefs[0].referenceCategory may not be 'PACKAGE_MANAGER'")]
    [InlineData("packages/2/externalRefs/0/referenceLocator", "\"pkg:nuget/A+B@1\"", "SPDXRef-package-2: 'pkg:nuget/A+B@1' is no package URL of a package manager")]
    [InlineData("packages/0/primaryPackagePurpose", "\"IMAGE\"", "packages[0].primaryPackagePurpose may not be 'IMAGE'")]
    [InlineData("relationships/0/relationshipType", "\"HAS\"", "relationships[0].relationshipType may not be 'HAS'")]
    [InlineData("relationships/0/relationshipType", "\"CONTAINS\"", "the document does not say what it describes")]
    [InlineData("relationships/1/relatedSpdxElement", "\"SPDXRef-elsewhere\"", "SPDXRef-elsewhere is related to and not there", "SPDXRef-package-1 is in nothing")]
    public void What_is_not_SPDX_is_found(string place, string? value, params string[] findings) =>
        Assert.Equal(findings, SpdxRules.Findings(SampleImage.With(SampleImage.Spdx(), place, value)));

    [Theory]
    [InlineData("MIT")]
    [InlineData("(Apache-2.0 OR MIT) AND GPL-2.0-only WITH Classpath-exception-2.0")]
    [InlineData("LicenseRef-own")]
    public void Licenses_in_words_of_SPDX_are_taken(string license) =>
        Assert.Empty(SpdxRules.Findings(SampleImage.With(SampleImage.Spdx(), "packages/1/licenseDeclared", JsonSerializer.Serialize(license))));
}
