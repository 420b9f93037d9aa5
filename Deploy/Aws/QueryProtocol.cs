using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>A form goes, XML comes: CloudFormation, STS, IAM, Elastic Load Balancing, and EC2 with its own lists.</summary>
internal sealed class QueryProtocol(AwsConnection connection, AwsApi api)
{
    private const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";

    /// <returns><c>&lt;OperationResult&gt;</c> of <c>&lt;OperationResponse&gt;</c>, or the latter where it has none.</returns>
    public async Task<XElement> CallAsync(string operation, QueryForm form, CancellationToken cancellationToken)
    {
        var request = AwsRequest.Post(api, operation, ContentType, form.Body(operation, api.Version));
        var reply = await connection.SendAsync(request, cancellationToken);
        try
        {
            // moto calls the answer to CreateChangeSet CreateStackResponse, so only the endings count.
            var root = AwsErrorReading.Xml(reply.Body);
            return root.Name.LocalName.EndsWith("Response", StringComparison.Ordinal)
                ? root.Elements().FirstOrDefault(element => element.Name.LocalName.EndsWith("Result", StringComparison.Ordinal)) ?? root
                : throw connection.Unreadable(request, reply, cause: null);
        }
        catch (XmlException broken)
        {
            throw connection.Unreadable(request, reply, broken);
        }
    }
}

/// <summary>Reads by local names: each service and version has an XML namespace of its own. An empty list may be an absent element.</summary>
internal static class XmlAnswer
{
    public static XElement? Child(this XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    public static string? Text(this XElement element, string name) => element.Child(name)?.Value is { Length: > 0 } text ? text : null;

    /// <summary>A field that the service always sends; empty where it does not.</summary>
    public static string Always(this XElement element, string name) => element.Child(name)?.Value ?? "";

    public static bool Flag(this XElement element, string name) => string.Equals(element.Text(name), "true", StringComparison.OrdinalIgnoreCase);

    public static int? Number(this XElement element, string name) =>
        int.TryParse(element.Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>ISO 8601; null where it is absent or not a time.</summary>
    public static DateTimeOffset? Time(this XElement element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The <c>member</c>s, or EC2's <c>item</c>s, of a list.</summary>
    public static ImmutableArray<T> Members<T>(this XElement element, string name, Func<XElement, T> read) => [.. (element.Child(name)?.Elements() ?? []).Select(read)];

    public static ImmutableArray<string> Texts(this XElement element, string name) => element.Members(name, member => member.Value);
}
