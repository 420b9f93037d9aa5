using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Platform.Simulator.Accounts;
using Platform.Simulator.Faults;
using Platform.Simulator.Protocols;
using Platform.Simulator.Registry;

namespace Platform.Simulator.Server;

/// <summary>All that the port answers.</summary>
internal sealed class Application(VirtualClock clock, CallDispatch calls, RegistryEndpoints registry, AdminEndpoints admin) : IHttpApplication<HttpContext>
{
    private int _requests;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        clock.CallBegins();
        try
        {
            var path = context.Request.Path;
            await (path.StartsWithSegments(AdminEndpoints.Root) ? admin.AnswerAsync(context) : path.StartsWithSegments("/v2") ? AnswerRegistryAsync(context) : AnswerCallAsync(context));
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked is gone.
        }
#pragma warning disable CA1031 // A bug of the simulator is told to the caller: there is no log that anybody would read.
        catch (Exception bug) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await WriteAsync(context, Reply.Of(new WireProtocol.Query(""), new ServiceError("InternalFailure", $"This is a bug of the simulator: {bug}", 500), ""), "");
        }
        finally
        {
            clock.CallEnds();
        }
    }

    private async Task AnswerCallAsync(HttpContext context)
    {
        var requestId = RequestId();
        var request = await ReadAsync(context);
        var (reply, faults) = Answer(request, requestId);
        await DelayAsync(context, faults);
        if (faults.Any(fault => fault is CallFault.Cut or CallFault.Refuse))
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, reply, requestId);
    }

    private static async Task WriteAsync(HttpContext context, Reply reply, string requestId)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        response.Headers["x-amzn-RequestId"] = requestId;
        if (reply.Header is { } header)
        {
            response.Headers[header.Name] = header.Value;
        }

        await response.Body.WriteAsync(reply.Body.AsMemory(), context.RequestAborted);
    }

    private async Task AnswerRegistryAsync(HttpContext context)
    {
        var call = RegistryCall.Read(context.Request.Method, context.Request.Path.Value ?? "");
        var faults = calls.CountRegistry(call.Operation);
        var reply = RegistryFaults.AnswerBefore(registry, faults) ?? await registry.AnswerAsync(call, context);
        if (call.IsWriting)
        {
            calls.Keep();
        }

        await DelayAsync(context, faults);
        if (faults.Any(fault => fault is CallFault.Cut or CallFault.Refuse))
        {
            context.Abort();
            return;
        }

        await RegistryWriting.WriteAsync(reply, context);
    }

    private (Reply Reply, ImmutableArray<CallFault> Faults) Answer(SignedRequest request, string requestId)
    {
        try
        {
            return calls.Answer(request, SignatureCheck.ScopeOf(request.Header("authorization")), requestId);
        }
        catch (ServiceError error)
        {
            return (Reply.Of(new WireProtocol.Query(""), error, requestId), []);
        }
    }

    private async Task DelayAsync(HttpContext context, ImmutableArray<CallFault> faults)
    {
        foreach (var fault in faults)
        {
            var delay = fault switch
            {
                CallFault.Latency(var latency) => latency,
                CallFault.Hang or CallFault.HangBefore => Timeout.InfiniteTimeSpan,
                _ => TimeSpan.Zero,
            };
            if (delay != TimeSpan.Zero)
            {
                // Whoever waits for ever does not hold the clock.
                clock.CallEnds();
                try
                {
                    await Task.Delay(delay, context.RequestAborted);
                }
                finally
                {
                    clock.CallBegins();
                }
            }
        }
    }

    private static async Task<SignedRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        // As it was sent: a decoded path cannot be verified.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var at = target.IndexOf('?', StringComparison.Ordinal);
        var headers = context.Request.Headers;
        return new SignedRequest(
            context.Request.Method,
            at < 0 ? target : target[..at],
            at < 0 ? "" : target[(at + 1)..],
            name => headers.TryGetValue(name, out var value) ? value.ToString() : null,
            body.ToArray());
    }

    private string RequestId()
    {
        var number = Interlocked.Increment(ref _requests);
        return string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{number:x12}");
    }
}
