using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting;

/// <summary>The variables that every project gets without asking, before those that its author sets.</summary>
internal static class ProjectEnvironment
{
    /// <summary>Adds what a deployed project gets.</summary>
    /// <remarks>
    /// The HTTPS endpoint of a launch profile is left out of <c>HTTPS_PORTS</c>: a deployed container has no certificate, TLS ends in front of it.
    /// An endpoint that tells its port by a variable of its own is left out too.
    /// </remarks>
    /// <param name="project">The project, with all its endpoints.</param>
    /// <param name="variables">Where to add them; a value is a string or an <see cref="IManifestExpressionProvider"/>.</param>
    public static void AddForPublish(ProjectResource project, Dictionary<string, object> variables)
    {
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";

        var endpoints = project.GetEndpoints().Where(endpoint => endpoint.Scheme is "http" or "https").ToList();
        if (endpoints.Count > 0 && !project.TryGetLastAnnotation<DisableForwardedHeadersAnnotation>(out _))
        {
            variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        }

        var listening = endpoints.Where(endpoint => endpoint.EndpointAnnotation.PortVariable is null && !EndsInFrontOf(endpoint)).ToList();
        AddPorts(variables, "HTTP_PORTS", listening.Where(endpoint => endpoint.IsHttp));
        AddPorts(variables, "HTTPS_PORTS", listening.Where(endpoint => endpoint.IsHttps));
    }

    /// <summary>Whether a deployed project does not listen on this endpoint, because TLS ends in front of it.</summary>
    public static bool EndsInFrontOf(EndpointReference endpoint) =>
        endpoint is { IsHttps: true, EndpointAnnotation: { FromLaunchProfile: true, TargetPort: null } };

    private static void AddPorts(Dictionary<string, object> variables, string variable, IEnumerable<EndpointReference> endpoints)
    {
        var ports = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            ports.AppendLiteral(ports.IsEmpty ? "" : ";");
            ports.AppendFormatted(endpoint.Property(EndpointProperty.TargetPort));
        }

        if (!ports.IsEmpty)
        {
            variables[variable] = ports.Build();
        }
    }
}
