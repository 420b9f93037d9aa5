using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Manifests;

namespace Platform.Hosting.Tests.Model;

/// <summary>A folder with an AppHost, made for one test: <c>AppHost/</c> and the projects beside it.</summary>
internal sealed class ModelFolder : IDisposable
{
    private const string ManifestName = "aspire-manifest.json";

    public string Root { get; } = Directory.CreateTempSubdirectory("platform-model-").FullName;

    public string AppHost => Directory.CreateDirectory(Path.Combine(Root, "AppHost")).FullName;

    public string Manifest => Path.Combine(Root, ManifestName);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Adds a file; returns its path relative to the AppHost.</summary>
    public string AddFile(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full) ?? Root);
        File.WriteAllText(full, content);
        return $"../{path}";
    }

    /// <summary>Adds a web project whose launch profile has these URLs; returns its path relative to the AppHost.</summary>
    public string AddWebProject(string name, string applicationUrl = "http://localhost:5000") => AddProject(
        name, $$"""{ "profiles": { "http": { "commandName": "Project", "applicationUrl": "{{applicationUrl}}" } } }""");

    /// <summary>Adds a project; returns its path relative to the AppHost.</summary>
    public string AddProject(string name, string? launchSettings = null)
    {
        if (launchSettings is not null)
        {
            AddFile($"{name}/Properties/launchSettings.json", launchSettings);
        }

        return AddFile($"{name}/{name}.csproj", "<Project />");
    }

    public IDistributedApplicationBuilder ForRun(params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, ProjectDirectory = AppHost });

    public IDistributedApplicationBuilder ForPublish(params string[] args) => ForRun([.. args, "--publisher", "manifest", "--output-path", Manifest]);

    /// <summary>Builds and writes; returns the text.</summary>
    public async Task<string> ManifestOfAsync(IDistributedApplicationBuilder builder)
    {
        await using var application = builder.Build();
        await ManifestWriter.WriteAsync(
            new DistributedApplicationModel(builder.Resources), builder.ExecutionContext, Manifest, TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(Manifest, TestContext.Current.CancellationToken);
    }

    /// <summary>The problems of <c>Build()</c>, with the test's folder named <c>ROOT</c>.</summary>
    public string ProblemsOf(IDistributedApplicationBuilder builder) => Shown(Assert.Throws<DistributedApplicationException>(builder.Build));

    /// <summary>The problems of writing the manifest.</summary>
    public async Task<string> ManifestProblemsOfAsync(IDistributedApplicationBuilder builder) =>
        Shown(await Assert.ThrowsAsync<DistributedApplicationException>(() => ManifestOfAsync(builder)));

    public string Shown(DistributedApplicationException exception) => exception.Message.Replace(Root, "ROOT", StringComparison.Ordinal).Replace('\\', '/');
}
