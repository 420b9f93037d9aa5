using System.Collections.Immutable;
using System.Globalization;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Run;

/// <summary>The variables that a resource is started with before its own callbacks have a say.</summary>
internal static class RunEnvironment
{
    public static void AddDefaults(
        IResource resource, string id, ImmutableArray<InstancePort> ports, RunContext run, Dictionary<string, object> variables)
    {
        if (resource is ProjectResource project)
        {
            AddProject(project, ports, run, variables);
        }

        if (run.Telemetry is { } telemetry && resource.Annotations.OfType<OtlpExporterAnnotation>().Any())
        {
            AddTelemetry(resource, id, telemetry, run.Settings, variables);
        }

        foreach (var port in ports)
        {
            if (port.Endpoint.PortVariable is { } variable)
            {
                var own = resource is ContainerResource ? port.Endpoint.TargetPort ?? port.Port : port.Port;
                variables[variable] = own.ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private static void AddProject(ProjectResource project, ImmutableArray<InstancePort> ports, RunContext run, Dictionary<string, object> variables)
    {
        if (project.TryGetLastAnnotation<SelectedLaunchProfile>(out var selected))
        {
            variables["DOTNET_LAUNCH_PROFILE"] = selected.Name;
            foreach (var (name, value) in selected.Profile.EnvironmentVariables)
            {
                variables[name] = value;
            }
        }

        // Both or none: the one that the profile does not name would win over the other.
        if (!variables.ContainsKey("ASPNETCORE_ENVIRONMENT") && !variables.ContainsKey("DOTNET_ENVIRONMENT"))
        {
            variables["ASPNETCORE_ENVIRONMENT"] = run.Settings.EnvironmentName;
            variables["DOTNET_ENVIRONMENT"] = run.Settings.EnvironmentName;
        }

        var web = ports.Where(port => port.Endpoint.UriScheme is "http" or "https" && port.Endpoint.PortVariable is null).ToList();
        if (web.Count > 0)
        {
            variables["ASPNETCORE_URLS"] = string.Join(';', web.Select(port => $"{port.Endpoint.UriScheme}://localhost:{port.Port}"));
        }

        if (web.Find(port => port.Endpoint.UriScheme == "https") is { } https)
        {
            variables["ASPNETCORE_HTTPS_PORT"] = new EndpointReference(project, https.Endpoint).Property(EndpointProperty.Port);
        }

        if (!project.Annotations.OfType<DisableForwardedHeadersAnnotation>().Any())
        {
            variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        }

        // The dashboard renders the colours.
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        variables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
    }

    private static void AddTelemetry(
        IResource resource, string id, TelemetryTarget telemetry, RunSettings settings, Dictionary<string, object> variables)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = telemetry.OtlpEndpoint;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={telemetry.ApiKey}";
        variables["OTEL_SERVICE_NAME"] = resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={id}";
        variables["ASPIRE_DASHBOARD_URL"] = telemetry.DashboardUrl;
        if (resource is ProjectResource)
        {
            variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EXCEPTION_LOG_ATTRIBUTES"] = "true";
            variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EVENT_LOG_ATTRIBUTES"] = "true";
            variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        }

        if (settings.EnvironmentName == "Development")
        {
            // Somebody looks at the dashboard and does not want to wait for the next batch.
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }
    }
}
