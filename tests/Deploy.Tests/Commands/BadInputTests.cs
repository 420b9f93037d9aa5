using System.Text;

namespace Platform.Deploy.Tests.Commands;

/// <summary>Whatever is wrong with manifest or settings: exit code 3, the codes that say why, and nothing on disk that was not there before.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Web = """ "type": "container.v0", "image": "docker.io/library/nginx:1.29" """;
    private const string Http = """ "scheme": "http", "protocol": "tcp", "transport": "http" """;

    private static readonly Dictionary<string, byte[]> Manifests = new()
    {
        ["a binding of the wrong type"] = Resources($$""" "web": { {{Web}}, "bindings": [ "http" ] } """),
        ["a bind mount outside"] = Resources($$""" "web": { {{Web}}, "bindMounts": [ { "source": "../../../../etc", "target": "/a", "readOnly": true } ] } """),
        ["a bind mount through a link"] = Resources($$""" "web": { {{Web}}, "bindMounts": [ { "source": "link", "target": "/a", "readOnly": true } ] } """),
        ["a circle of values"] = Resources("""
            "a": { "type": "value.v0", "connectionString": "{b.connectionString}" }, "b": { "type": "value.v0", "connectionString": "{a.connectionString}" }
            """),
        ["a name twice"] = Resources($$""" "web": { {{Web}} }, "web": { {{Web}} } """),
        ["a number for a type"] = Resources(""" "web": { "type": 1 } """),
        ["a secret that stands there"] = Resources("""
            "key": { "type": "parameter.v0", "value": "{key.inputs.value}", "inputs": { "value": { "type": "string", "secret": true, "default": { "value": "x" } } } }
            """),
        ["a secret that stands there as its value"] = Resources("""
            "key": { "type": "parameter.v0", "value": "x", "inputs": { "value": { "type": "string", "secret": true } } }
            """),
        ["an Azure resource"] = Resources(""" "blobs": { "type": "azure.bicep.v0", "path": "blobs.bicep" } """),
        ["an error of the AppHost"] = Resources(""" "web": { "error": "This resource does not support generation in the manifest." } """),
        ["an executable"] = Resources(""" "script": { "type": "executable.v0", "command": "node", "workingDirectory": "." } """),
        ["an unknown reference"] = Resources($$""" "web": { {{Web}}, "env": { "A": "{cache.connectionString}" } } """),
        ["an unknown type"] = Resources(""" "web": { "type": "function.v7" } """),
        ["empty"] = [],
        ["half of a character"] = Resources($$""" "web": { {{Web}}, "env": { "A": "\ud83d" } } """),
        ["Latin 1"] = Encoding.Latin1.GetBytes("""{ "resources": { "é": {} } }"""),
        ["nested too deep"] = Encoding.UTF8.GetBytes(new string('[', 10_000)),
        ["no resources"] = "{}"u8.ToArray(),
        ["not JSON"] = "resources: {}"u8.ToArray(),
        ["production without TLS"] = Resources($$""" "web": { {{Web}}, "bindings": { "http": { {{Http}}, "targetPort": 80, "external": true } } } """),
        ["the top is a list"] = "[]"u8.ToArray(),
        ["too large"] = new byte[60_000_000],
        ["truncated"] = """{ "resources": { "web": { "type": "cont"""u8.ToArray(),
        ["two bindings on one port"] = Resources($$"""
            "web": { {{Web}}, "bindings": { "a": { {{Http}}, "targetPort": 80 }, "b": { "scheme": "tcp", "protocol": "tcp", "transport": "tcp", "targetPort": 80 } } }
            """),
        ["UTF-16"] = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("""{ "resources": {} }""")],
    };

    private static readonly Dictionary<string, byte[]> SettingsFiles = new()
    {
        ["a list"] = "[]"u8.ToArray(),
        ["an unknown key"] = """{ "edge": { "domian": "shop.example.com" } }"""u8.ToArray(),
        ["a key twice"] = """{ "region": "eu-west-1", "region": "eu-central-1" }"""u8.ToArray(),
        ["a wrong type"] = """{ "network": { "natGateways": "many" } }"""u8.ToArray(),
        ["empty"] = [],
        ["settings that exclude each other"] = """{ "edge": { "hostedZoneId": "Z0123456789ABCDEFGHIJ" } }"""u8.ToArray(),
        ["truncated"] = """{ "edge": """u8.ToArray(),
        ["UTF-16"] = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{}")],
    };

    private readonly TemporaryFolder _folder = new();

    public BadInputTests() => Shop.WriteTo(_folder, "shop");

    public static TheoryData<string> BadManifests => [.. Manifests.Keys];

    public static TheoryData<string> BadSettings => [.. SettingsFiles.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(BadManifests))]
    public async Task A_bad_manifest_leaves_nothing_behind(string name)
    {
        await File.WriteAllBytesAsync(_folder.File("shop/aspire-manifest.json"), Manifests[name], TestContext.Current.CancellationToken);
        File.Delete(_folder.File("shop/environments/production.json"));
        _folder.Write("shop/environments/production.json", """{ "application": "shop", "region": "eu-central-1" }""");
        _folder.Write("elsewhere/secret.txt", "not of the application");
        File.CreateSymbolicLink(_folder.File("shop/link"), _folder.File("elsewhere"));

        await AssertRefusedAsync($"manifest: {name}");
    }

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task Bad_settings_leave_nothing_behind(string name)
    {
        await File.WriteAllBytesAsync(_folder.File("shop/environments/production.json"), SettingsFiles[name], TestContext.Current.CancellationToken);

        await AssertRefusedAsync($"settings: {name}");
    }

    [Fact]
    public async Task A_folder_of_settings_that_is_not_there_is_not_passed_over() =>
        await AssertRefusedAsync("settings: no folder", "--settings", _folder.File("nowhere"));

    [Fact]
    public async Task A_bad_manifest_leaves_an_earlier_rendering_as_it_was()
    {
        string[] render = ["render", "--manifest", _folder.File("shop/aspire-manifest.json"), "--output", _folder.File("out")];
        await PlatformCommand.RunAsync(render);
        _folder.Write("shop/aspire-manifest.json", "{");
        var before = Entries();

        var command = await PlatformCommand.RunAsync(render);

        Assert.Equal(3, command.ExitCode);
        Assert.Equal(before, Entries());
    }

    private async Task AssertRefusedAsync(string input, params string[] options)
    {
        var before = Entries();

        var command = await PlatformCommand.RunAsync(
            ["render", "--manifest", _folder.File("shop/aspire-manifest.json"), "-e", "production", "--output", _folder.File("parent/out"), .. options]);

        Assert.Equal(before, Entries());
        Golden.Matches($"exit code {command.ExitCode}\n{command.Error.Replace(_folder.Path, "FOLDER", StringComparison.Ordinal)}", $"Commands/bad-input/{input.Replace(": ", "/", StringComparison.Ordinal)}.txt");
        Assert.Equal(3, command.ExitCode);
    }

    // With the time of the last change, which a folder has too.
    private List<string> Entries() =>
        [.. new DirectoryInfo(_folder.Path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(entry => $"{entry.FullName} {entry.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal)];

    private static byte[] Resources(string resources) => Encoding.UTF8.GetBytes($$"""{ "resources": { {{resources}} } }""");
}
