using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Platform.Hosting.Dcp;

/// <summary>The wire format, generated at compile time: start-up has no room for reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DcpExecutable))]
[JsonSerializable(typeof(DcpService))]
[JsonSerializable(typeof(DcpEndpoint))]
[JsonSerializable(typeof(DcpContainer))]
[JsonSerializable(typeof(DcpContainerNetwork))]
[JsonSerializable(typeof(DcpContainerVolume))]
[JsonSerializable(typeof(DcpContainerExec))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(DcpList))]
[JsonSerializable(typeof(DcpWatchEvent))]
[JsonSerializable(typeof(DcpErrorStatus))]
[JsonSerializable(typeof(DcpExecution))]
[JsonSerializable(typeof(DcpReport))]
[JsonSerializable(typeof(IReadOnlyList<DcpServiceProducer>))]
internal sealed partial class DcpJson : JsonSerializerContext
{
    public const string Group = "usvc-dev.developer.microsoft.com";

    public const string ApiVersion = Group + "/v1";

    /// <summary>The value of <see cref="DcpAnnotations.ServiceProducer"/>.</summary>
    public static string ServiceProducers(IReadOnlyList<DcpServiceProducer> producers) =>
        JsonSerializer.Serialize(producers, Default.IReadOnlyListDcpServiceProducer);
}

internal sealed record DcpList(IReadOnlyList<JsonElement> Items);

/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>BOOKMARK</c> or <c>ERROR</c>.</param>
internal sealed record DcpWatchEvent(string Type, JsonElement Object);

/// <summary>The administrative document of the server.</summary>
/// <param name="Status"><c>Running</c>, <c>Stopping</c>, <c>CleaningResources</c> or <c>CleanupComplete</c>.</param>
/// <param name="ShutdownResourceCleanup"><c>Full</c> or <c>None</c>.</param>
internal sealed record DcpExecution(string Status, string? ShutdownResourceCleanup);

internal enum DcpCleanup
{
    /// <summary>Stop and remove every object first: at least 0.4 s, and a second more where there is any.</summary>
    Full,

    /// <summary>Only where no object is left.</summary>
    None,
}

/// <summary>How Kubernetes-like servers refuse.</summary>
internal sealed record DcpErrorStatus(string? Message, string? Reason, DcpErrorDetails? Details);

internal sealed record DcpErrorDetails(IReadOnlyList<DcpErrorCause>? Causes);

/// <param name="Field">Such as <c>spec.executablePath</c>.</param>
internal sealed record DcpErrorCause(string? Reason, string? Message, string? Field);

/// <summary>What <c>dcp info</c> and <c>dcp version</c> print.</summary>
internal sealed record DcpReport(string? Version, DcpEngineReport? Containers);

internal sealed record DcpEngineReport(string? Runtime, string? HostName, bool Installed, bool Running, string? Error);
