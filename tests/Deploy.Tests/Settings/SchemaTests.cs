using NJsonSchema;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Settings;

public sealed class SchemaTests
{
    private static readonly string Environments = Path.Combine(Repository.Root, "Deploy", "environments");

    [Fact]
    public void The_schema_is_that_of_the_catalogue() => Golden.Matches(SettingsSchema.Render(), "../../../Deploy/environments/settings.schema.json");

    [Theory]
    [InlineData("""{ "regoin": "eu-west-1" }""")]
    [InlineData("""{ "region": "Frankfurt" }""")]
    [InlineData("""{ "account": 123456789012 }""")]
    [InlineData("""{ "tags": { "app": "shop" } }""")]
    [InlineData("""{ "network": { "egress": "public" } }""")]
    [InlineData("""{ "network": { "natGateways": 4 } }""")]
    [InlineData("""{ "network": { "existing": {} } }""")]
    [InlineData("""{ "edge": { "inboundCidrs": [] } }""")]
    [InlineData("""{ "operations": { "logRetentionDays": 31 } }""")]
    [InlineData("""{ "resources": { "web": { "replicas": { "min": 0 } } } }""")]
    [InlineData("""{ "resources": { "web": { "port": 80 } } }""")]
    public async Task What_the_reader_refuses_an_editor_marks(string file)
    {
        var schema = await JsonSchema.FromJsonAsync(SettingsSchema.Render(), TestContext.Current.CancellationToken);

        var findings = schema.Validate(file);

        Assert.NotEmpty(findings);
        Assert.NotEmpty(SettingsReader.Read(Written.File(file)).Problems);
    }

    [Fact]
    public async Task An_editor_takes_null_wherever_the_reader_does()
    {
        const string file = """{ "region": null, "profile": null, "network": { "existing": null, "natGateways": null }, "operations": { "logRetentionDays": null }, "resources": { "web": null } }""";
        var schema = await JsonSchema.FromJsonAsync(SettingsSchema.Render(), TestContext.Current.CancellationToken);

        var findings = schema.Validate(file);

        Assert.Empty(findings);
        Assert.Empty(SettingsReader.Read(Written.File(file)).Problems);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("production")]
    public async Task A_file_of_this_repository_is_valid_and_has_no_problem(string environment)
    {
        var file = await SettingsFiles.ReadAsync(environment, SettingsFiles.FolderAbove(Repository.Root), Repository.Root, TestContext.Current.CancellationToken);
        var schema = await JsonSchema.FromJsonAsync(SettingsSchema.Render(), TestContext.Current.CancellationToken);

        var findings = schema.Validate(await File.ReadAllTextAsync(Path.Combine(Environments, $"{environment}.json"), TestContext.Current.CancellationToken));
        var reading = SettingsReader.Read(Written.Nothing(environment) with { File = file });

        Assert.Empty(findings);
        Assert.Equal("", Written.Text(reading.Problems));
        Assert.Equal($"\"platform-demo\" from Deploy/environments/{environment}.json", reading.Origin("application"));
    }
}
