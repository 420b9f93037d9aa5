using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Platform.Hosting.Dcp;

/// <summary>Where DCP listens and how it is spoken to, from the file it writes.</summary>
/// <param name="Authority">What the server's certificate has to chain to, PEM.</param>
internal sealed record Kubeconfig(Uri Server, string Authority, string Token)
{
    /// <summary>
    /// Null where the text is not complete (yet). DCP writes one cluster and one user, so that three scalars are enough:
    /// <code>
    ///     certificate-authority-data: LS0t…
    ///     server: https://127.0.0.1:46831
    ///     token: abc…
    /// </code>
    /// The token comes last; a line without its end may be half a line.
    /// </summary>
    public static Kubeconfig? Parse(string text)
    {
        var complete = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.TrimEntries);
        var server = Scalar(complete, "server:");
        var authority = Scalar(complete, "certificate-authority-data:");
        var token = Scalar(complete, "token:");
        return token is not null && Uri.TryCreate(server, UriKind.Absolute, out var address) && TryPem(authority, out var pem)
            ? new(address, pem, token)
            : null;
    }

    /// <summary>The authority as a certificate, to be disposed by the caller.</summary>
    public X509Certificate2 LoadAuthority() => X509Certificate2.CreateFromPem(Authority);

    private static string? Scalar(string[] lines, string key) => lines
        .Where(line => line.StartsWith(key, StringComparison.Ordinal))
        .Select(line => line[key.Length..].Trim().Trim('"', '\''))
        .FirstOrDefault(value => value.Length > 0);

    private static bool TryPem(string? base64, [NotNullWhen(true)] out string? pem)
    {
        var bytes = new byte[base64?.Length ?? 0];
        pem = Convert.TryFromBase64String(base64 ?? "", bytes, out var count) ? Encoding.ASCII.GetString(bytes, 0, count) : null;
        return pem is not null && PemEncoding.TryFind(pem, out _);
    }
}
