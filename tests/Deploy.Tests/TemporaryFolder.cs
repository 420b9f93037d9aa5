namespace Platform.Deploy.Tests;

/// <summary>An empty folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("deploy-test-").FullName;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        var file = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Every file with its content, by path, as <c>path: content</c> lines; links as <c>path -> target</c>.</summary>
    public string Listing(string inside) => Listed(System.IO.Path.Combine(Path, inside));

    public static string Listed(string folder) => string.Join('\n',
        from entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        let name = System.IO.Path.GetRelativePath(folder, entry.FullName).Replace('\\', '/')
        where entry is FileInfo || entry.LinkTarget is not null
        orderby name
        select entry.LinkTarget is { } target ? $"{name} -> {target}" : $"{name}: {System.IO.File.ReadAllText(entry.FullName)}");

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (var folder in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories).Prepend(Path))
            {
                System.IO.File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Directory.Delete(Path, recursive: true);
    }
}
