using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Platform.Deploy.Registries;

/// <summary>What a registry asks for with 401.</summary>
internal abstract partial record AuthenticateChallenge
{
    private AuthenticateChallenge()
    {
    }

    /// <summary>User and password with every request: ECR, htpasswd.</summary>
    public sealed record Basic : AuthenticateChallenge;

    /// <summary>A token from somewhere else: Docker Hub, GHCR, Harbor, ACR.</summary>
    /// <param name="Realm">Where tokens are to be had.</param>
    /// <param name="Service">The registry's name there.</param>
    /// <param name="Scope">What the token has to allow, as the registry sees it; null where it left that to us.</param>
    public sealed record Bearer(Uri Realm, string? Service, string? Scope) : AuthenticateChallenge;

    /// <returns>Null where none is understood.</returns>
    public static AuthenticateChallenge? Among(HttpHeaderValueCollection<AuthenticationHeaderValue> headers)
    {
        foreach (var header in headers.Where(header => header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)))
        {
            var parameters = Parameter().Matches(header.Parameter ?? "")
                .ToLookup(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);
            if (Uri.TryCreate(parameters["realm"].FirstOrDefault(), UriKind.Absolute, out var realm))
            {
                return new Bearer(realm, parameters["service"].FirstOrDefault(), parameters["scope"].FirstOrDefault());
            }
        }

        return headers.Any(header => header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) ? new Basic() : null;
    }

    // name="value, with commas and \" in it" or name=value
    [GeneratedRegex("""(?<name>[\w-]+)\s*=\s*(?:"(?<value>(?:[^"\\]|\\.)*)"|(?<value>[^\s,"]+))""")]
    private static partial Regex Parameter();
}
