using Platform.Hosting.Prompts;

namespace Platform.Hosting.Tests.Dashboard;

public sealed class PromptBoardTests
{
    private static readonly Prompt Name = new("Name", "Who are you?", [new("name", "Name", PromptInputKind.Text)]);

    private readonly PromptBoard _board = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_answer_wins_and_a_later_one_is_dropped()
    {
        var asked = _board.AskAsync(Name, Cancelled);
        var prompt = await FirstAsync();

        var first = prompt.Answer(new Dictionary<string, string> { ["name"] = "Ada" });
        var second = prompt.Answer(new Dictionary<string, string> { ["name"] = "Bob" });

        Assert.Equal([], first);
        Assert.Equal([], second);
        Assert.Equal([new("name", "Ada")], await asked);
    }

    [Fact]
    public async Task A_value_that_is_missing_is_named_and_the_prompt_stays_open()
    {
        var asked = _board.AskAsync(Name, Cancelled);
        var prompt = await FirstAsync();

        var errors = prompt.Answer(new Dictionary<string, string> { ["name"] = " " });

        Assert.Equal([new PromptError("name", "Name needs a value.")], errors);
        Assert.False(asked.IsCompleted);
    }

    [Fact]
    public async Task A_prompt_that_is_withdrawn_disappears()
    {
        using var withdrawal = new CancellationTokenSource();
        var asked = _board.AskAsync(Name, withdrawal.Token);
        await using var changes = _board.WatchAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await changes.MoveNextAsync());
        var opened = Assert.IsType<PromptChange.Opened>(changes.Current);

        await withdrawal.CancelAsync();
        Assert.True(await changes.MoveNextAsync());

        Assert.Equal(new PromptChange.Closed(opened.Prompt), changes.Current);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Empty(await OpenNowAsync());
    }

    [Fact]
    public async Task An_answered_prompt_is_not_shown_to_who_comes_later()
    {
        var asked = _board.AskAsync(Name, Cancelled);
        _ = (await FirstAsync()).Answer(new Dictionary<string, string> { ["name"] = "Ada" });
        _ = await asked;

        Assert.Empty(await OpenNowAsync());
    }

    private async Task<OpenPrompt> FirstAsync() => (await _board.WatchAsync(Cancelled).FirstAsync(Cancelled)).Prompt;

    // What a watcher is told first is what is open; the next prompt marks the end of that.
    private async Task<List<OpenPrompt>> OpenNowAsync()
    {
        using var limit = new CancellationTokenSource();
        var mark = new Prompt("End", "", []);
        _ = _board.AskAsync(mark, limit.Token);
        var open = await _board.WatchAsync(Cancelled).TakeWhile(change => change.Prompt.Prompt != mark).Select(change => change.Prompt).ToListAsync(Cancelled);
        await limit.CancelAsync();
        return open;
    }
}
