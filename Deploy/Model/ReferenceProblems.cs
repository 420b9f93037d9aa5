using Platform.Deploy.Problems;

namespace Platform.Deploy.Model;

/// <summary>What can be wrong with the values of an application, found while its model is bound: DEP060 to DEP071.</summary>
internal static class ReferenceProblems
{
    public static Problem UnknownResource(string place, string expression, string missing, string? closest) => Input(
        "DEP060",
        $"'{expression}' refers to a resource that the manifest does not contain.",
        closest is null ? $"Add '{missing}' to the application, or remove the reference." : $"Did you mean '{closest}'?",
        place);

    /// <param name="place">Where the expression stands.</param>
    /// <param name="expression">As written, with its braces.</param>
    /// <param name="owner">The resource that it names.</param>
    /// <param name="known">What could be said of it instead.</param>
    /// <param name="closest">The one of them that may have been meant.</param>
    public static Problem UnknownMember(string place, string expression, string owner, IReadOnlyCollection<string> known, string? closest) => Input(
        "DEP061",
        $"'{expression}' names something that '{owner}' does not have: "
            + (known.Count == 0 ? "nothing can be referred to there." : $"it has {string.Join(", ", known.Select(name => $"'{name}'"))}."),
        closest is null ? "Correct the expression, or remove it." : $"Did you mean '{closest}'?",
        place);

    public static Problem Circle(IReadOnlyList<string> circle) => Input(
        "DEP062",
        $"These values are made of each other, so none would ever be known: {string.Join(" → ", circle)}.",
        $"Write {circle[0]} without {circle[1]}.",
        $"resources.{circle[0]}");

    public static Problem NestedTooDeeply(string place, int limit) => Input(
        "DEP063",
        $"The value is made of values that are made of values, more than {limit} times.",
        "Write what is meant with fewer steps.",
        place);

    public static Problem TooLong(string place, int limit) => Input(
        "DEP064",
        $"The value has more than {limit / 1024} KiB when its expressions are filled in, which no process can be given.",
        "Put what is that long into a file, and mount it.",
        place);

    public static Problem MissingParameter(string parameter, string place, string environment) => Input(
        "DEP065",
        $"The parameter '{parameter}' has no value.",
        $"Set parameters.{parameter} in environments/{environment}.json, or give --set parameters.{parameter}=VALUE.",
        $"resources.{parameter}") with
    { Detail = $"It is needed by {place}." };

    public static Problem SecretInSettings(string parameter, string secretName) => Input(
        "DEP066",
        $"The settings hold a value for '{parameter}', which is a secret.",
        $"Remove it from the settings, and put it into AWS Secrets Manager as '{secretName}'. Take the value for known to others.",
        $"parameters.{parameter}");

    public static Problem InputOfAnother(string place, string expression, string parameter) => Input(
        "DEP067",
        $"'{expression}' stands outside of '{parameter}': only the parameter itself knows what it is given.",
        $"Write '{{{parameter}.value}}'.",
        place);

    public static Problem SecretNotAllowed(string place, string what) => Input(
        "DEP068",
        $"There is a secret in {what}, where everybody can read it.",
        "Take a parameter that is no secret, or give the value to the container by a variable.",
        place);

    public static Problem NoCounterpart(string place, string expression, string owner, string stand) => Input(
        "DEP069",
        $"'{expression}' asks for more than is known of '{owner}': it is replaced by {stand}.",
        place.Contains(".env.", StringComparison.Ordinal)
            ? $"Set {place} in the settings of this environment."
            : $"Substitute the resource that passes the value on (resources.{place.Split('.')[1]}.substitute), or set the variables that use it.",
        place);

    public static Problem ArgumentOfMissing(string place, string missing) => Input(
        "DEP070",
        $"The value needs '{missing}', which is left out; only a variable can be left out with it.",
        $"Substitute '{missing}' (resources.{missing}.substitute), or take the value out of the command line.",
        place);

    public static Problem SecretNameTaken(string key, string parameter) => Input(
        "DEP071",
        $"The parameter '{parameter}' has the name of the URL-encoded form of another secret, '{key}'.",
        "Give the parameter another name, one that does not end in '-uri'.",
        $"resources.{parameter}");

    private static Problem Input(string code, string summary, string fix, string subject) => new(code, summary, fix, ExitCode.Input) { Subject = subject };
}
