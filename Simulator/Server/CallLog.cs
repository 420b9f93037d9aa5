using System.Collections.Concurrent;

namespace Platform.Simulator.Server;

/// <summary>All calls in the order in which they came: <c>service:Operation</c>.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentQueue<string> _calls = new();

    public IReadOnlyList<string> Calls => [.. _calls];

    public void Add(string service, string operation) => _calls.Enqueue($"{service}:{operation}");
}
