namespace Platform.Deploy.Aws.Tests;

/// <summary>A home without files and an environment without variables of AWS, until it is disposed of.</summary>
internal sealed class ProcessEnvironment : IDisposable
{
    public const string Name = "process environment";
    private readonly Dictionary<string, string?> _before = [];

    // One for all tests: the SDK looks for its files when it is first used, and never again.
    private static readonly string OnlyHome = Directory.CreateTempSubdirectory("platform-home-").FullName;

    public ProcessEnvironment()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            Set(name, null);
        }

        Directory.CreateDirectory(Home);
        Set("HOME", Home);
        Set("USERPROFILE", Home);
        Set("AWS_CONFIG_FILE", Path.Combine(Home, ".aws", "config"));
        Set("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(Home, ".aws", "credentials"));
    }

    public string Home => OnlyHome;

    public Dictionary<string, string> Variables =>
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public string WriteFile(string path, string text)
    {
        var whole = Path.Combine(Home, path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        File.WriteAllText(whole, text);
        return whole;
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(Home, recursive: true);
    }
}

[CollectionDefinition(ProcessEnvironment.Name, DisableParallelization = true)]
public sealed class ProcessEnvironmentGroup;
