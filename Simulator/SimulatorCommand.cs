using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Platform.Simulator.Accounts;
using Platform.Simulator.Faults;

namespace Platform.Simulator;

/// <summary>The simulator as a program of its own.</summary>
internal static class SimulatorCommand
{
    private const string Help = """
        Plays an account of AWS on this machine, for Deploy.

        Usage:
          dotnet run --project Simulator -- [options]

        Options:
          --port PORT      on loopback; default: 4600
          --state FOLDER   where the account is kept; default: in memory
          --speed SPEED    60: a minute a second; max: from event to event; default: 1
          --fault FAULT    what goes wrong, such as "cloudformation:CreateChangeSet#2=throttle"; may be repeated, see docs/simulator.md
          --account ID     12 digits; default: 123456789012
          --region REGION  default: us-east-1
          --help           shows this

        It ends with Ctrl-C.

        """;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is ["--help" or "-h" or "-?"])
        {
            await output.WriteAsync(Help);
            return 0;
        }

        SimulatorOptions options;
        try
        {
            options = Read(arguments);
        }
        catch (FormatException wrong)
        {
            await error.WriteLineAsync(wrong.Message);
            return 2;
        }

        using var end = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            await using var cloud = await SimulatedCloud.StartAsync(options, end.Token);
            await output.WriteAsync(Exports(cloud, options.Speed));
            await output.FlushAsync();
            await Task.Delay(Timeout.Infinite, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"SIM005: port {options.Port} of this machine is in use. End the program that uses it, or give another one with --port; --port 0 takes a free one."));
            return 4;
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(wrong.Message);
            return 4;
        }

        return 0;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            end.Cancel();
        }
    }

    public static SimulatorOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new SimulatorOptions { Port = 4600 };
        var faults = ImmutableArray.CreateBuilder<FaultRule>();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var name = arguments[i];
            if (name is not ("--port" or "--state" or "--speed" or "--fault" or "--account" or "--region"))
            {
                throw new FormatException($"SIM003: there is no option '{name}'. --help shows all.");
            }

            var value = i + 1 < arguments.Count ? arguments[i + 1] : throw new FormatException($"SIM003: {name} needs a value. --help shows all.");
            switch (name)
            {
                case "--port":
                    options = options with
                    {
                        Port = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535 ? port : throw new FormatException($"SIM003: '{value}' is no port."),
                    };
                    break;
                case "--state":
                    options = options with { StateFolder = value };
                    break;
                case "--speed":
                    options = options with { Speed = ClockSpeed.Parse(value) ?? throw new FormatException($"SIM003: '{value}' is no speed: a number from more than 0 to 100000, or max.") };
                    break;
                case "--fault":
                    faults.Add(FaultRule.Parse(value));
                    break;
                case "--account":
                    options = options with { AccountId = value.Length == 12 && value.All(char.IsAsciiDigit) ? value : throw new FormatException($"SIM003: '{value}' is no account: 12 digits.") };
                    break;
                default:
                    options = options with { Region = value };
                    break;
            }
        }

        return options with { Faults = faults.ToImmutable() };
    }

    public static string Exports(SimulatedCloud cloud, ClockSpeed speed) => string.Create(CultureInfo.InvariantCulture, $"""
        export AWS_ENDPOINT_URL={cloud.Endpoint.AbsoluteUri.TrimEnd('/')}
        export AWS_ACCESS_KEY_ID={cloud.AccessKeyId}
        export AWS_SECRET_ACCESS_KEY={cloud.SecretAccessKey}
        export AWS_REGION={cloud.Region}
        export PLATFORM_CLOCK_SPEED={speed.FactorForOthers}

        """);
}
