using System.Collections.Immutable;
using System.Diagnostics;
using Platform.Hosting.Prompts;

namespace Platform.Hosting.Dashboard;

/// <summary>Renders prompts as the dashboard reads them.</summary>
internal static class InteractionRenderer
{
    /// <summary>The bar above the page.</summary>
    public static Wire.WatchInteractionsResponseUpdate Bar(int id, Prompt prompt) => new()
    {
        InteractionId = id,
        Title = prompt.Title,
        Message = prompt.Message,
        PrimaryButtonText = "Enter values",
        Notification = new() { Intent = Wire.MessageIntent.Warning },
    };

    /// <summary>The dialog as it opens.</summary>
    public static Wire.WatchInteractionsResponseUpdate Dialog(int id, Prompt prompt) =>
        Dialog(id, prompt, prompt.Inputs.ToImmutableDictionary(input => input.Name, input => input.Value ?? ""), []);

    /// <summary>The dialog with what was typed and what is wrong with it.</summary>
    public static Wire.WatchInteractionsResponseUpdate Dialog(
        int id, Prompt prompt, ImmutableDictionary<string, string> values, ImmutableArray<PromptError> errors)
    {
        var dialog = new Wire.InteractionInputsDialog();
        foreach (var input in prompt.Inputs)
        {
            var item = new Wire.InteractionInput
            {
                Name = input.Name,
                Label = input.Label,
                Description = input.Description ?? "",
                EnableDescriptionMarkdown = input.DescriptionIsMarkdown,
                InputType = TypeOf(input.Kind),
                Required = input.Required,
                Placeholder = input.Placeholder ?? "",
                Value = values.GetValueOrDefault(input.Name, ""),
            };
            item.ValidationErrors.AddRange(errors.Where(error => error.InputName == input.Name).Select(error => error.Message));
            dialog.InputItems.Add(item);
        }

        return new()
        {
            InteractionId = id,
            Title = prompt.Title,
            Message = prompt.Message,
            PrimaryButtonText = "Save",
            SecondaryButtonText = "Cancel",
            ShowSecondaryButton = true,
            ShowDismiss = true,
            InputsDialog = dialog,
        };
    }

    /// <summary>The end of a bar or a dialog.</summary>
    public static Wire.WatchInteractionsResponseUpdate Closed(int id) => new() { InteractionId = id, Complete = new() };

    private static Wire.InputType TypeOf(PromptInputKind kind) => kind switch
    {
        PromptInputKind.Text => Wire.InputType.Text,
        PromptInputKind.Secret => Wire.InputType.SecretText,
        PromptInputKind.YesNo => Wire.InputType.Boolean,
        _ => throw new UnreachableException(),
    };
}
