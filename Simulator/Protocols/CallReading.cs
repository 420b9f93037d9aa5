using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Protocols;

/// <summary>Finds operation and input of a call.</summary>
internal static class CallReading
{
    public static (string Operation, CallInput Input) Read(WireProtocol protocol, SignedRequest request)
    {
        switch (protocol)
        {
            case WireProtocol.Query or WireProtocol.Ec2:
                var form = CallInput.OfForm(request.Method == "GET" ? request.Query : Encoding.UTF8.GetString(request.Body.Span));
                return (form.Text("Action") ?? throw new ServiceError("MissingAction", "The request must contain the parameter Action", 400), form);
            case WireProtocol.Json:
                var target = request.Header("x-amz-target") ?? throw new ServiceError("MissingAuthenticationTokenException", "The request has no X-Amz-Target.", 400);
                return (target[(target.LastIndexOf('.') + 1)..], CallInput.OfJson(request.Body));
            case WireProtocol.Rest rest:
                return Route(rest, request);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static (string Operation, CallInput Input) Route(WireProtocol.Rest rest, SignedRequest request)
    {
        var path = request.Path.Trim('/').Split('/');
        foreach (var route in rest.Routes)
        {
            var parts = route.Path.Split('/');
            if (route.Method != request.Method || parts.Length != path.Length || !parts.Zip(path).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second))
            {
                continue;
            }

            var content = (JsonObject)CallInput.OfJson(request.Body).Content.DeepClone();
            foreach (var (part, value) in parts.Zip(path).Where(pair => pair.First.StartsWith('{')))
            {
                content[part.Trim('{', '}')] = Uri.UnescapeDataString(value);
            }

            foreach (var (name, value) in CallInput.OfForm(request.Query).Content)
            {
                content[name] = value?.DeepClone();
            }

            return (route.Operation, new CallInput(content));
        }

        throw new ServiceError("UnknownOperationException", $"There is no {request.Method} {request.Path}.", 404);
    }
}
