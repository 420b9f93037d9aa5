namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>Buildah with storage of its own, that pulls from the test's registry without TLS.</summary>
internal sealed class PrivateBuilder : IDisposable
{
    private static readonly string[] Names = ["CONTAINERS_STORAGE_CONF", "CONTAINERS_REGISTRIES_CONF", "BUILDAH_ISOLATION"];
    private readonly string _folder = Temporary.Folder();
    private readonly string?[] _before = [.. Names.Select(Environment.GetEnvironmentVariable)];

    public PrivateBuilder(RegistryProcess registry)
    {
        Need.Program("buildah");
        var storage = Write("storage.conf", $"[storage]\ndriver = \"vfs\"\ngraphroot = \"{_folder}/graph\"\nrunroot = \"{_folder}/run\"\n");
        var registries = Write("registries.conf", $"[[registry]]\nlocation = \"{registry.Host}\"\ninsecure = true\n");
        foreach (var (name, value) in Names.Zip([storage, registries, "chroot"]))
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>What builds may ask the environment for: nothing.</summary>
    public string? Variable(string name) => null;

    public void Dispose()
    {
        foreach (var (name, value) in Names.Zip(_before))
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
