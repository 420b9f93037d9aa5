using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Platform.Simulator.Faults;
using Platform.Simulator.Registry;

namespace Platform.Simulator.Server;

/// <summary>Sends what the registry answers; a file is never in memory as a whole.</summary>
internal static class RegistryWriting
{
    public static async Task WriteAsync(RegistryReply reply, HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers[name] = value;
        }

        response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        var length = reply.File is { } whole ? whole.Length - reply.Offset : reply.Body.Length;
        if (reply.Status != 204)
        {
            response.ContentLength = length;
        }

        if (HttpMethods.IsHead(context.Request.Method) || length == 0)
        {
            return;
        }

        if (reply.File is { } file)
        {
            await using var stream = file.OpenRead();
            stream.Seek(reply.Offset, SeekOrigin.Begin);
            await stream.CopyToAsync(response.Body, 128 * 1024, context.RequestAborted);
        }
        else
        {
            await response.Body.WriteAsync(reply.Body, context.RequestAborted);
        }
    }
}

/// <summary>What the rules make of a call of the registry.</summary>
internal static class RegistryFaults
{
    /// <summary>The answer to a call that is not done because of a rule; null: it is done.</summary>
    public static RegistryReply? AnswerBefore(RegistryEndpoints registry, ImmutableArray<CallFault> faults)
    {
        foreach (var fault in faults)
        {
            var reply = fault switch
            {
                CallFault.Throttle => RegistryReply.Error(429, "TOOMANYREQUESTS", "Rate exceeded"),
                CallFault.Error(var code) => RegistryReply.Error(code is "DENIED" ? 403 : 400, code, $"{code}, as a fault of the simulator asks for."),
                CallFault.ExpiredToken => registry.Refusal(),
                CallFault.Status(var status) => new RegistryReply(status),
                CallFault.Html => new RegistryReply(502) { Body = CallFaults.Page }.With("Content-Type", "text/html"),
                CallFault.Refuse or CallFault.HangBefore => new RegistryReply(503),
                _ => null,
            };
            if (reply is not null)
            {
                return reply;
            }
        }

        return null;
    }
}
