using Platform.Deploy.Oci;

namespace Platform.Deploy.Registries;

/// <summary>What happens between us and registries, for those who show or count it.</summary>
internal abstract record RegistryEvent
{
    private RegistryEvent()
    {
    }

    /// <summary>A part of a blob is on its way; <paramref name="Bytes"/> since the last event of the same blob.</summary>
    public sealed record Sent(RepositoryAddress Repository, Digest Blob, long Bytes) : RegistryEvent;

    public sealed record Received(RepositoryAddress Repository, Digest Blob, long Bytes) : RegistryEvent;

    /// <summary>The registry took the blob from another repository of its own: nothing was sent.</summary>
    public sealed record Mounted(RepositoryAddress Repository, Digest Blob) : RegistryEvent;

    /// <summary>Something failed in a way that may pass.</summary>
    /// <param name="Reason">Such as <c>429</c> or the words of the network.</param>
    public sealed record Retrying(string Host, string Reason, TimeSpan Delay) : RegistryEvent;
}
