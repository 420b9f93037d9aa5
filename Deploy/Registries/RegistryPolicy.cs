namespace Platform.Deploy.Registries;

/// <summary>How a registry is spoken to.</summary>
internal sealed record RegistryPolicy
{
    public static RegistryPolicy Default { get; } = new();

    /// <summary>Hosts that may be spoken to without TLS, beside those of this machine.</summary>
    public IReadOnlySet<string> PlainHosts { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// Where registries answer that do not under their own names, such as ECR's stand-in on this machine; by host. References keep the name, and what
    /// is said here about TLS counts.
    /// </summary>
    public IReadOnlyDictionary<string, Uri> Endpoints { get; init; } = new Dictionary<string, Uri>(StringComparer.Ordinal);

    /// <summary>How often a request is sent before its failure is reported.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Before the second attempt; doubled before each one after it.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The most that is waited between two attempts, also where the registry asks for more.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Until the answer to a request without content begins.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What a transfer has to reach on average, bytes a second: slower counts as broken.</summary>
    public long SlowestTransfer { get; init; } = 32 * 1024;

    /// <summary>Blobs under way at once.</summary>
    public int Parallel { get; init; } = 4;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long sending or reading so many bytes may take.</summary>
    public TimeSpan Limit(long bytes) => AnswerLimit + TimeSpan.FromSeconds((double)bytes / SlowestTransfer);

    /// <summary>Where a registry answers. Docker Hub's name is not its address.</summary>
    public Uri Address(string host)
    {
        if (Endpoints.TryGetValue(host, out var endpoint))
        {
            return endpoint;
        }

        var plain = PlainHosts.Contains(host) || IsLoopback(host);
        return new Uri($"{(plain ? Uri.UriSchemeHttp : Uri.UriSchemeHttps)}://{(host == "docker.io" ? "registry-1.docker.io" : host)}/");
    }

    /// <summary>Whether credentials may be sent there.</summary>
    public bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || PlainHosts.Contains(address.Authority);

    private static bool IsLoopback(string host) => new Uri($"http://{host}/").IsLoopback;
}
