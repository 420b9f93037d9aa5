using System.Text.RegularExpressions;

namespace Platform.Deploy.Simulated.Tests.Fixtures;

/// <summary>Takes out of a text what is other in each run: times, ids, and what a machine has.</summary>
internal static partial class Masks
{
    public static string Of(string text) => Machine().Replace(Identifier().Replace(Time().Replace(text, "TIME"), "ID"), "$1 at PATH");

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+00:00)")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<=\b(vpc|subnet|sg|nat|igw|rtb|eipalloc|vpce)-)[0-9a-f]{17}|\b[0-9a-f]{12,64}\b|(?<=(lokibucket|accesslogbucket|flowlogbucket)-)[a-z0-9]{12}|(?<=/password-)[A-Za-z0-9]{6}|(?<=fingerprint )[0-9a-f]+|[0-9A-F]{32}|(?<=run\\?"": ?\\?"")[0-9a-f]{8}|(?<=\(run )[0-9a-f]{8}|[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"(dotnet|git|session-manager-plugin) at [^\s""]+")]
    private static partial Regex Machine();
}
