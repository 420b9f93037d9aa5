using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Platform.ServiceDefaults.Shutdown;

internal static class DrainServices
{
    public static void AddDraining(this IServiceCollection services, ServiceDefaultsSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DrainState>();
        services.AddHostedService<DrainBeforeStop>();
        // The host's clock starts with the drain; what it gives to requests in flight must not shrink by that.
        services.PostConfigure<HostOptions>(host => host.ShutdownTimeout += settings.DrainDelay);
    }
}
