using System.Globalization;

namespace Platform.Simulator.Accounts;

/// <summary>How fast an account's time goes.</summary>
public sealed record ClockSpeed
{
    /// <summary>Seconds of the account in a second of the wall's clock; not used where <see cref="IsMax"/>.</summary>
    public double Factor { get; private init; } = 1;

    /// <summary>
    /// The clock stands still between calls. A call that only reads, and before which nothing happened since the last such call, moves it to what
    /// happens next.
    /// </summary>
    public bool IsMax { get; private init; }

    public static ClockSpeed Real { get; } = new();

    public static ClockSpeed Max { get; } = new() { IsMax = true };

    /// <summary>What a process beside the simulator multiplies its waits by: with <see cref="IsMax"/> a minute lasts 60 ms.</summary>
    public double FactorForOthers => IsMax ? 1_000 : Factor;

    public static ClockSpeed Times(double factor) => factor is > 0 and <= 100_000
        ? new ClockSpeed { Factor = factor }
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, "From more than 0 to 100000.");

    /// <param name="text"><c>60</c>, <c>0.5</c>, <c>max</c>.</param>
    /// <returns>Null where it is neither a number from more than 0 to 100,000 nor <c>max</c>.</returns>
    public static ClockSpeed? Parse(string text) =>
        text == "max" ? Max
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= 100_000 ? Times(factor)
        : null;
}
