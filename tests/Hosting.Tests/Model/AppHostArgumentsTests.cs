namespace Platform.Hosting.Tests.Model;

public sealed class AppHostArgumentsTests
{
    [Fact]
    public void Without_options_the_application_runs()
    {
        var parsed = AppHostArguments.Parse([]);

        Assert.Equal(
            (DistributedApplicationOperation.Run, null, false, null, false, false),
            (parsed.Operation, parsed.OutputPath, parsed.NoDashboard, parsed.DashboardPort, parsed.NonInteractive, parsed.ShowHelp));
        Assert.Empty(parsed.Configuration);
    }

    [Theory]
    [InlineData("--publisher manifest --output-path m.json")]
    [InlineData("--publisher=manifest --output-path=m.json")]
    [InlineData("--operation publish --step publish-manifest --output-path m.json")]
    [InlineData("--OPERATION Publish --output-path m.json")]
    public void Both_spellings_publish(string line)
    {
        var parsed = AppHostArguments.Parse(line.Split(' '));

        Assert.Equal((DistributedApplicationOperation.Publish, "m.json"), (parsed.Operation, parsed.OutputPath));
        Assert.Empty(parsed.Configuration);
    }

    [Fact]
    public void The_operation_may_be_to_run() => Assert.Equal(DistributedApplicationOperation.Run, AppHostArguments.Parse(["--operation", "run"]).Operation);

    [Fact]
    public void The_dashboard_has_options()
    {
        var parsed = AppHostArguments.Parse(["--no-dashboard", "--dashboard-port", "18888", "--non-interactive"]);

        Assert.Equal((true, 18888, true), (parsed.NoDashboard, parsed.DashboardPort, parsed.NonInteractive));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public void Help_needs_nothing_else(string option) => Assert.True(AppHostArguments.Parse([option, "--publisher", "manifest"]).ShowHelp);

    [Fact]
    public void All_else_is_configuration()
    {
        var parsed = AppHostArguments.Parse(["--Parameters:key", "value", "--no-dashboard", "Logging:LogLevel:Default=Debug"]);

        Assert.Equal(["--Parameters:key", "value", "Logging:LogLevel:Default=Debug"], parsed.Configuration);
    }

    [Theory]
    [InlineData("--publisher")]
    [InlineData("--no-dashboard --dashboard-port")]
    public void An_option_without_a_value_is_a_problem(string line)
    {
        var option = line.Split(' ')[^1];

        Assert.Equal(
            $"""
            error HST050: The option '{option}' needs a value.
              fix Write {option} VALUE.   see docs/errors.md#hst050

            """,
            ProblemsOf(line));
    }

    [Theory]
    [InlineData("--publisher docker", "docker", "--publisher", "'manifest'")]
    [InlineData("--operation fly", "fly", "--operation", "'run' or 'publish'")]
    [InlineData("--step deploy", "deploy", "--step", "'publish-manifest'")]
    [InlineData("--dashboard-port 0", "0", "--dashboard-port", "a number from 1 to 65535")]
    [InlineData("--dashboard-port +1", "+1", "--dashboard-port", "a number from 1 to 65535")]
    [InlineData("--dashboard-port http", "http", "--dashboard-port", "a number from 1 to 65535")]
    public void An_impossible_value_is_a_problem(string line, string value, string option, string expected) =>
        Assert.Equal(
            $"""
            error HST051: '{value}' is no value for '{option}'.
              fix Use {expected}.   see docs/errors.md#hst051

            """,
            ProblemsOf(line));

    [Fact]
    public void A_manifest_needs_a_place() =>
        Assert.Equal(
            """
            error HST052: Nothing says where to write the manifest.
              fix Add --output-path FILE.   see docs/errors.md#hst052

            """,
            ProblemsOf("--publisher manifest"));

    private static string ProblemsOf(string line)
    {
        var exception = Assert.Throws<DistributedApplicationException>(() => AppHostArguments.Parse(line.Split(' ')));
        Assert.Equal(2, exception.ExitCode);
        return exception.Message;
    }
}
