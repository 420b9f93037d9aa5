using Platform.Deploy.Manifests;

namespace Platform.Deploy.Tests.Manifests;

/// <summary>An AppHost's folder, and an SDK (<c>fake-dotnet.sh</c>) that does there what a test says.</summary>
internal sealed class FakeAppHost : IDisposable
{
    /// <summary>Writes a manifest with one project to the path after <c>--output-path</c>, as 'dotnet run' gets it.</summary>
    public const string Writes = """
        for argument; do output=$argument; done
        printf '%s' '{ "resources": { "web": { "type": "project.v0", "path": "../../../Web/Web.csproj" } } }' > "$output"
        """;

    private readonly string _top = Directory.CreateTempSubdirectory("platform-apphost-").FullName;

    public FakeAppHost(string build, string run)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell.");
        Folder = Directory.CreateDirectory(Path.Combine(_top, "AppHost")).FullName;
        Run = new AppHostRun(Add("AppHost.csproj", "<Project><PropertyGroup><IsAspireHost>true</IsAspireHost></PropertyGroup></Project>"))
        {
            Dotnet = Path.Combine(Repository.TestProject, "Manifests", "fake-dotnet.sh"),
        };
        Add("on-build", build);
        Add("on-run", run);
    }

    public string Folder { get; }

    public AppHostRun Run { get; }

    public void Dispose() => Directory.Delete(_top, recursive: true);

    public string Add(string path, string content)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full) ?? Folder);
        File.WriteAllText(full, content + "\n");
        return full;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Paths below the folder that were not there in the beginning, sorted; the script's own log is left out.</summary>
    public IEnumerable<string> Left =>
        Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path))
            .Where(path => path is not ("calls" or "AppHost.csproj") && !path.StartsWith("on-", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
