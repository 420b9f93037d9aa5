using System.Collections.Immutable;

namespace Platform.Simulator.Tests;

public sealed class CommandTests
{
    [Fact]
    public async Task Help_shows_all_options()
    {
        using var output = new StringWriter { NewLine = "\n" };

        var code = await SimulatorCommand.RunAsync(["--help"], output, TextWriter.Null);

        Assert.Equal(0, code);
        Golden.Matches(output.ToString().ReplaceLineEndings("\n"), "help.txt");
    }

    [Fact]
    public void Options_are_read()
    {
        var options = SimulatorCommand.Read(["--port", "0", "--state", "here", "--speed", "60", "--fault", "sts=throttle", "--account", "111122223333", "--region", "eu-west-1", "--fault", "leftovers"]);

        Assert.Equal(
            (0, "here", 60d, "sts=throttle leftovers", "111122223333", "eu-west-1"),
            (options.Port, options.StateFolder, options.Speed.Factor, string.Join(' ', options.Faults), options.AccountId, options.Region));
    }

    [Theory]
    [InlineData("--prot 1", "SIM003: there is no option '--prot'. --help shows all.")]
    [InlineData("--port", "SIM003: --port needs a value. --help shows all.")]
    [InlineData("--port http", "SIM003: 'http' is no port.")]
    [InlineData("--speed warp", "SIM003: 'warp' is no speed: a number from more than 0 to 100000, or max.")]
    [InlineData("--account 1", "SIM003: '1' is no account: 12 digits.")]
    public async Task What_is_wrong_is_told(string arguments, string message)
    {
        using var error = new StringWriter { NewLine = "\n" };

        var code = await SimulatorCommand.RunAsync(arguments.Split(' '), TextWriter.Null, error);

        Assert.Equal((2, message + "\n"), (code, error.ToString()));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_what_to_do()
    {
        await using var cloud = await SimulatedCloud.StartAsync(new SimulatorOptions(), TestContext.Current.CancellationToken);
        var port = cloud.Endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var error = new StringWriter { NewLine = "\n" };

        var code = await SimulatorCommand.RunAsync(["--port", port], TextWriter.Null, error);

        Assert.Equal(
            (4, $"SIM005: port {port} of this machine is in use. End the program that uses it, or give another one with --port; --port 0 takes a free one.\n"),
            (code, error.ToString()));
    }

    [Fact]
    public async Task A_program_beside_it_learns_all_from_what_it_prints()
    {
        await using var cloud = await SimulatedCloud.StartAsync(new SimulatorOptions(), TestContext.Current.CancellationToken);

        var variables = SimulatorCommand.Exports(cloud, Accounts.ClockSpeed.Times(60)).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToImmutableDictionary(line => line["export ".Length..].Split('=', 2)[0], line => line.Split('=', 2)[1]);
        using var session = Deploy.Aws.AwsSession.Open(new Deploy.Aws.AwsSessionSettings(), variables.Add("AWS_CONFIG_FILE", "none").Add("AWS_SHARED_CREDENTIALS_FILE", "none"), TimeProvider.System);

        Assert.Equal("123456789012", (await session.Sts.GetCallerIdentityAsync(TestContext.Current.CancellationToken)).Account);
        Assert.Equal("60", variables["PLATFORM_CLOCK_SPEED"]);
    }
}
