using System.Collections.Concurrent;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>All events at once, in the thread that raises them.</summary>
internal sealed class RecordedEvents : IProgress<RegistryEvent>
{
    private readonly ConcurrentQueue<RegistryEvent> _events = new();

    public IEnumerable<RegistryEvent> All => _events;

    public long BytesSent => _events.OfType<RegistryEvent.Sent>().Sum(sent => sent.Bytes);

    public long BytesReceived => _events.OfType<RegistryEvent.Received>().Sum(received => received.Bytes);

    public void Report(RegistryEvent value) => _events.Enqueue(value);
}
