using System.Text.Json;

namespace Platform.Deploy.Images.Tests.Documents;

/// <summary>
/// What an in-toto statement (https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md) with SLSA provenance
/// (https://slsa.dev/spec/v1.0/provenance) has to be.
/// </summary>
internal static class ProvenanceRules
{
    private const string Address = @"[A-Za-z][A-Za-z0-9+.\-]*:\S+";
    private const string Time = @"\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ";

    private static readonly Shape Digests = new Shape.Map(
        algorithm => new Shape.Text(algorithm switch
        {
            "sha256" => "[0-9a-f]{64}",
            "sha512" => "[0-9a-f]{128}",
            "gitCommit" => "[0-9a-f]{40}|[0-9a-f]{64}",
            _ => "(?!)",
        }),
        1);

    private static readonly Shape Resource = new Shape.Members(
        ("name?", new Shape.Text(".+")), ("uri?", new Shape.Text(Address)), ("digest?", Digests), ("downloadLocation?", new Shape.Text(Address)), ("mediaType?", new Shape.Text(@"[^/\s]+/[^/\s]+")));

    private static readonly Shape Statement = new Shape.Members(
        ("_type", new Shape.Text("https://in-toto.io/Statement/v1")),
        ("subject", new Shape.List(new Shape.Members(("name?", new Shape.Text(".+")), ("digest", Digests)), 1)),
        ("predicateType", new Shape.Text("https://slsa.dev/provenance/v1")),
        ("predicate", new Shape.Members(
            ("buildDefinition", new Shape.Members(
                ("buildType", new Shape.Text(Address)),
                ("externalParameters", new Shape.Map(_ => new Shape.Anything(), 1)),
                ("internalParameters?", new Shape.Map(_ => new Shape.Anything(), 0)),
                ("resolvedDependencies?", new Shape.List(Resource, 0)))),
            ("runDetails", new Shape.Members(
                ("builder", new Shape.Members(("id", new Shape.Text(Address)), ("version?", new Shape.Map(_ => new Shape.Text(".+"), 1)), ("builderDependencies?", new Shape.List(Resource, 0)))),
                ("metadata?", new Shape.Members(("invocationId?", new Shape.Text(".+")), ("startedOn?", new Shape.Text(Time)), ("finishedOn?", new Shape.Text(Time)))),
                ("byproducts?", new Shape.List(Resource, 0)))))));

    /// <summary>What is wrong with it; empty where nothing is.</summary>
    public static IReadOnlyList<string> Findings(JsonElement statement)
    {
        var ofShape = Statement.Findings(statement, "").ToList();
        return ofShape.Count > 0 || !statement.GetProperty("predicate").GetProperty("buildDefinition").TryGetProperty("resolvedDependencies", out var resources)
            ? ofShape
            : [.. resources.EnumerateArray().Index()
                .Where(resource => !resource.Item.TryGetProperty("uri", out _) && !resource.Item.TryGetProperty("digest", out _))
                .Select(resource => $"predicate.buildDefinition.resolvedDependencies[{resource.Index}] has neither a uri nor a digest")];
    }
}
