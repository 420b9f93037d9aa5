using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Simulator.Protocols;

/// <summary>A call as it came, as far as its signature covers it.</summary>
/// <param name="Path">Not unescaped.</param>
/// <param name="Query">Without the question mark.</param>
/// <param name="Header">Values by name; null where there is none.</param>
internal sealed record SignedRequest(string Method, string Path, string Query, Func<string, string?> Header, ReadOnlyMemory<byte> Body);

/// <summary>Verifies signatures of version 4 in the header <c>Authorization</c>, by the rules that AWS publishes.</summary>
internal static class SignatureCheck
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The service that a call is signed for; null where it is not signed.</summary>
    public static SigningScope? ScopeOf(string? authorization)
    {
        // AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123…
        if (authorization is null || !authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = authorization[(Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        return parts.GetValueOrDefault("Credential")?.Split('/') is [var key, var date, var region, var service, "aws4_request"]
            && parts.GetValueOrDefault("SignedHeaders") is { } headers && parts.GetValueOrDefault("Signature") is { } signature
            ? new SigningScope(key, date, region, service, headers, signature)
            : throw new ServiceError("IncompleteSignature", "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters.", 400);
    }

    /// <param name="find">The keys of an access key id; null where it is unknown.</param>
    /// <param name="accountNow">For the end of sessions.</param>
    /// <param name="wallNow">For the time of the signature.</param>
    /// <exception cref="ServiceError">Another key, another content, another time, or a session that is over.</exception>
    public static CallerIdentity Verify(SignedRequest request, SigningScope scope, Func<string, SigningKeys?> find, DateTimeOffset accountNow, DateTimeOffset wallNow)
    {
        var keys = find(scope.AccessKeyId);
        if (keys is null || keys.SessionToken != request.Header("x-amz-security-token"))
        {
            throw new ServiceError("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
        }

        var timestamp = request.Header("x-amz-date") ?? "";
        if (!DateTimeOffset.TryParseExact(timestamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed) || !timestamp.StartsWith(scope.Date, StringComparison.Ordinal))
        {
            throw new ServiceError("IncompleteSignature", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.", 400);
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Signature(request, scope, timestamp, keys.SecretAccessKey)), Encoding.ASCII.GetBytes(scope.Signature)))
        {
            throw new ServiceError(
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
                403);
        }

        if ((wallNow - signed).Duration() > Tolerance)
        {
            throw new ServiceError("SignatureDoesNotMatch", $"Signature expired: {timestamp} is now earlier than {wallNow.UtcDateTime:yyyyMMdd'T'HHmmss'Z'} - 5 min.", 403);
        }

        return keys.Expiration <= accountNow ? throw Expired() : keys.Identity;
    }

    public static ServiceError Expired() => new("ExpiredToken", "The security token included in the request is expired", 403);

    private static string Signature(SignedRequest request, SigningScope scope, string timestamp, string secret)
    {
        var canonical = new StringBuilder().Append(request.Method).Append('\n')
            .AppendJoin('/', request.Path.Split('/').Select(Uri.EscapeDataString)).Append('\n')
            .Append(CanonicalQuery(request.Query)).Append('\n');
        foreach (var name in scope.SignedHeaders.Split(';'))
        {
            canonical.Append(name).Append(':').AppendJoin(' ', (request.Header(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Append('\n');
        }

        canonical.Append('\n').Append(scope.SignedHeaders).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)));
        var text = $"{Algorithm}\n{timestamp}\n{scope.Date}/{scope.Region}/{scope.Service}/aws4_request\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in (string[])[scope.Date, scope.Region, scope.Service, "aws4_request", text])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(key);
    }

    private static string CanonicalQuery(string query) =>
        string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Anew(pair[0]), Value: pair.Length == 1 ? "" : Anew(pair[1])))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Anew(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));
}

/// <summary>What an <c>Authorization</c> header says.</summary>
/// <param name="Date">Eight digits.</param>
/// <param name="SignedHeaders">Separated by semicolons.</param>
internal sealed record SigningScope(string AccessKeyId, string Date, string Region, string Service, string SignedHeaders, string Signature);
