namespace Platform.Deploy.Tests.Sources;

/// <summary>A checkout made for one test, and a folder outside of it that nothing may be read from.</summary>
internal sealed class SourceFolder : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("platform-sources-").FullName;

    public SourceFolder()
    {
        Root = Directory.CreateDirectory(Path.Combine(_top, "checkout")).FullName;
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        AppHost = Directory.CreateDirectory(Path.Combine(Root, "src", "AppHost")).FullName;
        Outside = Directory.CreateDirectory(Path.Combine(_top, "outside")).FullName;
        File.WriteAllText(Path.Combine(Outside, "secret.txt"), "canary");
    }

    public string Root { get; }

    /// <summary>The folder of the manifest: <c>src/AppHost</c>.</summary>
    public string AppHost { get; }

    /// <summary>Beside the checkout; holds <c>secret.txt</c>.</summary>
    public string Outside { get; }

    public void Dispose() => Directory.Delete(_top, recursive: true);

    /// <summary>Adds a file of the checkout; returns its full path.</summary>
    public string Add(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full) ?? Root);
        File.WriteAllText(full, content);
        return full;
    }

    /// <summary>Adds a link of the checkout.</summary>
    public void Link(string path, string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs links that every user can make.");
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full) ?? Root);
        File.CreateSymbolicLink(full, target);
    }
}
