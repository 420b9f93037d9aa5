using System.Collections.Immutable;

namespace Platform.Hosting.Prompts;

/// <summary>Values that the host needs from a person before it can go on.</summary>
/// <param name="Title">What is asked for, such as <c>Unresolved parameters</c>.</param>
/// <param name="Message">Why, in one sentence. Plain text.</param>
/// <param name="Inputs">The values, in the order they are asked for.</param>
internal sealed record Prompt(string Title, string Message, ImmutableArray<PromptInput> Inputs)
{
    /// <summary>What is wrong with an answer; empty where it can be taken.</summary>
    /// <param name="values">The answer, by the names of the inputs. What is missing counts as empty.</param>
    public ImmutableArray<PromptError> Check(IReadOnlyDictionary<string, string> values) =>
    [
        .. from input in Inputs
           where input.Required && string.IsNullOrWhiteSpace(values.GetValueOrDefault(input.Name))
           select new PromptError(input.Name, $"{input.Label} needs a value."),
    ];
}

/// <summary>One value that is asked for.</summary>
/// <param name="Name">The key of the value in the answer, unique in the prompt.</param>
/// <param name="Label">What the reader sees before the field.</param>
/// <param name="Kind">How the value is typed.</param>
internal sealed record PromptInput(string Name, string Label, PromptInputKind Kind)
{
    /// <summary>What the value is for; null for nothing to say.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the description is Markdown.</summary>
    public bool DescriptionIsMarkdown { get; init; }

    /// <summary>Whether an empty value is refused; by default it is.</summary>
    public bool Required { get; init; } = true;

    /// <summary>What the empty field shows; null for nothing.</summary>
    public string? Placeholder { get; init; }

    /// <summary>What stands in the field at first; <c>true</c> or <c>false</c> for <see cref="PromptInputKind.YesNo"/>. Null for nothing.</summary>
    public string? Value { get; init; }
}

/// <summary>How a value is typed.</summary>
internal enum PromptInputKind
{
    /// <summary>As text.</summary>
    Text,

    /// <summary>As text that nobody else can read.</summary>
    Secret,

    /// <summary>As a check box; the answer is <c>true</c> or <c>false</c>.</summary>
    YesNo,
}

/// <summary>Why a value cannot be taken.</summary>
/// <param name="InputName">The input.</param>
/// <param name="Message">What is wrong with it.</param>
internal sealed record PromptError(string InputName, string Message);
