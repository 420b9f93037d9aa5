using System.Text.Json;
using Microsoft.Extensions.Configuration.UserSecrets;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

[assembly: UserSecretsId(Platform.Hosting.Tests.Model.ParameterTests.SecretsId)]

namespace Platform.Hosting.Tests.Model;

/// <summary>Some of these change the environment of the process, so nothing runs beside them.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
#pragma warning disable CA1711 // the runner's word for it
public sealed class ProcessEnvironment;
#pragma warning restore CA1711

[Collection(nameof(ProcessEnvironment))]
public sealed class ParameterTests : IDisposable
{
    internal const string SecretsId = "platform-hosting-tests";

    private readonly ModelFolder _folder = new();
    private readonly List<(string Name, string? Value)> _before = [];

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _folder.Dispose();
    }

    [Fact]
    public void A_parameter_is_read_from_the_command_line()
    {
        var parameter = _folder.ForRun("--Parameters:key", "from the command line").AddParameter("key");

        Assert.Equal("from the command line", Read(parameter));
    }

    [Fact]
    public void A_parameter_is_read_from_the_environment_where_a_hyphen_is_an_underscore()
    {
        Set("Parameters__my_key", "from the environment");

        var parameter = _folder.ForRun().AddParameter("my-key");

        Assert.Equal("from the environment", Read(parameter));
    }

    [Fact]
    public void A_parameter_is_read_from_the_settings_of_the_AppHost()
    {
        _folder.AddFile("AppHost/appsettings.json", """{ "Parameters": { "key": "from the settings" }, "Section": { "Key": "from elsewhere" } }""");
        var builder = _folder.ForRun();

        Assert.Equal("from the settings", Read(builder.AddParameter("key")));
        Assert.Equal("from elsewhere", Read(builder.AddParameterFromConfiguration("other", "Section:Key")));
    }

    [Fact]
    public void The_command_line_counts_more_than_the_environment_and_that_more_than_the_settings()
    {
        _folder.AddFile("AppHost/appsettings.json", """{ "Parameters": { "a": "settings", "b": "settings", "c": "settings" } }""");
        Set("Parameters__a", "environment");
        Set("Parameters__b", "environment");

        var builder = _folder.ForRun("--Parameters:a", "command line");

        Assert.Equal(
            ("command line", "environment", "settings"),
            (Read(builder.AddParameter("a")), Read(builder.AddParameter("b")), Read(builder.AddParameter("c"))));
    }

    [Fact]
    public void The_settings_of_the_environment_count_more_than_the_common_ones()
    {
        Set("DOTNET_ENVIRONMENT", "Staging");
        _folder.AddFile("AppHost/appsettings.json", """{ "Parameters": { "key": "common" } }""");
        _folder.AddFile("AppHost/appsettings.Staging.json", """{ "Parameters": { "key": "staging" } }""");

        Assert.Equal("staging", Read(_folder.ForRun().AddParameter("key")));
    }

    [Fact]
    public void A_connection_string_is_read_from_its_own_section()
    {
        var database = _folder.ForRun("--ConnectionStrings:db", "Host=there").AddConnectionString("db");

        Assert.True(((ParameterResource)database.Resource).TryRead(out var value));
        Assert.Equal("Host=there", value);
    }

    [Fact]
    public void A_missing_parameter_is_a_problem_that_says_where_to_put_it()
    {
        var parameter = _folder.ForRun().AddParameter("my-key");
        var secret = _folder.ForRun().AddParameter("token", secret: true);

        Assert.False(parameter.Resource.TryRead(out _));
        Assert.Equal(
            """
            error HST100: The parameter 'my-key' has no value, and nobody can be asked for one.
              at  resources.my-key
              fix Set "Parameters:my-key" in appsettings.json, or the environment variable Parameters__my_key, or add --Parameters:my-key VALUE.   see docs/errors.md#hst100
            error HST100: The parameter 'token' has no value, and nobody can be asked for one.
              at  resources.token
              fix Set it: dotnet user-secrets set "Parameters:token" VALUE, or the environment variable Parameters__token.   see docs/errors.md#hst100

            """,
            ProblemText.Render([parameter.Resource.MissingValue(), secret.Resource.MissingValue()]));
    }

    [Fact]
    public void A_fixed_value_wins_over_the_configuration()
    {
        var builder = _folder.ForRun("--Parameters:key", "configured");

        Assert.Equal("fixed", Read(builder.AddParameter("key", "fixed")));
        Assert.Equal("made", Read(builder.AddParameter("other", () => "made")));
    }

    [Fact]
    public void A_generated_value_is_kept_for_the_run()
    {
        var parameter = _folder.ForRun().AddParameter("password", new GenerateParameterDefault(), secret: true);

        var first = Read(parameter);

        Assert.Equal(22, first.Length);
        Assert.Equal(first, Read(parameter));
    }

    [Fact]
    public void A_configured_value_counts_more_than_a_generated_one()
    {
        var parameter = _folder.ForRun("--Parameters:password", "configured").AddParameter("password", new GenerateParameterDefault(), secret: true);

        Assert.Equal("configured", Read(parameter));
    }

    [Fact]
    public void A_generated_value_is_persisted_in_the_user_secrets_beside_what_is_there()
    {
        var file = UseSecretsOfTheTest();
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
        File.WriteAllText(file, """{ "Other": "kept" }""");
        Set("DOTNET_ENVIRONMENT", "Development");

        var value = Read(_folder.ForRun().AddParameter("password", new GenerateParameterDefault(), secret: true, persist: true));
        var next = Read(_folder.ForRun().AddParameter("password", new GenerateParameterDefault(), secret: true, persist: true));

        Assert.Equal(value, next);
        Assert.Equal(
            new Dictionary<string, string> { ["Other"] = "kept", ["Parameters:password"] = value },
            JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file) ?? ""));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Nothing_is_persisted_while_a_manifest_is_written()
    {
        var file = UseSecretsOfTheTest();

        Read(_folder.ForPublish().AddParameter("password", new GenerateParameterDefault(), secret: true, persist: true));

        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_manifest_does_not_depend_on_the_working_directory()
    {
        var builder = _folder.ForPublish();
        builder.AddProject("web", _folder.AddWebProject("Web"));
        builder.AddContainer("cache", "redis").WithBindMount("data", "/data");
        builder.AddExecutable("script", "python3", "../scripts");
        var here = Environment.CurrentDirectory;

        var first = await _folder.ManifestOfAsync(builder);
        Environment.CurrentDirectory = Path.GetTempPath();
        var second = await _folder.ManifestOfAsync(builder);
        Environment.CurrentDirectory = here;

        Assert.Equal(first, second);
    }

    private static string Read(IResourceBuilder<ParameterResource> parameter)
    {
        Assert.True(parameter.Resource.TryRead(out var value));
        return value;
    }

    private void Set(string name, string value)
    {
        _before.Add((name, Environment.GetEnvironmentVariable(name)));
        Environment.SetEnvironmentVariable(name, value);
    }

    private string UseSecretsOfTheTest()
    {
        Set(OperatingSystem.IsWindows() ? "APPDATA" : "HOME", _folder.Root);
        return PathHelper.GetSecretsPathFromSecretsId(SecretsId);
    }
}
