using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Platform.EndToEnd.Tests;

/// <summary>What the terminal shows, and what the process ends with, where something is in the way.</summary>
[Trait("Category", "EndToEnd")]
public sealed partial class ProblemTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-problem-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_broken_model_is_told_at_once_without_a_stack_trace()
    {
        await using var host = HostProcess.Sample("broken-model");

        Assert.Equal(3, await host.ExitCodeAsync());
        Golden.Matches(host.Output + host.Errors, "problems/broken-model.txt");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Missing_parameters_are_told_in_a_run_without_anybody_to_ask()
    {
        await using var host = HostProcess.Sample("parameters");

        Assert.Equal(3, await host.ExitCodeAsync());
        Golden.Matches(host.Output + host.Errors, "problems/missing-parameters.txt");
        await host.NothingLeftAsync(Applications.Soon);
        Assert.Empty(host.SessionFolders);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_port_that_is_taken_names_who_has_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var host = HostProcess.Sample("fixed-port", $"--Port={port}");

        Assert.Equal(4, await host.ExitCodeAsync());
        var text = (host.Output + host.Errors).Replace($"{port}", "PORT", StringComparison.Ordinal).Replace($"{Environment.ProcessId}", "PID", StringComparison.Ordinal);
        Golden.Matches(Owner().Replace(text, "in use by 'PROGRAM'"), "problems/port-taken.txt");
        await host.NothingLeftAsync(Applications.Soon);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_fixed_port_that_is_free_is_used()
    {
        using var found = new TcpListener(IPAddress.Loopback, 0);
        found.Start();
        var port = ((IPEndPoint)found.LocalEndpoint).Port;
        found.Stop();
        await using var host = HostProcess.Sample("fixed-port", $"--Port={port}");

        await host.LineAsync("Healthy");

        Assert.Contains($"http://localhost:{port}", host.Output, StringComparison.Ordinal);
        host.Signal("TERM");
        Assert.Equal(0, await host.ExitCodeAsync());
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_bundle_that_is_not_there_is_told()
    {
        await using var host = HostProcess.Start(
            "tests/Programs/SampleHost", null, [new("AppHost__BundlePath", _folder)], "--Sample", "service");

        Assert.Equal(4, await host.ExitCodeAsync());
        Golden.Matches((host.Output + host.Errors).Replace(_folder, "FOLDER", StringComparison.Ordinal), "problems/bundle-broken.txt");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_DCP_that_cannot_be_started_is_told()
    {
        var bundle = FakeBundle("#!/bin/sh\necho 'it is too old' >&2\nexit 7\n");
        await using var host = HostProcess.Start(
            "tests/Programs/SampleHost", null, [new("AppHost__BundlePath", bundle)], "--no-dashboard", "--Sample", "service");

        Assert.Equal(4, await host.ExitCodeAsync());
        Golden.Matches((host.Output + host.Errors).Replace(_folder, "FOLDER", StringComparison.Ordinal), "problems/dcp-fails.txt");
        Assert.Empty(host.SessionFolders);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task What_does_not_get_healthy_is_told_with_its_check_and_its_last_lines_and_the_run_goes_on()
    {
        await using var host = HostProcess.Sample("sick", "--AppHost:HealthyDeadlineSeconds=2");

        await host.LineAsync("see docs/errors.md#hst102");
        host.Signal("TERM");

        Assert.Equal(3, await host.ExitCodeAsync());
        var text = Port().Replace(host.Errors, "localhost:PORT");

        // The two streams of a process come in any order.
        Golden.Matches(text.Replace("    | err: it listens\n", "", StringComparison.Ordinal), "problems/never-healthy.txt");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_project_that_does_not_build_ends_the_run_with_the_compilers_errors()
    {
        var project = Path.Combine(_folder, "broken.csproj");
        await File.WriteAllTextAsync(
            project, """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "Wrong.cs"), "class Wrong { int x = \"text\"; }", TestContext.Current.CancellationToken);
        await using var host = HostProcess.Sample("no-compile", $"--Project={project}");

        Assert.Equal(3, await host.ExitCodeAsync());
        Golden.Matches(host.Errors.Replace(_folder, "FOLDER", StringComparison.Ordinal), "problems/does-not-build.txt");
        await host.NothingLeftAsync(Applications.Soon);
        Assert.Empty(host.SessionFolders);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_bug_of_the_AppHost_keeps_its_stack_trace()
    {
        await using var host = HostProcess.Sample("throws");

        Assert.NotEqual(0, await host.ExitCodeAsync());
        Assert.Contains("This is a bug of the AppHost.", host.Errors, StringComparison.Ordinal);
        Assert.Contains("   at Program.<Main>$", host.Errors, StringComparison.Ordinal);
    }

    [Theory(Timeout = Applications.TestDeadline)]
    [InlineData("dashboard-port", "--dashboard-port", "many")]
    [InlineData("no-value", "--output-path")]
    [InlineData("publisher", "--publisher", "docker")]
    [InlineData("no-output-path", "--publisher", "manifest")]
    public async Task A_wrong_command_line_ends_with_exit_code_2(string name, params string[] args)
    {
        await using var host = HostProcess.Start("tests/Programs/SampleHost", null, [], args);

        Assert.Equal(2, await host.ExitCodeAsync());
        Golden.Matches(host.Output + host.Errors, $"problems/usage-{name}.txt");
    }

    // Only as much of a bundle as is looked for.
    private string FakeBundle(string dcp)
    {
        foreach (var path in (string[])["dcp/dcp", "managed/aspire-managed"])
        {
            var file = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
            File.WriteAllText(file, dcp);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        return _folder;
    }

    [GeneratedRegex("in use by '[^']*'")]
    private static partial Regex Owner();

    [GeneratedRegex("localhost:[0-9]+")]
    private static partial Regex Port();
}
