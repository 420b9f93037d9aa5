using System.Collections.Immutable;
using Platform.Simulator.Accounts;
using Platform.Simulator.Faults;

namespace Platform.Simulator;

/// <summary>What a simulated account is started with.</summary>
public sealed record SimulatorOptions
{
    /// <summary>On loopback. Default: 0, any free one.</summary>
    public int Port { get; init; }

    /// <summary>Where the account is kept between runs. Default: null, in memory (and the registry's blobs in a folder that is deleted at the end).</summary>
    public string? StateFolder { get; init; }

    /// <summary>Default: as fast as the wall's clock.</summary>
    public ClockSpeed Speed { get; init; } = ClockSpeed.Real;

    /// <summary>What goes wrong.</summary>
    public ImmutableArray<FaultRule> Faults { get; init; } = [];

    /// <summary>12 digits. Ignored where the state folder holds an account.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>Ignored where the state folder holds an account.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The account's time at the start. Default: null, the wall's. Ignored where the state folder holds an account.</summary>
    public DateTimeOffset? Start { get; init; }
}
