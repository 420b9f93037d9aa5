using System.Text.Json;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Manifests;
using Platform.Hosting.Tests.Model;

namespace Platform.Hosting.Tests.Manifests;

public sealed class ManifestWriterTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_web_project_is_written_with_its_replicas_and_probes() => MatchesAsync(ManifestModels.WebProject, "web-project.json");

    [Fact]
    public Task Every_resource_type_and_every_form_of_value_is_written() => MatchesAsync(ManifestModels.Wide, "wide.json");

    [Fact]
    public Task Parameters_of_all_kinds_are_written() => MatchesAsync(ManifestModels.Parameters, "parameters.json");

    [Fact]
    public Task Images_that_are_built_are_written() => MatchesAsync(ManifestModels.Dockerfile, "dockerfile.json");

    [Fact]
    public Task A_resource_writes_itself_or_is_left_out() => MatchesAsync(ManifestModels.Custom, "custom.json");

    [Fact]
    public Task A_resource_without_a_form_is_written_as_an_error() => MatchesAsync(ManifestModels.Exceptions, "exceptions.json");

    [Fact]
    public Task Exotic_names_and_texts_are_escaped() => MatchesAsync(ManifestModels.Exotic, "exotic.json");

    [Fact]
    public async Task The_bytes_are_the_same_in_another_folder()
    {
        using var other = new ModelFolder();
        var builder = _folder.ForPublish();
        var otherBuilder = other.ForPublish();
        ManifestModels.Wide(_folder, builder);
        ManifestModels.Wide(other, otherBuilder);

        await _folder.ManifestOfAsync(builder);
        await other.ManifestOfAsync(otherBuilder);

        Assert.Equal(await ReadAsync(_folder.Manifest), await ReadAsync(other.Manifest));
    }

    [Fact]
    public async Task The_file_is_ASCII_without_a_mark_and_with_LF_only()
    {
        var builder = _folder.ForPublish();
        ManifestModels.Exotic(_folder, builder);

        await _folder.ManifestOfAsync(builder);

        var bytes = await ReadAsync(_folder.Manifest);
        Assert.DoesNotContain(bytes, character => character is (byte)'\r' or > 127);
        Assert.Equal("{\n  \"$schema\""u8, bytes.AsSpan(0, 13));
        Assert.Equal("}\n"u8, bytes.AsSpan(bytes.Length - 2));
    }

    [Fact]
    public async Task Paths_are_relative_to_the_manifest()
    {
        var builder = _folder.ForPublish();
        var project = builder.AddProject("web", _folder.AddProject("Web"));
        await using var application = builder.Build();

        var deep = await WriteAsync(builder, Path.Combine(_folder.Root, "out", "deep", "m.json"));
        var beside = await WriteAsync(builder, Path.Combine(_folder.Root, "Web", "m.json"));

        Assert.Equal(("../../Web/Web.csproj", "Web.csproj"), (PathOf(deep, project), PathOf(beside, project)));
    }

    [Fact]
    public async Task A_folder_gets_a_file_of_the_usual_name()
    {
        var builder = _folder.ForPublish();
        await using var application = builder.Build();
        var model = new DistributedApplicationModel(builder.Resources);

        var existing = await ManifestWriter.WriteAsync(model, builder.ExecutionContext, _folder.Root, TestContext.Current.CancellationToken);
        var missing = await ManifestWriter.WriteAsync(model, builder.ExecutionContext, Path.Combine(_folder.Root, "new/"), TestContext.Current.CancellationToken);

        Assert.Equal((_folder.Manifest, Path.Combine(_folder.Root, "new", "aspire-manifest.json")), (existing, missing));
        Assert.Equal(await ReadAsync(existing), await ReadAsync(missing));
    }

    [Fact]
    public async Task An_older_manifest_is_replaced_and_nothing_is_left_beside_it()
    {
        await File.WriteAllTextAsync(_folder.Manifest, new string('x', 100_000), TestContext.Current.CancellationToken);
        var builder = _folder.ForPublish();

        var text = await _folder.ManifestOfAsync(builder);

        Assert.Equal("{\n  \"$schema\": \"https://json.schemastore.org/aspire-8.0.json\",\n  \"resources\": {}\n}\n", text);
        Assert.Equal([_folder.Manifest], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task Values_of_secrets_are_nowhere_in_the_file()
    {
        const string canary = "canary-4f1d7a90c3";
        var builder = _folder.ForPublish(
            "--Parameters:hidden", canary, "--ConnectionStrings:database", canary, "--Parameters:generated", canary, "--Parameters:token", canary);
        var hidden = builder.AddParameter("hidden", secret: true);
        var constant = builder.AddParameter("constant", canary, publishValueAsDefault: true, secret: true);
        var generated = builder.AddParameter("generated", new GenerateParameterDefault(), secret: true);
        var database = builder.AddConnectionString("database");
        _folder.AddFile("image/Dockerfile", "FROM scratch");
        builder.AddDockerfile("image", "../image").WithBuildSecret("TOKEN", builder.AddParameter("token", secret: true));
        builder.AddProject("web", _folder.AddWebProject("Web"))
            .WithReference(database)
            .WithEnvironment("A", hidden)
            .WithEnvironment("B", $"{constant}:{generated:uri}")
            .WithArgs("--password", hidden);

        var text = await _folder.ManifestOfAsync(builder);

        Assert.DoesNotContain(canary, text, StringComparison.Ordinal);
    }

    private async Task MatchesAsync(Action<ModelFolder, IDistributedApplicationBuilder> model, string name)
    {
        var builder = _folder.ForPublish();
        model(_folder, builder);

        var text = await _folder.ManifestOfAsync(builder);

        Golden.Matches(text, $"Manifests/{name}");
    }

    private static async Task<JsonElement> WriteAsync(IDistributedApplicationBuilder builder, string path)
    {
        await ManifestWriter.WriteAsync(
            new DistributedApplicationModel(builder.Resources), builder.ExecutionContext, path, TestContext.Current.CancellationToken);
        return JsonElement.Parse(await ReadAsync(path));
    }

    private static string? PathOf(JsonElement manifest, IResourceBuilder<IResource> project) =>
        manifest.GetProperty("resources").GetProperty(project.Resource.Name).GetProperty("path").GetString();

    private static Task<byte[]> ReadAsync(string path) => File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
}
