using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Platform.Simulator.Protocols;

/// <summary>An answer as it goes over the wire.</summary>
internal sealed record Reply(int Status, string ContentType, ImmutableArray<byte> Body)
{
    /// <summary>Beside those of every answer.</summary>
    public (string Name, string Value)? Header { get; init; }

    public static Reply Of(WireProtocol protocol, string operation, Answer answer, string requestId) => (protocol, answer) switch
    {
        (WireProtocol.Query query, Answer.Xml xml) => OfXml(200, query.Namespace, Elements.Structure(
            $"{operation}Response",
            Elements.Structure($"{operation}Result", xml.Content),
            Elements.Structure("ResponseMetadata", Elements.Text("RequestId", requestId)))),
        (WireProtocol.Ec2 ec2, Answer.Xml xml) => OfXml(200, ec2.Namespace, Elements.Structure($"{operation}Response", [Elements.Text("requestId", requestId), .. xml.Content])),
        (WireProtocol.Json, Answer.Json json) => OfJson(200, "application/x-amz-json-1.1", json.Content),
        (WireProtocol.Rest, Answer.Json json) => OfJson(200, "application/json", json.Content),
        _ => throw new InvalidOperationException($"{operation} is answered in another protocol than its service's."),
    };

    public static Reply Of(WireProtocol protocol, ServiceError error, string requestId) => Error(protocol, new ServiceError(CodeOf(protocol, error.Code), error.Message, error.Status), requestId);

    private static Reply Error(WireProtocol protocol, ServiceError error, string requestId) => protocol switch
    {
        WireProtocol.Query query => OfXml(error.Status, query.Namespace, Elements.Structure(
            "ErrorResponse",
            Elements.Structure("Error", Elements.Text("Type", error.Status < 500 ? "Sender" : "Receiver"), Elements.Text("Code", error.Code), Elements.Text("Message", error.Message)),
            Elements.Text("RequestId", requestId))),
        WireProtocol.Ec2 => OfXml(error.Status, "", Elements.Structure(
            "Response",
            Elements.Structure("Errors", Elements.Structure("Error", Elements.Text("Code", error.Code), Elements.Text("Message", error.Message))),
            Elements.Text("RequestID", requestId))),
        WireProtocol.Json => OfJson(error.Status, "application/x-amz-json-1.1", new JsonObject { ["__type"] = error.Code, ["message"] = error.Message }),
        _ => OfJson(error.Status, "application/json", new JsonObject { ["message"] = error.Message }) with { Header = ("x-amzn-ErrorType", error.Code) },
    };

    // What all services say has another name in each family of them.
    private static string CodeOf(WireProtocol protocol, string code) => (protocol, code) switch
    {
        (WireProtocol.Ec2, "InvalidClientTokenId" or "SignatureDoesNotMatch") => "AuthFailure",
        (WireProtocol.Ec2, "AccessDenied") => "UnauthorizedOperation",
        (WireProtocol.Json or WireProtocol.Rest, "InvalidClientTokenId") => "UnrecognizedClientException",
        (WireProtocol.Json or WireProtocol.Rest, "SignatureDoesNotMatch") => "InvalidSignatureException",
        (WireProtocol.Json or WireProtocol.Rest, "ExpiredToken") => "ExpiredTokenException",
        (WireProtocol.Json or WireProtocol.Rest, "AccessDenied") => "AccessDeniedException",
        (WireProtocol.Json or WireProtocol.Rest, "ValidationError") => "ValidationException",
        _ => code,
    };

    private static Reply OfJson(int status, string type, JsonObject content)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            content.WriteTo(writer);
        }

        return new Reply(status, type, [.. buffer.ToArray()]);
    }

    private static Reply OfXml(int status, string @namespace, XElement root)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false }))
        {
            Write(writer, root, @namespace);
        }

        return new Reply(status, "text/xml", [.. buffer.ToArray()]);
    }

    private static void Write(XmlWriter writer, XElement element, string @namespace)
    {
        writer.WriteStartElement(element.Name.LocalName, @namespace);
        foreach (var node in element.Nodes())
        {
            if (node is XElement child)
            {
                Write(writer, child, @namespace);
            }
            else if (node is XText text)
            {
                writer.WriteString(text.Value);
            }
        }

        writer.WriteEndElement();
    }
}
