using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>
/// Reads the error in an answer. Three shapes: <c>&lt;ErrorResponse&gt;&lt;Error&gt;&lt;Code/&gt;&lt;Message/&gt;</c> (query),
/// <c>&lt;Response&gt;&lt;Errors&gt;&lt;Error&gt;…</c> (EC2), and JSON with the code in <c>__type</c> (<c>namespace#Code</c>) or in the header
/// <c>x-amzn-errortype</c> (<c>Code:address</c>). Whatever else it is, HTML or nothing, is described by its status.
/// </summary>
internal static class AwsErrorReading
{
    private const int MostOfMessage = 2_000;
    private const int MostOfPage = 120;

    public static AwsError Of(AwsRequest request, AwsReply reply, AwsKeys keys)
    {
        var (code, message, id) = OfXml(reply) ?? OfJson(reply) ?? (null, FirstLine(reply), null);
        var read = code ?? Invariant($"HTTP {(int)reply.Status}");
        var kind = AwsErrorCatalogue.KindOf(request.Api, read, message, reply.Status);
        if (code is null && kind is AwsErrorKind.Rejected or AwsErrorKind.AccessDenied)
        {
            kind = AwsErrorKind.Unreadable;
        }

        return new AwsError(request.Api, request.Operation, kind, read, WithoutSecrets(message, keys), id ?? reply.RequestId);
    }

    /// <summary>An answer that says success and cannot be read.</summary>
    public static AwsError Unreadable(AwsRequest request, AwsReply reply) =>
        new(request.Api, request.Operation, AwsErrorKind.Unreadable, Invariant($"HTTP {(int)reply.Status}"), FirstLine(reply), reply.RequestId);

    /// <summary>No DTD, so nothing that a page could make us fetch or expand.</summary>
    public static XElement Xml(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader);
    }

    private static (string? Code, string Message, string? RequestId)? OfXml(AwsReply reply)
    {
        if (!StartsWith(reply.Body, '<'))
        {
            return null;
        }

        try
        {
            var root = Xml(reply.Body);
            var error = root.DescendantsAndSelf().FirstOrDefault(element => element.Name.LocalName == "Error");
            var code = error?.Elements().FirstOrDefault(element => element.Name.LocalName == "Code")?.Value;
            var message = error?.Elements().FirstOrDefault(element => element.Name.LocalName == "Message")?.Value;
            var id = root.Descendants().FirstOrDefault(element => string.Equals(element.Name.LocalName, "RequestId", StringComparison.OrdinalIgnoreCase))?.Value;
            return code is null ? null : (code, message ?? "", id);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static (string? Code, string Message, string? RequestId)? OfJson(AwsReply reply)
    {
        var code = reply.Header("x-amzn-errortype")?.Split(':')[0];
        var message = "";
        if (StartsWith(reply.Body, '{'))
        {
            try
            {
                using var document = JsonDocument.Parse(reply.Body);
                code ??= Text(document.RootElement, "__type") ?? Text(document.RootElement, "code");
                message = Text(document.RootElement, "message") ?? Text(document.RootElement, "Message") ?? "";
            }
            catch (JsonException)
            {
                // Cut off, or no JSON after all: the header may still say what it is.
            }
        }

        return code is null ? null : (code.Split('#')[^1], message, null);

        static string? Text(JsonElement element, string name) =>
            element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static string WithoutSecrets(string message, AwsKeys keys)
    {
        var text = AwsMessages.WithoutAppendix(message);
        foreach (var secret in (string?[])[keys.SecretAccessKey.Reveal(), keys.SessionToken?.Reveal()])
        {
            text = string.IsNullOrEmpty(secret) ? text : text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text.Length > MostOfMessage ? text[..MostOfMessage] + "…" : text;
    }

    private static string FirstLine(AwsReply reply)
    {
        var line = Encoding.UTF8.GetString(reply.Body).Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "nothing";
        var shown = line.Length > MostOfPage ? line[..MostOfPage] + "…" : line;
        return $"the answer was {(line == "nothing" ? "empty" : $"'{shown}'")}";
    }

    private static bool StartsWith(byte[] body, char first) => Array.Find(body, letter => letter is not ((byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t')) == first;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
