using Platform.Deploy.Problems;

namespace Platform.Deploy.Commands;

/// <summary>What can be wrong with the command line: DEP001 to DEP009.</summary>
internal static class UsageProblems
{
    /// <param name="word">What is not understood.</param>
    /// <param name="known">What could stand there.</param>
    /// <param name="help">The command that lists it, such as <c>platform render --help</c>.</param>
    public static Problem UnknownWord(string word, IReadOnlyCollection<string> known, string help) =>
        new("DEP001", $"'{word}' is not understood.", Meant(word, known) is { } name ? $"Did you mean '{name}'?" : $"See {help}", ExitCode.Usage);

    public static Problem MissingValue(string option, string help) =>
        new("DEP002", $"The option '{option}' needs a value.", $"See {help}", ExitCode.Usage);

    public static Problem InvalidValue(string what, string value, IReadOnlyCollection<string> known) =>
        new(
            "DEP003",
            $"'{value}' is no {what}.",
            (Meant(value, known) is { } name ? $"Did you mean '{name}'? " : "") + $"Use {string.Join(", ", known)}.",
            ExitCode.Usage);

    public static Problem TakesOneValue(string option, string help) =>
        new("DEP004", $"The option '{option}' was given more than once.", $"Give it once. See {help}", ExitCode.Usage);

    public static Problem Missing(string what, string help) =>
        new("DEP005", $"{what} is missing.", $"See {help}", ExitCode.Usage);

    public static Problem Excluding(string first, string second) =>
        new("DEP006", $"The options '{first}' and '{second}' exclude each other.", "Give one of them.", ExitCode.Usage);

    public static Problem NeedsOption(string option, string other) =>
        new("DEP007", $"The option '{option}' has a meaning with '{other}' only.", $"Add {other}, or leave {option} out.", ExitCode.Usage);

    public static Problem UnknownFault(string fault, string reason) =>
        new("DEP008", $"'{fault}' is no fault that the simulated account knows.", "See docs/simulator.md for all of them.", ExitCode.Usage) { Detail = reason };

    public static Problem NoSimulation(string folder, string reason) =>
        new("DEP009", $"No simulated account can be started from '{folder}'.", "Give another folder with --state, or remove this one to begin with an empty account.", ExitCode.Environment) { Detail = reason };

    // A beginning that only one has, else what differs least.
    private static string? Meant(string word, IReadOnlyCollection<string> known) =>
        known.Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var only] ? only : ClosestName.Among(known, word);
}
