using System.Collections.Immutable;
using System.Text;
using Platform.Simulator.Faults;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Server;

/// <summary>What the rules make of a call.</summary>
internal static class CallFaults
{
    /// <summary>As a proxy in between answers.</summary>
    public static byte[] Page { get; } = Encoding.UTF8.GetBytes("<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body>The proxy got no answer.</body></html>\n");

    /// <summary>The answer to a call that is not done because of a rule; null: it is done.</summary>
    public static Reply? AnswerBefore(WireProtocol protocol, ImmutableArray<CallFault> faults, DeniedCall call, string requestId)
    {
        foreach (var fault in faults)
        {
            Reply? reply = fault switch
            {
                CallFault.Throttle => Reply.Of(protocol, Throttled(protocol), requestId),
                CallFault.Error(var code) when code.StartsWith("AccessDenied", StringComparison.Ordinal) => Reply.Of(protocol, new ServiceError(code, call.Message, 403), requestId),
                CallFault.Error(var code) => Reply.Of(protocol, new ServiceError(code, $"{code}, as a fault of the simulator asks for.", StatusOf(code)), requestId),
                CallFault.ExpiredToken => Reply.Of(protocol, SignatureCheck.Expired(), requestId),
                CallFault.Status(var status) => new Reply(status, "text/plain", []),
                CallFault.Html => new Reply(502, "text/html", [.. Page]),
                CallFault.Refuse or CallFault.HangBefore => new Reply(503, "text/plain", []),
                _ => null,
            };
            if (reply is not null)
            {
                return reply;
            }
        }

        return null;
    }

    // CloudFormation and the other services of forms answer 400 to one call too many; EC2 503.
    private static ServiceError Throttled(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Ec2 => new ServiceError("RequestLimitExceeded", "Request limit exceeded.", 503),
        WireProtocol.Query => new ServiceError("Throttling", "Rate exceeded", 400),
        _ => new ServiceError("ThrottlingException", "Rate exceeded", 400),
    };

    private static int StatusOf(string code) => code switch
    {
        _ when code.StartsWith("Internal", StringComparison.Ordinal) => 500,
        _ when code.Contains("Unavailable", StringComparison.Ordinal) => 503,
        _ when code.StartsWith("AccessDenied", StringComparison.Ordinal) || code.StartsWith("Expired", StringComparison.Ordinal) || code == "SignatureDoesNotMatch" || code == "InvalidClientTokenId" => 403,
        _ when code.EndsWith("NotFoundException", StringComparison.Ordinal) || code == "NoSuchEntity" => 404,
        _ => 400,
    };
}

/// <summary>For the message of a call that may not be made.</summary>
/// <param name="Caller">ARN.</param>
internal sealed record DeniedCall(string Caller, string Service, string Operation)
{
    public string Message => $"User: {Caller} is not authorized to perform: {(Service == "tagging" ? "tag" : Service)}:{Operation} on resource: * because no identity-based policy allows the {(Service == "tagging" ? "tag" : Service)}:{Operation} action";
}
