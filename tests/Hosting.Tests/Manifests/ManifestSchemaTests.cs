using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace Platform.Hosting.Tests.Manifests;

public sealed class ManifestSchemaTests
{
    // What Aspire writes too, and the schema does not allow (docs/manifest.md).
    private const string Exceptions = "exceptions.json";

    [Fact]
    public async Task Every_golden_manifest_is_valid_against_the_published_schema()
    {
        var schema = await SchemaAsync();
        var manifests = Directory.GetFiles(Path.Combine(Repository.TestProject, "Golden", "Manifests"), "*.json")
            .Where(path => Path.GetFileName(path) != Exceptions && !path.Contains(".received.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();

        var errors = manifests.Select(path => (Name: Path.GetFileName(path), Errors: string.Join('\n', schema.Validate(File.ReadAllText(path)))));

        Assert.Equal(
            ["custom.json", "dockerfile.json", "exotic.json", "parameters.json", "web-project.json", "wide.json"],
            manifests.Select(path => Path.GetFileName(path)));
        Assert.All(errors, manifest => Assert.Equal((manifest.Name, ""), manifest));
    }

    [Fact]
    public async Task The_documented_exceptions_are_the_only_ones()
    {
        var schema = await SchemaAsync();
        var text = await File.ReadAllTextAsync(
            Path.Combine(Repository.TestProject, "Golden", "Manifests", Exceptions), TestContext.Current.CancellationToken);

        var errors = schema.Validate(text).Select(error => error.Path).ToList();

        Assert.All(errors, path => Assert.Matches("resources.(clock|image)$", path));
        Assert.Equal(2, errors.Count);
    }

    [Fact]
    public async Task The_schema_as_it_is_used_here_rejects_a_wrong_entry()
    {
        var schema = await SchemaAsync();

        var errors = schema.Validate("""{ "resources": { "web": { "type": "project.v0", "path": "a", "image": "b" } } }""");

        Assert.NotEmpty(errors);
    }

    private static async Task<JsonSchema> SchemaAsync()
    {
        var path = Path.Combine(Need.SharedData("manifests"), "schema-aspire-8.0.json");
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Downgrade(schema);
        return await JsonSchema.FromJsonAsync(schema?.ToJsonString() ?? "", TestContext.Current.CancellationToken);
    }

    // The library knows draft 4: there a constant is an enumeration of one, and a property that must not be is one that nothing satisfies.
    private static void Downgrade(JsonNode? node)
    {
        foreach (var child in node is JsonArray array ? array.ToList() : node is JsonObject members ? [.. members.Select(member => member.Value)] : [])
        {
            Downgrade(child);
        }

        if (node is JsonObject schema)
        {
            if (schema["const"] is JsonValue constant)
            {
                schema["enum"] = new JsonArray(constant.DeepClone());
                schema.Remove("const");
            }

            var forbidden = schema["properties"] is JsonObject properties
                ? properties.Where(property => property.Value?.GetValueKind() == JsonValueKind.False).Select(property => property.Key).ToList()
                : [];
            forbidden.ForEach(name => schema["properties"]![name] = new JsonObject { ["not"] = new JsonObject() });
        }
    }
}
