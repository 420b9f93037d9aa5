using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Platform.ServiceDefaults.Telemetry;

internal static class FrameworkLogs
{
    /// <summary>The framework writes five or six lines a request at Information, which costs more than all other telemetry together.</summary>
    private static readonly string[] Chatty = ["Microsoft.AspNetCore", "Microsoft.Extensions", "System.Net.Http", "Polly"];

    /// <summary>Framework logs from Warning on, unless the configuration has a level for the same category or a more specific one.</summary>
    /// <remarks>Of two rules for one category the later one holds, so these must come before those of the configuration.</remarks>
    public static void AddQuietFrameworkLogs(this IServiceCollection services) =>
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<LoggerFilterOptions>>(new ConfigureOptions<LoggerFilterOptions>(Quieten)));

    private static void Quieten(LoggerFilterOptions options)
    {
        foreach (var category in Chatty)
        {
            options.Rules.Add(new LoggerFilterRule(providerName: null, category, LogLevel.Warning, filter: null));
        }
    }
}
