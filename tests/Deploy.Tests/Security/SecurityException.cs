using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Deploy.Tests.Security;

/// <summary>A finding that we live with, as <c>Deploy/security-exceptions.json</c> says and the report of a rendering prints.</summary>
/// <param name="Resource">With <c>*</c> for any text.</param>
/// <param name="Profiles">Null: all.</param>
internal sealed record SecurityException(string Rule, string Resource, string[]? Profiles, string Reason, string Expires)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<SecurityException> All { get; } =
        JsonSerializer.Deserialize<List<SecurityException>>(File.ReadAllText(Path.Combine(Repository.Root, "Deploy", "security-exceptions.json")), Options) ?? [];

    public DateOnly ExpiryDate => DateOnly.ParseExact(Expires, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public bool Covers(string rule, string resource, string profile) =>
        rule == Rule
        && (Profiles is null || Profiles.Contains(profile, StringComparer.OrdinalIgnoreCase))
        && Regex.IsMatch(resource, $"^{Regex.Escape(Resource).Replace(@"\*", ".*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
