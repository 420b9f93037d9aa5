using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;

namespace Platform.Deploy.Aws;

/// <summary>One call, before it is signed: it can be sent any number of times.</summary>
/// <param name="Operation">Such as <c>DescribeCluster</c>.</param>
/// <param name="PathAndQuery">Relative to the endpoint, without the first slash, escaped.</param>
/// <param name="Headers">By name in lower case, beside those that a signature needs.</param>
internal sealed record AwsRequest(AwsApi Api, string Operation, HttpMethod Method, string PathAndQuery, ImmutableSortedDictionary<string, string> Headers)
{
    /// <summary>Empty for a GET.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Null where there is no body.</summary>
    public string? ContentType { get; init; }

    public static AwsRequest Post(AwsApi api, string operation, string contentType, byte[] body) =>
        new(api, operation, HttpMethod.Post, "", ImmutableSortedDictionary<string, string>.Empty) { Body = body, ContentType = contentType };
}

/// <summary>What came back, whole.</summary>
internal sealed record AwsReply(HttpStatusCode Status, HttpResponseHeaders Headers, byte[] Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Null where no AWS answered.</summary>
    public string? RequestId => Header("x-amzn-requestid") ?? Header("x-amz-request-id");

    /// <summary>By the clock of who answered.</summary>
    public DateTimeOffset? Date => Headers.Date;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
