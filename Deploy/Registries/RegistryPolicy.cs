namespace Platform.Deploy.Registries;

/// <summary>How a registry is spoken to.</summary>
internal sealed record RegistryPolicy
{
    // Larger is not a manifest but somebody filling our memory; registries themselves refuse more than 4 MiB.
    private const int LongestAnswer = 8 * 1024 * 1024;

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

    /// <summary>Of requests that may be sent again and whose answers are small.</summary>
    public SendingLimits Small => new(AnswerLimit, Attempts, LongestAnswer);

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

/// <summary>How one request is sent.</summary>
/// <param name="Answer">How long one attempt may take: until the answer begins, or is there where it is read whole.</param>
/// <param name="Attempts">1 sends once.</param>
/// <param name="Whole">The most bytes that an answer may have, which is then read whole and asked for again where it breaks off; null leaves its content to the caller.</param>
internal sealed record SendingLimits(TimeSpan Answer, int Attempts, int? Whole);
