using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Platform.Hosting.Prompts;

/// <summary>Where the host asks for values, and where the dashboard and the terminal find what is asked.</summary>
internal sealed class PromptBoard
{
    private readonly Lock _gate = new();
    private ImmutableArray<OpenPrompt> _open = [];
    private ImmutableArray<Channel<PromptChange>> _watchers = [];

    /// <summary>Asks, and waits until somebody answers. The first answer wins; then the prompt disappears everywhere.</summary>
    /// <param name="prompt">What is asked for.</param>
    /// <param name="cancellationToken">Withdraws the prompt.</param>
    /// <returns>A value for every input, by its name; empty where an input is not required and was left empty.</returns>
    public async Task<IReadOnlyDictionary<string, string>> AskAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        var open = new OpenPrompt(prompt);
        lock (_gate)
        {
            _open = _open.Add(open);
            Tell(new PromptChange.Opened(open));
        }

        try
        {
            return await open.Answered.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _open = _open.Remove(open);
                Tell(new PromptChange.Closed(open));
            }
        }
    }

    /// <summary>Follows the prompts: first those that are open, then what opens and closes.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<PromptChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<PromptChange>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            foreach (var open in _open)
            {
                _ = channel.Writer.TryWrite(new PromptChange.Opened(open));
            }

            _watchers = _watchers.Add(channel);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers = _watchers.Remove(channel);
            }
        }
    }

    private void Tell(PromptChange change)
    {
        foreach (var watcher in _watchers)
        {
            _ = watcher.Writer.TryWrite(change);
        }
    }
}
