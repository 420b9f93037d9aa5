using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Platform.EndToEnd.Tests;

/// <summary>The built program, as a user calls it.</summary>
[Trait("Category", "EndToEnd")]
public sealed partial class CommandLineTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Help_tells_the_options_and_starts_nothing()
    {
        await using var host = HostProcess.Start("AppHost", null, [], "--help");

        Assert.Equal(0, await host.ExitCodeAsync());
        Golden.Matches(host.Output + host.Errors, "help.txt");
        Assert.Empty(host.SessionFolders);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_terminal_shows_addresses_and_one_line_a_change_of_state()
    {
        await using var host = HostProcess.Start("tests/Programs/SampleHost", null, [], "--Sample", "service");
        await host.LineAsync("Healthy");

        host.Signal("TERM");

        await host.ExitCodeAsync();
        Golden.Matches(Steady(host.Output), "terminal.txt");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_crash_is_shown_with_its_last_lines()
    {
        await using var host = HostProcess.Sample("crash");

        await host.LineAsync("no such table");
        host.Signal("TERM");

        Assert.Equal(0, await host.ExitCodeAsync());
        Golden.Matches(Steady(host.Output), "terminal-crash.txt");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Without_the_dashboard_none_is_started()
    {
        await using var host = HostProcess.Sample("service");
        await host.LineAsync("Healthy");

        var programs = host.Others();

        Assert.DoesNotContain(programs, program => program.Command.Contains("aspire-managed", StringComparison.Ordinal));
        Assert.DoesNotContain("dashboard", host.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_dashboards_port_can_be_fixed_and_its_address_logs_in()
    {
        var port = FreePort();
        await using var host = HostProcess.Start("tests/Programs/SampleHost", null, [], "--Sample", "service", "--dashboard-port", $"{port}");

        var login = new Uri((await host.LineAsync("/login?t=")).Split(' ')[^1]);
        using var http = new HttpClient();
        var page = await Eventually.ValueAsync(
            async token =>
            {
                using var answer = await http.GetAsync(login, token);
                return answer.EnsureSuccessStatusCode().RequestMessage?.RequestUri?.AbsolutePath;
            },
            Applications.Soon,
            "the dashboard");

        Assert.Equal((port, "/"), (login.Port, page));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_port_of_the_dashboard_that_is_taken_is_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var host = HostProcess.Start("tests/Programs/SampleHost", null, [], "--Sample", "service", "--dashboard-port", $"{port}");

        Assert.Equal(4, await host.ExitCodeAsync());
        Assert.StartsWith($"error HST270: Port {port} is already in use by ", host.Errors, StringComparison.Ordinal);
        Assert.Equal("", host.Output);
        await host.NothingLeftAsync(Applications.Soon);
    }

    [Theory(Timeout = Applications.TestDeadline)]
    [InlineData("--publisher", "manifest")]
    [InlineData("--operation", "publish", "--step", "publish-manifest")]
    public async Task Both_spellings_write_the_same_manifest_and_start_nothing(params string[] mode)
    {
        await using var host = HostProcess.Start("AppHost", null, [], [.. mode, "--output-path", "out/manifest.json"]);

        Assert.Equal(0, await host.ExitCodeAsync());
        var manifest = await File.ReadAllTextAsync(Path.Combine(host.Folder, "out", "manifest.json"), TestContext.Current.CancellationToken);
        var webapp = JsonNode.Parse(manifest)?["resources"]?["webapp"];
        Assert.Equal("project.v0", webapp?["type"]?.GetValue<string>());
        Assert.Equal(
            Path.Combine(Repository.Root, "WebApp", "WebApp.csproj"), Path.GetFullPath(webapp?["path"]?.GetValue<string>() ?? "", Path.Combine(host.Folder, "out")));
        Assert.Empty(host.SessionFolders);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_generated_secret_is_kept_in_the_user_secrets_and_those_give_values()
    {
        var folder = Directory.CreateTempSubdirectory("plt-").FullName;
        var secrets = Path.Combine(folder, "home", ".microsoft", "usersecrets", "platform-samplehost-5d7a1c", "secrets.json");
        Directory.CreateDirectory(Path.GetDirectoryName(secrets) ?? "");
        await File.WriteAllTextAsync(secrets, """{ "Parameters:from-secrets": "by hand" }""", TestContext.Current.CancellationToken);

        var first = await ShownAsync(folder);
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(secrets, TestContext.Current.CancellationToken));
        var mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(secrets);
        var second = await ShownAsync(folder);
        Directory.Delete(folder, recursive: true);

        Assert.Equal($"{kept?["Parameters:password"]} by hand\n", first);
        Assert.Equal("by hand", kept?["Parameters:from-secrets"]?.GetValue<string>());
        Assert.Matches("^.{12,} by hand\n$", first);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.Equal(first, second);
    }

    private static async Task<string> ShownAsync(string folder)
    {
        var file = Path.Combine(folder, "shown");
        await using var host = HostProcess.Start("tests/Programs/SampleHost", folder, [], "--no-dashboard", "--Sample", "generated");
        await Eventually.TrueAsync(() => File.Exists(file) && new FileInfo(file).Length > 0, Applications.Soon, "what the process was given");
        var shown = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        File.Delete(file);
        host.Signal("TERM");
        await host.ExitCodeAsync();
        return shown;
    }

    private static int FreePort()
    {
        using var found = new TcpListener(IPAddress.Loopback, 0);
        found.Start();
        return ((IPEndPoint)found.LocalEndpoint).Port;
    }

    private static string Steady(string output) => Varying().Replace(output, match => match.Value[0] switch
    {
        't' => "t=TOKEN",
        'l' => "localhost:PORT",
        _ => "HH:MM:SS",
    });

    [GeneratedRegex("t=[0-9a-fA-F]+|localhost:[0-9]+|[0-9]{2}:[0-9]{2}:[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")]
    private static partial Regex Varying();
}
