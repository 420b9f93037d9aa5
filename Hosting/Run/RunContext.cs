using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;
using Platform.Hosting.Eventing;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Run;

/// <summary>What the parts of a run share.</summary>
internal sealed record RunContext
{
    public required RunSettings Settings { get; init; }

    public required DistributedApplicationModel Model { get; init; }

    public required ResourceNotificationService Notifications { get; init; }

    public required ResourceLoggerService Loggers { get; init; }

    public required IDistributedApplicationEventing Eventing { get; init; }

    public required DistributedApplicationExecutionContext ExecutionContext { get; init; }

    public required IServiceProvider Services { get; init; }

    /// <summary>DCP, as soon as it answers.</summary>
    public required Task<DcpClient> Dcp { get; init; }

    /// <summary>What every instance that sends telemetry is told; null without a dashboard.</summary>
    public required TelemetryTarget? Telemetry { get; init; }

    /// <summary>The container engine; asked for only where a container is to start.</summary>
    public required ContainerHost Containers { get; init; }

    /// <summary>Tells the user of a problem that the application survives.</summary>
    public required Action<Problem> Report { get; init; }

    public PrivatePorts Ports { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Where telemetry goes.</summary>
/// <param name="OtlpEndpoint">The dashboard's OTLP endpoint (gRPC).</param>
/// <param name="ApiKey">Its key.</param>
/// <param name="DashboardUrl">The dashboard itself, without a token.</param>
internal sealed record TelemetryTarget(string OtlpEndpoint, string ApiKey, string DashboardUrl);
