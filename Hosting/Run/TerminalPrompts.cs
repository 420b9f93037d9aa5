using Platform.Hosting.Prompts;

namespace Platform.Hosting.Run;

/// <summary>Asks on the terminal what the dashboard asks too; the first answer counts.</summary>
internal static class TerminalPrompts
{
    private static readonly TimeSpan KeyPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether a person sits at the terminal.</summary>
    public static bool Available => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    public static async Task FollowAsync(PromptBoard prompts, TerminalGate gate, CancellationToken cancellationToken)
    {
        var changes = prompts.WatchAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (changes)
        {
            var next = changes.MoveNextAsync().AsTask();
            while (await next)
            {
                var change = changes.Current;
                next = changes.MoveNextAsync().AsTask();
                if (change is PromptChange.Opened opened)
                {
                    var end = next;
                    await gate.AloneAsync(() => AskUntilAsync(opened.Prompt, end, cancellationToken), cancellationToken);
                }
            }
        }
    }

    // The next change is the end of this prompt, or of all.
    private static async Task AskUntilAsync(OpenPrompt prompt, Task next, CancellationToken cancellationToken)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = AskAsync(prompt, asking.Token);
        _ = await Task.WhenAny(answer, next);
        await asking.CancelAsync();
        await answer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task AskAsync(OpenPrompt open, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync($"\n{open.Prompt.Message} Answer here or in the dashboard.");
        var values = new Dictionary<string, string>();
        foreach (var input in open.Prompt.Inputs)
        {
            do
            {
                values[input.Name] = await ReadAsync(input, cancellationToken);
            }
            while (input.Required && string.IsNullOrWhiteSpace(values[input.Name]));
        }

        foreach (var error in open.Answer(values))
        {
            await Console.Out.WriteLineAsync(error.Message);
        }
    }

    // Key by key, as a blocking read could not be given up when the dashboard was faster.
    private static async Task<string> ReadAsync(PromptInput input, CancellationToken cancellationToken)
    {
        if (input.Description is not null)
        {
            await Console.Out.WriteLineAsync($"  {input.Description}");
        }

        await Console.Out.WriteAsync(input.Kind == PromptInputKind.YesNo ? $"  {input.Label} (y/n): " : $"  {input.Label}: ");
        var text = "";
        while (true)
        {
            if (!Console.KeyAvailable)
            {
                await Task.Delay(KeyPoll, cancellationToken);
                continue;
            }

            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                await Console.Out.WriteLineAsync();
                return input.Kind == PromptInputKind.YesNo ? (text.StartsWith('y') ? "true" : "false") : text;
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                if (text.Length > 0)
                {
                    text = text[..^1];
                    await Console.Out.WriteAsync("\b \b");
                }
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text += key.KeyChar;
                await Console.Out.WriteAsync(input.Kind == PromptInputKind.Secret ? '*' : key.KeyChar);
            }
        }
    }
}
