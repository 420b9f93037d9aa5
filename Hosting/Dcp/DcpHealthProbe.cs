namespace Platform.Hosting.Dcp;

/// <summary>A check that DCP makes itself. Aim it at the private port: a proxied one accepts and hangs while nothing listens.</summary>
internal sealed record DcpHealthProbe
{
    public required string Name { get; init; }

    /// <summary><c>HTTP</c>, <c>Executable</c> or <c>ContainerExec</c>.</summary>
    public required string Type { get; init; }

    public required DcpHealthProbeSchedule Schedule { get; init; }

    public DcpHttpProbe? HttpProbe { get; init; }
}

/// <param name="Url">Templates are expanded: see <see cref="DcpTemplate"/>.</param>
internal sealed record DcpHttpProbe(string Url, IReadOnlyList<DcpNameValue>? Headers);

/// <summary>Durations are written as Go does: <c>1s</c>, <c>500ms</c>.</summary>
internal sealed record DcpHealthProbeSchedule
{
    public required string Interval { get; init; }

    /// <summary><c>Continuous</c> or <c>UntilSuccess</c>.</summary>
    public string? Kind { get; init; }

    public string? Timeout { get; init; }

    public string? InitialDelay { get; init; }
}

/// <param name="Outcome"><c>Success</c>, <c>Failure</c> or <c>Unknown</c>.</param>
/// <param name="Timestamp">Written at a change at once, else only every 15 s or so.</param>
internal sealed record DcpHealthProbeResult(string ProbeName, string Outcome, DateTimeOffset? Timestamp, string? Reason);
