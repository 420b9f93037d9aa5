using System.Reflection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Resources;

namespace Platform.ServiceDefaults.Telemetry;

internal static class ServiceIdentity
{
    /// <summary>Says who sends the telemetry where <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> do not.</summary>
    /// <remarks>The last one who says something wins, so the environment is asked once more after the defaults.</remarks>
    public static void AddServiceIdentity(this ResourceBuilder resource, IHostEnvironment environment)
    {
        var version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        resource
            .AddAttributes(
            [
                new("service.name", environment.ApplicationName),
                new("service.version", version ?? "unknown"),
                new("service.instance.id", Environment.MachineName),
                new("deployment.environment.name", environment.EnvironmentName),
            ])
            .AddEnvironmentVariableDetector();
    }
}
