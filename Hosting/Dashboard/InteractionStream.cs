using System.Collections.Immutable;
using System.Threading.Channels;
using Grpc.Core;
using Platform.Hosting.Prompts;

namespace Platform.Hosting.Dashboard;

/// <summary>
/// Shows the prompts in one dashboard. Each is first a bar above the page, whose button opens a dialog; who closes the dialog
/// without an answer gets the bar again. An answered prompt disappears.
/// </summary>
internal sealed class InteractionStream(PromptBoard prompts, IServerStreamWriter<Wire.WatchInteractionsResponseUpdate> dashboard)
{
    // Never used twice, so that a dashboard that connects again does not take a new interaction for one that it knows.
    private static int _lastId;

    private readonly Dictionary<int, Shown> _shown = [];

    /// <summary>Goes on until the dashboard ends its stream.</summary>
    public async Task RunAsync(IAsyncStreamReader<Wire.WatchInteractionsRequestUpdate> answers, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = Channel.CreateUnbounded<InteractionEvent>(new UnboundedChannelOptions { SingleReader = true });
        var changes = ReadAsync(prompts.WatchAsync(ending.Token), change => new InteractionEvent.Changed(change), events.Writer);
        var replies = ReadAsync(answers.ReadAllAsync(ending.Token), answer => new InteractionEvent.Answered(answer), events.Writer);
        try
        {
            await foreach (var next in events.Reader.ReadAllAsync(cancellationToken))
            {
                await (next is InteractionEvent.Changed changed
                    ? ChangeAsync(changed.Change, cancellationToken)
                    : AnswerAsync(((InteractionEvent.Answered)next).Answer, cancellationToken));
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(changes, replies);
        }
    }

    // Whichever source ends first ends the stream.
    private static async Task ReadAsync<T>(IAsyncEnumerable<T> source, Func<T, InteractionEvent> render, ChannelWriter<InteractionEvent> events)
    {
        try
        {
            await foreach (var item in source)
            {
                _ = events.TryWrite(render(item));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or RpcException)
        {
            // The dashboard left, or the host stops.
        }
        finally
        {
            _ = events.TryComplete();
        }
    }

    private async Task ChangeAsync(PromptChange change, CancellationToken cancellationToken)
    {
        if (change is PromptChange.Opened)
        {
            await ShowAsync(new Shown.Bar(change.Prompt), cancellationToken);
            return;
        }

        foreach (var id in _shown.Where(shown => shown.Value.Prompt == change.Prompt).Select(shown => shown.Key).ToList())
        {
            await CloseAsync(id, cancellationToken);
        }
    }

    private async Task AnswerAsync(Wire.WatchInteractionsRequestUpdate answer, CancellationToken cancellationToken)
    {
        if (answer.ResponseUpdate || !_shown.TryGetValue(answer.InteractionId, out var shown))
        {
            return;
        }

        switch (shown)
        {
            case Shown.Bar when answer.Notification is { Result: true }:
                await CloseAsync(answer.InteractionId, cancellationToken);
                await ShowAsync(new Shown.Dialog(shown.Prompt), cancellationToken);
                break;
            case Shown.Dialog when answer.InputsDialog is { } dialog:
                var values = dialog.InputItems.DistinctBy(input => input.Name).ToImmutableDictionary(input => input.Name, input => input.Value);
                if (shown.Prompt.Answer(values) is { IsEmpty: false } errors)
                {
                    await dashboard.WriteAsync(InteractionRenderer.Dialog(answer.InteractionId, shown.Prompt.Prompt, values, errors), cancellationToken);
                }

                break;
            default:
                await CloseAsync(answer.InteractionId, cancellationToken);
                await ShowAsync(new Shown.Bar(shown.Prompt), cancellationToken);
                break;
        }
    }

    private async Task ShowAsync(Shown shown, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        _shown.Add(id, shown);
        await dashboard.WriteAsync(
            shown is Shown.Bar ? InteractionRenderer.Bar(id, shown.Prompt.Prompt) : InteractionRenderer.Dialog(id, shown.Prompt.Prompt),
            cancellationToken);
    }

    private async Task CloseAsync(int id, CancellationToken cancellationToken)
    {
        _ = _shown.Remove(id);
        await dashboard.WriteAsync(InteractionRenderer.Closed(id), cancellationToken);
    }

    private abstract record Shown(OpenPrompt Prompt)
    {
        public sealed record Bar(OpenPrompt Prompt) : Shown(Prompt);

        public sealed record Dialog(OpenPrompt Prompt) : Shown(Prompt);
    }

    private abstract record InteractionEvent
    {
        public sealed record Changed(PromptChange Change) : InteractionEvent;

        public sealed record Answered(Wire.WatchInteractionsRequestUpdate Answer) : InteractionEvent;
    }
}
