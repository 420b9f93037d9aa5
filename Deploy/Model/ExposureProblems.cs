using Platform.Deploy.Problems;

namespace Platform.Deploy.Model;

/// <summary>What cannot be deployed, is unknown, or cannot be reached, found while the model is bound: DEP090 to DEP099.</summary>
internal static class ExposureProblems
{
    private const int MostNames = 4;

    /// <param name="resource">That is refused.</param>
    /// <param name="reason">The end of a sentence that begins with its name.</param>
    /// <param name="cure">What to do beside a substitute; null: nothing else.</param>
    /// <param name="referrers">Who needs it, and where.</param>
    public static Problem Refused(string resource, string reason, string? cure, Referrers referrers)
    {
        var substitute = $"set resources.{resource}.substitute.connectionStringSecret or resources.{resource}.substitute.externalUrl";
        var leave = $"--allow-missing {resource}";
        var needed = referrers.Names.Count == 0 ? "Nothing that is deployed refers to it." : $"It is needed by {Names(referrers.Names)}.";
        var fix = referrers.Names.Count == 0 ? $"Leave it out with {leave}." : $"{Capital(substitute)}, or leave it out with {leave}.";
        return Input("DEP090", $"'{resource}' {reason} {needed}", cure is null ? fix : $"{cure}; or {Small(fix)}", $"resources.{resource}") with
        {
            Detail = referrers.Places.Count == 0 ? null : $"It is needed at {List([.. referrers.Places])}.",
        };
    }

    public static Problem UnknownResourceInSettings(string resource, string? closest) => Input(
        "DEP091",
        $"The settings speak of a resource '{resource}', which the manifest does not contain.",
        closest is null ? "Remove it from the settings." : $"Did you mean '{closest}'?",
        $"resources.{resource}");

    public static Problem UnknownParameterInSettings(string parameter, string? closest) => Input(
        "DEP092",
        $"The settings have a value for '{parameter}', which is no parameter of the manifest.",
        closest is null ? "Remove it from the settings." : $"Did you mean '{closest}'?",
        $"parameters.{parameter}");

    public static Problem UnknownMissing(string resource, string? closest) => Input(
        "DEP093",
        $"'{resource}' is allowed to be missing, and the manifest does not contain it.",
        closest is null ? "Remove it." : $"Did you mean '{closest}'?",
        "allowMissing");

    public static Problem NoTls(IReadOnlyCollection<string> resources, string environment) => Input(
        "DEP095",
        $"{Names(resources)} can be reached from outside, and {environment} has no certificate: passwords and cookies would pass in the clear.",
        "Set edge.domain and edge.hostedZoneId, or edge.certificateArn; or accept it with edge.allowHttp.",
        "edge");

    /// <param name="ownCertificate">The environment has a certificate of its own, which may cover the name.</param>
    public static Problem HostOutsideOfDomain(string resource, string host, string domain, bool ownCertificate) => Input(
        "DEP096",
        $"'{resource}' is to be found at '{host}', " + (ownCertificate ? $"for which the zone of '{domain}' can have no record." : $"which the certificate for '{domain}' does not cover."),
        $"Use a name below '{domain}', or remove edge.hostedZoneId and "
            + (ownCertificate ? "lead all names to the load balancer yourself." : "set edge.certificateArn to a certificate that has both."),
        $"resources.{resource}.hosts");

    public static Problem SameAddress(string first, string second, string address) => Input(
        "DEP097",
        $"'{first}' and '{second}' are both to be found at '{address}'.",
        $"Set resources.{second}.hosts or resources.{second}.path.",
        $"resources.{second}");

    private static string Names(IEnumerable<string> names) => List([.. names.Select(name => $"'{name}'")]);

    private static string List(IReadOnlyList<string> names)
    {
        var shown = names.Take(MostNames).ToList();
        var rest = names.Count - shown.Count;
        return rest > 0 ? $"{string.Join(", ", shown)} and {rest} more"
            : shown.Count == 1 ? shown[0]
            : $"{string.Join(", ", shown.Take(shown.Count - 1))} and {shown[^1]}";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Small(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private static Problem Input(string code, string summary, string fix, string subject) => new(code, summary, fix, ExitCode.Input) { Subject = subject };
}
