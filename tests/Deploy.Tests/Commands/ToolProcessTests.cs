using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Platform.Deploy.Tests.Commands;

/// <summary>The tool as a process of its own: exit codes, streams, signals, working directories.</summary>
public sealed class ToolProcessTests : IDisposable
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Platform.Deploy.exe" : "Platform.Deploy");
    private readonly TemporaryFolder _folder = new();

    public ToolProcessTests() => Shop.WriteTo(_folder, "shop");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("render --manifest aspire-manifest.json --environment production", 0)]
    [InlineData("render --manifest aspire-manifest.json --enviroment production", 2)]
    [InlineData("render --manifest aspire-manifest.json --environment productoin", 3)]
    [InlineData("render --manifest nowhere.json", 3)]
    [InlineData("render --environment production", 3)]
    [InlineData("--help", 0)]
    public async Task The_exit_code_says_who_has_to_act(string arguments, int expected)
    {
        var result = await Command.RunAsync(Start("shop", arguments.Replace("render", "render --output ../out", StringComparison.Ordinal)));

        Assert.Equal(expected, result.ExitCode);
    }

    [Fact]
    public async Task The_result_is_on_stdout_and_a_problem_on_stderr()
    {
        var good = await Command.RunAsync(Start("shop", "render --manifest aspire-manifest.json -e dev -o ../out"));
        var bad = await Command.RunAsync(Start("shop", "render --manifest nowhere.json -e dev -o ../out"));

        Assert.StartsWith("web          becomes      Deployment", good.Out, StringComparison.Ordinal);
        Assert.Empty(good.Error);
        Assert.StartsWith("error DEP028: ", bad.Error, StringComparison.Ordinal);
        Assert.Empty(bad.Out);
    }

    [Fact]
    public async Task The_working_directory_changes_no_byte()
    {
        await Command.RunAsync(Start("shop", "render --manifest aspire-manifest.json -o ../first"));
        await Command.RunAsync(Start(".", $"render --manifest {_folder.File("shop/aspire-manifest.json")} -o second"));

        Assert.Equal(_folder.Listing("first"), _folder.Listing("second"));
    }

    [Fact]
    public async Task No_secret_of_the_environment_gets_into_any_output()
    {
        const string canary = "canary-8c1f";
        var start = Start("shop", "render --manifest aspire-manifest.json -o ../out --json");
        foreach (var name in (string[])["Parameters__db-password", "Parameters__db_password", "DB_PASSWORD", "ConnectionStrings__db"])
        {
            start.Environment[name] = canary;
        }

        var rendered = await Command.RunAsync(start);
        var misplaced = await Command.RunAsync(Start("shop", $"render --manifest aspire-manifest.json -o ../out2 --set parameters.db-password={canary}"));

        Assert.Equal((0, 3), (rendered.ExitCode, misplaced.ExitCode));
        Assert.DoesNotContain(canary, rendered.Out + rendered.Error + misplaced.Out + misplaced.Error + _folder.Listing("out"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out2")));
    }

    [Theory]
    [InlineData("""{ "type": "parameter.v0", "value": "{db-password.inputs.value}", "inputs": { "value": { "type": "string", "secret": true, "default": { "value": "canary-8c1f" } } } }""")]
    [InlineData("""{ "type": "parameter.v0", "value": "canary-8c1f", "inputs": { "value": { "type": "string", "secret": true } } }""")]
    public async Task A_secret_that_stands_in_the_manifest_gets_into_no_output(string parameter)
    {
        var manifest = JsonNode.Parse(Shop.Manifest)!;
        manifest["resources"]!["db-password"] = JsonNode.Parse(parameter);
        _folder.Write("shop/aspire-manifest.json", manifest.ToJsonString());

        var shown = await Command.RunAsync(Start("shop", "render --manifest aspire-manifest.json -o ../out"));
        var json = await Command.RunAsync(Start("shop", "render --manifest aspire-manifest.json -o ../out --json"));

        Assert.Equal((3, 3), (shown.ExitCode, json.ExitCode));
        Assert.DoesNotContain("canary", shown.Out + shown.Error + json.Out + json.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task Language_time_zone_and_AWS_variables_of_a_machine_change_no_byte()
    {
        string[] render = ["render --manifest aspire-manifest.json -o ../first --set region=eu-central-1", "render --manifest aspire-manifest.json -o ../second --set region=eu-central-1"];
        var (first, second) = (Start("shop", render[0]), Start("shop", render[1]));
        SetMachine(first, language: "C", timeZone: "UTC", region: "us-east-1", home: "first-home");
        SetMachine(second, language: "tr_TR.UTF-8", timeZone: "Pacific/Chatham", region: "ap-southeast-2", home: "second-home");

        var (one, other) = (await Command.RunAsync(first), await Command.RunAsync(second));

        Assert.Equal((0, 0), (one.ExitCode, other.ExitCode));
        Assert.Equal(one.Out.Replace("../first", "OUT", StringComparison.Ordinal), other.Out.Replace("../second", "OUT", StringComparison.Ordinal));
        Assert.Equal(_folder.Listing("first"), _folder.Listing("second"));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_tool_and_the_AppHost_that_it_runs_and_writes_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Only on Linux and macOS: Windows sends no such signal to another process.");
        _folder.Write("app/AppHost/AppHost.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsAspireHost>true</IsAspireHost></PropertyGroup></Project>""");
        // Stands in for an SDK whose build never ends.
        var dotnet = _folder.Write("bin/dotnet", $"#!/bin/sh\necho $$ > {_folder.File("started")}\nexec sleep 300\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = Start("app", "render --app-host AppHost -o ../out");
        start.Environment["PATH"] = $"{_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        await Eventually.TrueAsync(() => File.Exists(_folder.File("started")) && File.ReadAllText(_folder.File("started")).EndsWith('\n'), TimeSpan.FromSeconds(20), "the AppHost to be built");
        var child = (await File.ReadAllTextAsync(_folder.File("started"), TestContext.Current.CancellationToken)).TrimEnd();

        await Command.OutputAsync("kill", "-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("Stopping.", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
        await Eventually.TrueAsync(async _ => (await Command.RunAsync(new ProcessStartInfo("kill", ["-0", child]))).ExitCode != 0, TimeSpan.FromSeconds(10), "the process of the AppHost to end");
    }

    private void SetMachine(ProcessStartInfo start, string language, string timeZone, string region, string home)
    {
        Directory.CreateDirectory(_folder.File(home));
        start.Environment["HOME"] = _folder.File(home);
        start.Environment["LANG"] = language;
        start.Environment["LC_ALL"] = language;
        start.Environment["TZ"] = timeZone;
        start.Environment["AWS_REGION"] = region;
        start.Environment["AWS_DEFAULT_REGION"] = region;
        start.Environment["AWS_PROFILE"] = region;
        start.Environment["USER"] = home;
    }

    private ProcessStartInfo Start(string workingDirectory, string arguments) => new(Tool, arguments.Split(' '))
    {
        WorkingDirectory = _folder.File(workingDirectory),
        RedirectStandardInput = true,
    };
}
