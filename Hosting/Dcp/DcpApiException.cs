using System.Collections.Immutable;
using System.Net;

namespace Platform.Hosting.Dcp;

/// <summary>DCP refused a call. Its callers tell conflicts and absent objects apart by <see cref="StatusCode"/>.</summary>
internal sealed class DcpApiException : Exception
{
    public DcpApiException(HttpStatusCode statusCode, string call, DcpErrorStatus? status)
        : base($"{call}: {(int)statusCode} {status?.Reason}. {status?.Message}")
    {
        StatusCode = statusCode;
        Reason = status?.Reason;
        Said = status?.Message;
        Causes = [.. status?.Details?.Causes ?? []];
    }

    public HttpStatusCode StatusCode { get; }

    /// <summary>One word, such as <c>AlreadyExists</c> or <c>Invalid</c>; null where the answer was not a Kubernetes status.</summary>
    public string? Reason { get; }

    /// <summary>The server's own sentence.</summary>
    public string? Said { get; }

    /// <summary>The fields that were refused.</summary>
    public ImmutableArray<DcpErrorCause> Causes { get; }

    /// <summary>The same call may succeed a moment later: the server is starting or busy.</summary>
    public bool IsTransient => (int)StatusCode >= 500 || StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;
}
