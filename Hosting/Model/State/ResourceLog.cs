using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Platform.Hosting.ApplicationModel;

/// <summary>The console log of one instance: the last lines, and all who follow.</summary>
internal sealed class ResourceLog
{
    private const int LinesKept = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private ImmutableArray<Channel<LogLine>> _followers = [];
    private int _lastNumber;
    private bool _complete;

    /// <summary>The number of the last line; 0 before the first.</summary>
    public int LastNumber
    {
        get
        {
            lock (_gate)
            {
                return _lastNumber;
            }
        }
    }

    public void Append(string content, bool isError)
    {
        lock (_gate)
        {
            var line = new LogLine(++_lastNumber, content, isError);
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
            {
                _ = _lines.Dequeue();
            }

            foreach (var follower in _followers)
            {
                _ = follower.Writer.TryWrite(line);
            }
        }
    }

    public IReadOnlyList<LogLine> Kept()
    {
        lock (_gate)
        {
            return [.. _lines];
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _complete = true;
            foreach (var follower in _followers)
            {
                _ = follower.Writer.TryComplete();
            }
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            foreach (var line in _lines)
            {
                _ = channel.Writer.TryWrite(line);
            }

            _followers = _followers.Add(channel);
            if (_complete)
            {
                _ = channel.Writer.TryComplete();
            }
        }

        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (batch.Count < 1000 && channel.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }
        finally
        {
            lock (_gate)
            {
                _followers = _followers.Remove(channel);
            }
        }
    }
}
