using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Deploy.Aws;

/// <summary>What a signature is good for.</summary>
internal sealed record SigningScope(string Region, string SigningName, DateTimeOffset At)
{
    public string Timestamp => At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public string Date => At.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public override string ToString() => $"{Date}/{Region}/{SigningName}/aws4_request";
}

/// <summary>
/// AWS Signature Version 4 for every service but S3 (which does not encode paths twice).
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string TokenParameter = "X-Amz-Security-Token";
    private static readonly string HashOfNothing = Hash([]);

    /// <summary>Value of the <c>Authorization</c> header for a request with exactly these headers, names in lower case, <c>host</c> and <c>x-amz-date</c> among them.</summary>
    public static string Authorization(string method, Uri url, SortedDictionary<string, string> headers, ReadOnlySpan<byte> body, AwsKeys keys, SigningScope scope)
    {
        var signature = Signature(CanonicalRequest(method, url, headers, Hash(body)), keys, scope);
        return $"{Algorithm} Credential={keys.AccessKeyId}/{scope}, SignedHeaders={Names(headers)}, Signature={signature}";
    }

    /// <summary>
    /// A GET that whoever holds its address may send until it expires. The address is as secret as the keys. The headers, <c>host</c> among them,
    /// have to be sent with it.
    /// </summary>
    public static string Presign(Uri url, SortedDictionary<string, string> headers, TimeSpan lifetime, AwsKeys keys, SigningScope scope)
    {
        var query = new List<string>(url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            $"X-Amz-Algorithm={Algorithm}",
            $"X-Amz-Credential={Escaped($"{keys.AccessKeyId}/{scope}")}",
            $"X-Amz-Date={scope.Timestamp}",
            string.Create(CultureInfo.InvariantCulture, $"X-Amz-Expires={(int)lifetime.TotalSeconds}"),
            $"X-Amz-SignedHeaders={Escaped(Names(headers))}",
        };
        if (keys.SessionToken is { } token)
        {
            query.Add($"{TokenParameter}={Escaped(token.Reveal())}");
        }

        var presigned = new UriBuilder(url) { Query = CanonicalQuery(string.Join('&', query)) }.Uri;
        var signature = Signature(CanonicalRequest("GET", presigned, headers, HashOfNothing), keys, scope);
        return $"{presigned.AbsoluteUri}&X-Amz-Signature={signature}";
    }

    /// <summary>The text that is signed, and the first thing to compare where a signature is refused.</summary>
    public static string CanonicalRequest(string method, Uri url, SortedDictionary<string, string> headers, string bodyHash)
    {
        var text = new StringBuilder();
        text.Append(method).Append('\n');
        // Each segment once more: '%2F' inside of one becomes '%252F'.
        text.AppendJoin('/', url.AbsolutePath.Split('/').Select(Escaped)).Append('\n');
        text.Append(CanonicalQuery(url.Query.TrimStart('?'))).Append('\n');
        foreach (var (name, value) in headers)
        {
            text.Append(name).Append(':').Append(WithSingleSpaces(value)).Append('\n');
        }

        return text.Append('\n').Append(Names(headers)).Append('\n').Append(bodyHash).ToString();
    }

    public static string Hash(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private static string Signature(string canonicalRequest, AwsKeys keys, SigningScope scope)
    {
        var text = $"{Algorithm}\n{scope.Timestamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + keys.SecretAccessKey.Reveal());
        foreach (var part in (string[])[scope.Date, scope.Region, scope.SigningName, "aws4_request", text])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(key);
    }

    // Sorted by the bytes of the encoded names, then values; a name without a value gets an empty one.
    private static string CanonicalQuery(string query) =>
        string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: EscapedAnew(pair[0]), Value: pair.Length == 1 ? "" : EscapedAnew(pair[1])))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Names(SortedDictionary<string, string> headers) => string.Join(';', headers.Keys);

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static string EscapedAnew(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static string WithSingleSpaces(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
