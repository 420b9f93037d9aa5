#nullable enable
namespace Aspire.Hosting.ApplicationModel;

public sealed partial class ResourceCommandAnnotation : IResourceAnnotation
{
    public ResourceCommandAnnotation(string name, string displayName, Func<UpdateCommandStateContext, ResourceCommandState> updateState, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, string? displayDescription, IReadOnlyList<InteractionInput>? arguments, string? confirmationMessage, string? iconName, IconVariant? iconVariant, bool isHighlighted, ResourceCommandVisibility visibility = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api, Func<InputsDialogValidationContext, Task>? validateArguments = null) { }
    public ResourceCommandAnnotation(string name, string displayName, Func<UpdateCommandStateContext, ResourceCommandState> updateState, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, string? displayDescription, object? parameter, string? confirmationMessage, string? iconName, IconVariant? iconVariant, bool isHighlighted) { }
    [Experimental("ASPIREINTERACTION001")] public IReadOnlyList<InteractionInput> Arguments => throw null!;
    public string? ConfirmationMessage => throw null!;
    public string? DisplayDescription => throw null!;
    public string DisplayName => throw null!;
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand => throw null!;
    public string? IconName => throw null!;
    public IconVariant? IconVariant => throw null!;
    public bool IsHighlighted => throw null!;
    public string Name => throw null!;
    [Obsolete("Obsolete in Aspire.")] public object? Parameter => throw null!;
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState => throw null!;
    [Experimental("ASPIREINTERACTION001")] public Func<InputsDialogValidationContext, Task>? ValidateArguments => throw null!;
    public ResourceCommandVisibility Visibility => throw null!;
}

public partial class CommandOptions
{
    [Experimental("ASPIREINTERACTION001")] public IReadOnlyList<InteractionInput> Arguments { get => throw null!; set { } }
    public string? ConfirmationMessage { get => throw null!; set { } }
    public string? Description { get => throw null!; set { } }
    public string? IconName { get => throw null!; set { } }
    public IconVariant? IconVariant { get => throw null!; set { } }
    public bool IsHighlighted { get => throw null!; set { } }
    [Obsolete("Obsolete in Aspire.")] public object? Parameter { get => throw null!; set { } }
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get => throw null!; set { } }
    [Experimental("ASPIREINTERACTION001")] public Func<InputsDialogValidationContext, Task>? ValidateArguments { get => throw null!; set { } }
    public ResourceCommandVisibility Visibility { get => throw null!; set { } }
}

public partial class HttpCommandOptions : CommandOptions
{
    public Func<EndpointReference>? EndpointSelector { get => throw null!; set { } }
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get => throw null!; set { } }
    public string? HttpClientName { get => throw null!; set { } }
    public HttpMethod? Method { get => throw null!; set { } }
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get => throw null!; set { } }
    public HttpCommandResultMode ResultMode { get => throw null!; set { } }
}

public sealed partial class ExecuteCommandContext
{
    public required InteractionInputCollection Arguments { get => throw null!; init { } }
    public required CancellationToken CancellationToken { get => throw null!; init { } }
    public required ILogger Logger { get => throw null!; init { } }
    public required string ResourceName { get => throw null!; init { } }
    public required IServiceProvider ServiceProvider { get => throw null!; init { } }
}

public sealed partial class UpdateCommandStateContext
{
    public required CustomResourceSnapshot ResourceSnapshot { get => throw null!; init { } }
    public required IServiceProvider ServiceProvider { get => throw null!; init { } }
}

public sealed partial class ExecuteCommandResult
{
    public bool Canceled { get => throw null!; init { } }
    public CommandResultData? Data { get => throw null!; init { } }
    [Obsolete("Obsolete in Aspire.")] public string? ErrorMessage { get => throw null!; init { } }
    public string? Message { get => throw null!; init { } }
    public required bool Success { get => throw null!; init { } }
}

public sealed partial class CommandResultData
{
    public bool DisplayImmediately { get => throw null!; init { } }
    public CommandResultFormat Format { get => throw null!; init { } }
    public required string Value { get => throw null!; init { } }
}

public enum CommandResultFormat { Text = 0, Json = 1, Markdown = 2 }

public static partial class CommandResults
{
    public static ExecuteCommandResult Canceled() => throw null!;
    public static ExecuteCommandResult Failure(Exception exception) => throw null!;
    public static ExecuteCommandResult Failure(string errorMessage, CommandResultData value) => throw null!;
    public static ExecuteCommandResult Failure(string errorMessage, string result, CommandResultFormat resultFormat = CommandResultFormat.Text) => throw null!;
    public static ExecuteCommandResult Failure(string? errorMessage = null) => throw null!;
    public static ExecuteCommandResult Success() => throw null!;
    public static ExecuteCommandResult Success(string message, CommandResultData value) => throw null!;
    public static ExecuteCommandResult Success(string message, string result, CommandResultFormat resultFormat, bool displayImmediately) => throw null!;
    public static ExecuteCommandResult Success(string message, string result, CommandResultFormat resultFormat = CommandResultFormat.Text) => throw null!;
    public static ExecuteCommandResult Success(string message) => throw null!;
}

public enum ResourceCommandState { Enabled = 0, Disabled = 1, Hidden = 2 }

[Flags] public enum ResourceCommandVisibility { None = 0, UI = 1, Api = 2 }

public static partial class KnownResourceCommands
{
    public static readonly string DeleteParameterCommand = null!;
    public static readonly string RebuildCommand = null!;
    public static readonly string RestartCommand = null!;
    public static readonly string SetParameterCommand = null!;
    public static readonly string StartCommand = null!;
    public static readonly string StopCommand = null!;
}

public partial class ResourceCommandService
{
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default) => throw null!;
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default) => throw null!;
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default) => throw null!;
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) => throw null!;
}

public sealed partial record ResourceCommandSnapshot(string Name, ResourceCommandState State, string DisplayName, string? DisplayDescription, object? Parameter, string? ConfirmationMessage, string? IconName, IconVariant? IconVariant, bool IsHighlighted)
{
    public IReadOnlyList<InteractionInput> Arguments { get => throw null!; init { } }
    public ResourceCommandVisibility Visibility { get => throw null!; init { } }
}
