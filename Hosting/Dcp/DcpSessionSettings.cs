using System.Collections.Immutable;

namespace Platform.Hosting.Dcp;

/// <summary>How to start DCP.</summary>
internal sealed record DcpSessionSettings
{
    /// <summary>The program, absolute.</summary>
    public required string DcpPath { get; init; }

    /// <summary>Where executables run that name no directory of their own; default: ours.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary><c>docker</c> or <c>podman</c>; default: DCP looks itself.</summary>
    public string? ContainerRuntime { get; init; }

    /// <summary>Where each process of DCP writes its log (debug level); default: nowhere. Outlives the session.</summary>
    public string? DiagnosticsFolder { get; init; }

    /// <summary>Added to the environment of DCP, and so of everything it starts.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Where the session folder is made; default: the user's temp directory.</summary>
    public string TempDirectory { get; init; } = Path.GetTempPath();

    public TimeSpan ReadyDeadline { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
