using System.Collections.Concurrent;

namespace Platform.Deploy.Registries;

/// <summary>Counts what is sent, by repository, and hands every event on.</summary>
internal sealed class RegistryTraffic(IProgress<RegistryEvent> watcher) : IProgress<RegistryEvent>
{
    private readonly ConcurrentDictionary<RepositoryAddress, long> _sent = new();

    /// <summary>Bytes of blobs so far, with those that were sent twice because a connection broke.</summary>
    public long SentTo(RepositoryAddress repository) => _sent.GetValueOrDefault(repository);

    public void Report(RegistryEvent value)
    {
        if (value is RegistryEvent.Sent sent)
        {
            _ = _sent.AddOrUpdate(sent.Repository, sent.Bytes, (_, before) => before + sent.Bytes);
        }

        watcher.Report(value);
    }
}
