namespace Platform.ServiceDefaults.Health;

/// <summary>The paths that belong to the operator of a service, not to its users: they are kept out of traces, request metrics and access logs.</summary>
internal static class DefaultPaths
{
    public const string Health = "/health";
    public const string Alive = "/alive";
    public const string Metrics = "/metrics";

    public static bool Contains(string? path) => path is Health or Alive or Metrics;
}
