namespace Platform.Hosting.Dashboard;

/// <summary>What the dashboard of one run is started with.</summary>
internal sealed record DashboardSettings
{
    /// <summary>Full path of <c>aspire-managed</c> in the bundle.</summary>
    public required string ProgramPath { get; init; }

    /// <summary>Where the pages are served, such as <c>http://localhost:18888</c>; the port may be a template of the orchestrator.</summary>
    public required string FrontendListenUrl { get; init; }

    /// <summary>Where a browser finds the pages: the same address, or that of the proxy before it.</summary>
    public required Uri FrontendUrl { get; init; }

    /// <summary>Where telemetry is taken over gRPC; the port may be a template of the orchestrator.</summary>
    public required string OtlpListenUrl { get; init; }

    /// <summary>The key in the header <c>x-otlp-api-key</c> of all telemetry.</summary>
    public required string OtlpApiKey { get; init; }

    /// <summary>What a browser logs in with.</summary>
    public required string BrowserToken { get; init; }

    /// <summary>The key in the header <c>x-api-key</c> of the telemetry API.</summary>
    public required string TelemetryApiKey { get; init; }

    /// <summary>Where the dashboard finds the resources: <see cref="ResourceServiceHost.Url"/>.</summary>
    public required Uri ResourceServiceUrl { get; init; }

    /// <summary>The key of the resource service: <see cref="ResourceServiceHost.ApiKey"/>.</summary>
    public required string ResourceServiceApiKey { get; init; }

    /// <summary>The process whose end ends the dashboard too, even where it is killed: the host.</summary>
    public required int OwnerProcessId { get; init; }

    /// <summary>The address that logs a browser in.</summary>
    public Uri LoginUrl => new(FrontendUrl, $"/login?t={BrowserToken}");
}
