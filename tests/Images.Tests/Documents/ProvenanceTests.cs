using System.Text.Json;

namespace Platform.Deploy.Images.Tests.Documents;

public sealed class ProvenanceTests
{
    [Fact]
    public void Provenance_says_what_was_built_from_what_by_whom() => Golden.Matches(SampleImage.Statement(), "provenance.json");

    [Fact]
    public void It_is_a_statement_of_in_toto_with_provenance_of_SLSA() => Assert.Empty(ProvenanceRules.Findings(JsonSerializer.Deserialize<JsonElement>(SampleImage.Statement())));

    [Fact]
    public void Without_a_page_of_the_sources_the_commit_alone_is_named()
    {
        var image = SampleImage.Built() with { Source = null };

        var statement = JsonSerializer.Deserialize<JsonElement>(Provenance.Render(image, ImageBuilder.Of("platform-1.0.0", _ => null)));

        Assert.Empty(ProvenanceRules.Findings(statement));
        Assert.Equal(
            """{"digest":{"gitCommit":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}""",
            statement.GetProperty("predicate").GetProperty("buildDefinition").GetProperty("resolvedDependencies")[0].GetRawText());
    }

    [Theory]
    [InlineData("_type", "\"https://in-toto.io/Statement/v0.1\"", "_type may not be 'https://in-toto.io/Statement/v0.1'")]
    [InlineData("subject", "[]", "subject has fewer than 1")]
    [InlineData("subject/0/digest", null, "subject[0].digest is missing")]
    [InlineData("subject/0/digest/sha256", "\"abc\"", "subject[0].digest.sha256 may not be 'abc'")]
    [InlineData("subject/0/digest", "{}", "subject[0].digest has fewer than 1")]
    [InlineData("predicateType", null, "predicateType is missing")]
    [InlineData("predicate/buildDefinition/buildType", "\"image\"", "predicate.buildDefinition.buildType may not be 'image'")]
    [InlineData("predicate/buildDefinition/externalParameters", "[]", "predicate.buildDefinition.externalParameters is no object")]
    [InlineData("predicate/buildDefinition/resolvedDependencies/0", "{\"uri\":\"git\"}", "predicate.buildDefinition.resolvedDependencies[0].uri may not be 'git'")]
    [InlineData("predicate/buildDefinition/resolvedDependencies/0", "{\"name\":\"git\"}", "predicate.buildDefinition.resolvedDependencies[0] has neither a uri nor a digest")]
    [InlineData("predicate/runDetails/builder/id", null, "predicate.runDetails.builder.id is missing")]
    [InlineData("predicate/runDetails/metadata/startedOn", "\"today\"", "predicate.runDetails.metadata.startedOn may not be 'today'")]
    public void What_is_none_is_found(string place, string? value, params string[] findings) =>
        Assert.Equal(findings, ProvenanceRules.Findings(SampleImage.With(SampleImage.Statement(), place, value)));
}
