#nullable enable
namespace Aspire.Hosting;

[Experimental("ASPIREINTERACTION001")] public partial interface IInteractionService
{
    bool IsAvailable { get; }
    Task<InteractionResult<bool>> PromptConfirmationAsync(string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default);
    Task<InteractionResult<InteractionInput>> PromptInputAsync(string title, string? message, InteractionInput input, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default);
    Task<InteractionResult<InteractionInput>> PromptInputAsync(string title, string? message, string inputLabel, string placeHolder, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default);
    Task<InteractionResult<InteractionInputCollection>> PromptInputsAsync(string title, string? message, IReadOnlyList<InteractionInput> inputs, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default);
    Task<InteractionResult<bool>> PromptMessageBoxAsync(string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default);
    Task<InteractionResult<bool>> PromptNotificationAsync(string title, string message, NotificationInteractionOptions? options = null, CancellationToken cancellationToken = default);
}

[Experimental("ASPIREINTERACTION001")] public enum InputType { Text = 0, SecretText = 1, Choice = 2, Boolean = 3, Number = 4, FileChooser = 5 }

[Experimental("ASPIREINTERACTION001")] public sealed partial class InteractionInput
{
    public bool AllowCustomChoice { get => throw null!; init { } }
    public string? Description { get => throw null!; init { } }
    public bool Disabled { get => throw null!; set { } }
    public InputLoadOptions? DynamicLoading { get => throw null!; init { } }
    public bool EnableDescriptionMarkdown { get => throw null!; init { } }
    public required InputType InputType { get => throw null!; init { } }
    public string? Label { get => throw null!; init { } }
    public int? MaxLength { get => throw null!; init { } }
    public long? MaxFileSize { get => throw null!; init { } }
    public required string Name { get => throw null!; init { } }
    public IReadOnlyList<KeyValuePair<string, string>>? Options { get => throw null!; set { } }
    public string? Placeholder { get => throw null!; init { } }
    public bool Required { get => throw null!; init { } }
    public string? Value { get => throw null!; set { } }
}

[Experimental("ASPIREINTERACTION001")] public sealed partial class InteractionInputCollection : IReadOnlyList<InteractionInput>
{
    public InteractionInputCollection(IReadOnlyList<InteractionInput> inputs) { }
    public int Count => throw null!;
    public InteractionInput this[int index] => throw null!;
    public InteractionInput this[string name] => throw null!;
    public IEnumerable<string> Names => throw null!;
    public bool ContainsName(string name) => throw null!;
    public bool GetBoolean(string name) => throw null!;
    public double GetDouble(string name) => throw null!;
    public int GetInt32(string name) => throw null!;
    public string? GetString(string name) => throw null!;
    public InteractionInput[] ToArray() => throw null!;
    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input) => throw null!;
}
