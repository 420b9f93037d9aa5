using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.ServiceDefaults.Shutdown;

namespace Platform.ServiceDefaults.Health;

internal static class HealthServices
{
    public static void AddHealthEndpoints(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck("self", () => HealthCheckResult.Healthy("The process answers."), [DefaultEndpoints.LiveTag])
            .AddCheck<DrainCheck>(DrainCheck.Name);
        services.AddSingleton<HealthResponse>();
        services.AddSingleton<DefaultEndpoints>();
        // First of all startup filters: the framework's own come in between otherwise, host filtering among them.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(provider => provider.GetRequiredService<DefaultEndpoints>()));
        services.AddHostedService<ManagementPort>();
    }
}
