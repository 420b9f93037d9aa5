using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.WebApp.Status;

/// <summary>The application's own metric and spans. The service defaults collect what bears the application's name.</summary>
internal static class StatusTelemetry
{
    private const string Name = "WebApp";
    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Views = Meter.CreateCounter<long>("webapp.status.views", "{view}", "How often the status was asked for.");

    public static void CountView(string format) => Views.Add(1, new KeyValuePair<string, object?>("format", format));
}
