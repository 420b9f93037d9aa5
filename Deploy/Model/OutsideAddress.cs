using System.Globalization;

namespace Platform.Deploy.Model;

/// <summary>An address outside of the cluster that a value names.</summary>
/// <param name="Host">A DNS name with a dot, or an IPv4 address.</param>
/// <param name="Port">That a connection goes to.</param>
internal readonly record struct OutsideAddress(string Host, int Port)
{
    private static readonly Dictionary<string, int> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["http"] = 80,
        ["https"] = 443,
        ["ws"] = 80,
        ["wss"] = 443,
        ["ftp"] = 21,
        ["sftp"] = 22,
        ["smtp"] = 25,
        ["smtps"] = 465,
        ["ldap"] = 389,
        ["ldaps"] = 636,
        ["amqp"] = 5672,
        ["amqps"] = 5671,
        ["sb"] = 5671,
        ["mqtt"] = 1883,
        ["mqtts"] = 8883,
        ["nats"] = 4222,
        ["redis"] = 6379,
        ["rediss"] = 6379,
        ["postgres"] = 5432,
        ["postgresql"] = 5432,
        ["mysql"] = 3306,
        ["mariadb"] = 3306,
        ["sqlserver"] = 1433,
        ["mssql"] = 1433,
        ["mongodb"] = 27017,
        ["mongodb+srv"] = 27017,
        ["kafka"] = 9092,
        ["cassandra"] = 9042,
    };

    /// <summary>As written, without a slash at its end: paths are appended to it.</summary>
    public static string TextOf(Uri url) => url.OriginalString.TrimEnd('/');

    public static int? PortOf(Uri url) => url.Port > 0 ? url.Port : Defaults.TryGetValue(url.Scheme, out var port) ? port : null;

    /// <summary>What a binding's member is at a service outside; null where it has none.</summary>
    public static string? Part(Uri url, string member) => (member, PortOf(url)) switch
    {
        ("url", _) => TextOf(url),
        ("host", _) => url.Host,
        ("scheme", _) => url.Scheme,
        ("port" or "targetPort", { } port) => port.ToString(CultureInfo.InvariantCulture),
        ("hostAndPort", { } port) => string.Create(CultureInfo.InvariantCulture, $"{url.Host}:{port}"),
        ("tlsEnabled", _) => (url.Scheme is "https" or "wss" or "rediss" or "amqps").ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>
    /// Finds addresses by their form: <c>scheme://[user@]host[:port]</c>, <c>host.domain:port</c>, <c>host.domain,port</c> (SQL Server), and
    /// <c>Host=host.domain;Port=port</c>. Names without a dot are of the cluster; those of the machine itself are left out.
    /// </summary>
    public static IEnumerable<OutsideAddress> In(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && IsOfName(text[end]))
            {
                end++;
            }

            if (end == i)
            {
                i++;
                continue;
            }

            if (end + 2 < text.Length && text[end] == ':' && text[end + 1] == '/' && text[end + 2] == '/')
            {
                var start = end + 3;
                if (OfAuthority(text, ref start, text[i..end]) is { } address)
                {
                    yield return address;
                }

                i = start;
                continue;
            }

            var host = text[i..end];
            if (end < text.Length && text[end] is ':' or ',' && NumberAt(text, end + 1) is { } port && IsDomainName(host))
            {
                yield return new OutsideAddress(host, port);
            }
            else if (IsDomainName(host) && i > 0 && text[i - 1] == '=' && PortKey(text, end) is { } named)
            {
                yield return new OutsideAddress(host, named);
            }

            i = end;
        }
    }

    // Moves start behind the authority. A comma-separated list of hosts (Kafka, MongoDB) goes on with the plain form.
    private static OutsideAddress? OfAuthority(string text, ref int start, string scheme)
    {
        var end = start;
        while (end < text.Length && text[end] is not ('/' or '?' or '#' or ';' or ' ' or '"' or '\'' or ',' or '|'))
        {
            end++;
        }

        var authority = text[start..end];
        start = end;
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        var host = colon < 0 ? authority : authority[..colon];
        var port = colon < 0 ? (Defaults.TryGetValue(scheme, out var usual) ? usual : null) : NumberAt(authority, colon + 1);
        return port is { } number && IsOutside(host) ? new OutsideAddress(host, number) : null;
    }

    private static int? PortKey(string text, int from)
    {
        const string key = "port=";
        var at = text.IndexOf(key, from, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : NumberAt(text, at + key.Length);
    }

    private static int? NumberAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < 6 && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end > start && int.TryParse(text.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535
            ? number
            : null;
    }

    private static bool IsOutside(string host) => IsDomainName(host) || (IsIPv4(host) && !host.StartsWith("127.", StringComparison.Ordinal) && host != "0.0.0.0");

    // At least two labels, the last of letters: "1.2.3" is a version, "localhost" and "cache" are no addresses outside.
    private static bool IsDomainName(string host)
    {
        var dot = host.LastIndexOf('.');
        return dot > 0 && host.Length - dot > 2 && host.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.')
            && host.AsSpan(dot + 1).IndexOfAnyExceptInRange('A', 'z') < 0
            && !host.Contains("..", StringComparison.Ordinal)
            && !host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith(".svc", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            && !host.Equals("host.docker.internal", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsIPv4(string host) => host.Count(character => character == '.') == 3 && host.All(character => char.IsAsciiDigit(character) || character == '.');

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '+' or '_';
}
