using Grpc.Core;
using Platform.Hosting.Dashboard.Wire;
using Platform.Hosting.Prompts;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>The prompts, seen from a dashboard.</summary>
public sealed class InteractionTests
{
    private static readonly Prompt Parameters = new("Unresolved parameters", "The application needs 2 values.",
    [
        new("user", "user", PromptInputKind.Text) { Description = "Who logs in.", Placeholder = "name", Value = "admin" },
        new("password", "password", PromptInputKind.Secret) { Description = "See [the wiki](http://wiki)", DescriptionIsMarkdown = true },
        new("remember", "Remember", PromptInputKind.YesNo) { Required = false },
    ]);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prompt_is_a_bar_whose_button_opens_the_dialog()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        _ = service.Application.Prompts.AskAsync(Parameters, Cancelled);
        using var dashboard = service.Client.WatchInteractions(service.Key);

        var bar = await NextAsync(dashboard);
        await AnswerAsync(dashboard, new() { InteractionId = bar.InteractionId, Notification = new() { Result = true } });
        var closed = await NextAsync(dashboard);
        var dialog = await NextAsync(dashboard);

        Assert.Equal(
            new()
            {
                InteractionId = bar.InteractionId,
                Title = "Unresolved parameters",
                Message = "The application needs 2 values.",
                PrimaryButtonText = "Enter values",
                Notification = new() { Intent = MessageIntent.Warning },
            },
            bar);
        Assert.Equal(new() { InteractionId = bar.InteractionId, Complete = new() }, closed);
        Assert.Equal(DialogOf(dialog.InteractionId), dialog);
        Assert.NotEqual(bar.InteractionId, dialog.InteractionId);
    }

    [Fact]
    public async Task The_answer_ends_the_prompt_in_all_dashboards()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        var asked = service.Application.Prompts.AskAsync(Parameters, Cancelled);
        using var one = service.Client.WatchInteractions(service.Key);
        using var other = service.Client.WatchInteractions(service.Key);
        var dialog = await OpenDialogAsync(one);
        var bar = await NextAsync(other);

        await AnswerAsync(one, Answer(dialog, "me", "s3cret"));
        var values = await asked.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);

        Assert.Equal(new SortedDictionary<string, string> { ["password"] = "s3cret", ["remember"] = "", ["user"] = "me" }, new SortedDictionary<string, string>(values.ToDictionary()));
        Assert.Equal(new() { InteractionId = dialog.InteractionId, Complete = new() }, await NextAsync(one));
        Assert.Equal(new() { InteractionId = bar.InteractionId, Complete = new() }, await NextAsync(other));
    }

    [Fact]
    public async Task A_dialog_that_is_closed_becomes_the_bar_again()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        _ = service.Application.Prompts.AskAsync(Parameters, Cancelled);
        using var dashboard = service.Client.WatchInteractions(service.Key);
        var dialog = await OpenDialogAsync(dashboard);

        await AnswerAsync(dashboard, new() { InteractionId = dialog.InteractionId, Complete = new() });
        var closed = await NextAsync(dashboard);
        var bar = await NextAsync(dashboard);

        Assert.Equal(new() { InteractionId = dialog.InteractionId, Complete = new() }, closed);
        Assert.Equal("Enter values", bar.PrimaryButtonText);
    }

    [Fact]
    public async Task An_empty_value_that_is_required_is_refused_in_the_dialog()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        _ = service.Application.Prompts.AskAsync(Parameters, Cancelled);
        using var dashboard = service.Client.WatchInteractions(service.Key);
        var dialog = await OpenDialogAsync(dashboard);

        await AnswerAsync(dashboard, Answer(dialog, "me", " "));
        var refused = await NextAsync(dashboard);

        var expected = DialogOf(dialog.InteractionId);
        expected.InputsDialog.InputItems[0].Value = "me";
        expected.InputsDialog.InputItems[1].Value = " ";
        expected.InputsDialog.InputItems[1].ValidationErrors.Add("password needs a value.");
        Assert.Equal(expected, refused);
    }

    [Fact]
    public async Task What_is_typed_is_no_answer_yet()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        var asked = service.Application.Prompts.AskAsync(Parameters, Cancelled);
        using var dashboard = service.Client.WatchInteractions(service.Key);
        var dialog = await OpenDialogAsync(dashboard);

        var typed = Answer(dialog, "m", "s");
        typed.ResponseUpdate = true;
        await AnswerAsync(dashboard, typed);
        await AnswerAsync(dashboard, Answer(dialog, "me", "s3cret"));

        Assert.Equal("me", (await asked.WaitAsync(TimeSpan.FromSeconds(10), Cancelled))["user"]);
    }

    [Fact]
    public async Task An_answer_to_what_is_not_asked_is_ignored()
    {
        await using var service = await ResourceServiceFixture.StartAsync();
        var asked = service.Application.Prompts.AskAsync(Parameters, Cancelled);
        using var dashboard = service.Client.WatchInteractions(service.Key);
        var dialog = await OpenDialogAsync(dashboard);

        await AnswerAsync(dashboard, new() { InteractionId = 0, Complete = new() });
        await AnswerAsync(dashboard, Answer(dialog, "me", "s3cret"));

        Assert.Equal("me", (await asked.WaitAsync(TimeSpan.FromSeconds(10), Cancelled))["user"]);
        Assert.Equal(new() { InteractionId = dialog.InteractionId, Complete = new() }, await NextAsync(dashboard));
    }

    private static WatchInteractionsResponseUpdate DialogOf(int id) => new()
    {
        InteractionId = id,
        Title = "Unresolved parameters",
        Message = "The application needs 2 values.",
        PrimaryButtonText = "Save",
        SecondaryButtonText = "Cancel",
        ShowSecondaryButton = true,
        ShowDismiss = true,
        InputsDialog = new()
        {
            InputItems =
            {
                new InteractionInput { Name = "user", Label = "user", Description = "Who logs in.", InputType = InputType.Text, Required = true, Placeholder = "name", Value = "admin" },
                new InteractionInput
                {
                    Name = "password", Label = "password", Description = "See [the wiki](http://wiki)", EnableDescriptionMarkdown = true, InputType = InputType.SecretText, Required = true,
                },
                new InteractionInput { Name = "remember", Label = "Remember", InputType = InputType.Boolean },
            },
        },
    };

    private static WatchInteractionsRequestUpdate Answer(WatchInteractionsResponseUpdate dialog, string user, string password) => new()
    {
        InteractionId = dialog.InteractionId,
        InputsDialog = new()
        {
            InputItems =
            {
                new InteractionInput { Name = "user", Value = user }, new InteractionInput { Name = "password", Value = password }, new InteractionInput { Name = "remember" },
            },
        },
    };

    private static async Task<WatchInteractionsResponseUpdate> OpenDialogAsync(
        AsyncDuplexStreamingCall<WatchInteractionsRequestUpdate, WatchInteractionsResponseUpdate> dashboard)
    {
        var bar = await NextAsync(dashboard);
        await AnswerAsync(dashboard, new() { InteractionId = bar.InteractionId, Notification = new() { Result = true } });
        _ = await NextAsync(dashboard);
        return await NextAsync(dashboard);
    }

    private static Task AnswerAsync(
        AsyncDuplexStreamingCall<WatchInteractionsRequestUpdate, WatchInteractionsResponseUpdate> dashboard, WatchInteractionsRequestUpdate answer) =>
        dashboard.RequestStream.WriteAsync(answer, Cancelled);

    private static async Task<WatchInteractionsResponseUpdate> NextAsync(
        AsyncDuplexStreamingCall<WatchInteractionsRequestUpdate, WatchInteractionsResponseUpdate> dashboard)
    {
        Assert.True(await dashboard.ResponseStream.MoveNext(Cancelled), "The stream ended.");
        return dashboard.ResponseStream.Current;
    }
}
