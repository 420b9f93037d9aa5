using System.Collections.Immutable;

namespace Platform.Hosting.Prompts;

/// <summary>A prompt that waits for its answer, wherever that comes from.</summary>
internal sealed class OpenPrompt(Prompt prompt)
{
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Prompt Prompt { get; } = prompt;

    /// <summary>The first answer that could be taken.</summary>
    internal Task<IReadOnlyDictionary<string, string>> Answered => _answer.Task;

    /// <summary>Answers the prompt. The first answer wins; a later one is dropped without an error.</summary>
    /// <param name="values">The values, by the names of the inputs.</param>
    /// <returns>Why the answer was not taken; empty where it was.</returns>
    public ImmutableArray<PromptError> Answer(IReadOnlyDictionary<string, string> values)
    {
        var errors = Prompt.Check(values);
        if (errors.IsEmpty)
        {
            _ = _answer.TrySetResult(Prompt.Inputs.ToImmutableDictionary(input => input.Name, input => values.GetValueOrDefault(input.Name, "")));
        }

        return errors;
    }
}

/// <summary>Something that happened to a prompt.</summary>
/// <param name="Prompt">The prompt.</param>
internal abstract record PromptChange(OpenPrompt Prompt)
{
    /// <summary>It waits for an answer.</summary>
    internal sealed record Opened(OpenPrompt Prompt) : PromptChange(Prompt);

    /// <summary>It was answered, or is not asked any more.</summary>
    internal sealed record Closed(OpenPrompt Prompt) : PromptChange(Prompt);
}
