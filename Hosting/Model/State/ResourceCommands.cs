using Microsoft.Extensions.Logging;

namespace Platform.Hosting.ApplicationModel;

/// <summary>A command that the dashboard offers for a resource.</summary>
/// <param name="name">Unique in the resource.</param>
/// <param name="displayName">What the button says.</param>
/// <param name="updateState">Says whether it can be used, from the resource's snapshot.</param>
/// <param name="executeCommand">What it does.</param>
/// <param name="displayDescription">What it does, for the reader; null for nothing to say.</param>
/// <param name="parameter">Passed through to the dashboard.</param>
/// <param name="confirmationMessage">Asked before it runs; null for not to ask.</param>
/// <param name="iconName">A Fluent icon; null for none.</param>
/// <param name="iconVariant">How the icon is drawn.</param>
/// <param name="isHighlighted">Whether it is a button in the row rather than an entry in the menu.</param>
public sealed class ResourceCommandAnnotation(
    string name,
    string displayName,
    Func<UpdateCommandStateContext, ResourceCommandState> updateState,
    Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
    string? displayDescription,
    object? parameter,
    string? confirmationMessage,
    string? iconName,
    IconVariant? iconVariant,
    bool isHighlighted) : IResourceAnnotation
{
    /// <summary>Unique in the resource.</summary>
    public string Name { get; } = name;

    /// <summary>What the button says.</summary>
    public string DisplayName { get; } = displayName;

    /// <summary>Says whether it can be used.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; } = updateState;

    /// <summary>What it does.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;

    /// <summary>What it does, for the reader.</summary>
    public string? DisplayDescription { get; } = displayDescription;

    /// <summary>Passed through to the dashboard.</summary>
    public object? Parameter { get; } = parameter;

    /// <summary>Asked before it runs.</summary>
    public string? ConfirmationMessage { get; } = confirmationMessage;

    /// <summary>A Fluent icon.</summary>
    public string? IconName { get; } = iconName;

    /// <summary>How the icon is drawn.</summary>
    public IconVariant? IconVariant { get; } = iconVariant;

    /// <summary>Whether it is a button in the row.</summary>
    public bool IsHighlighted { get; } = isHighlighted;

    internal ResourceCommandSnapshot Snapshot(CustomResourceSnapshot resource) => new(
        Name,
        StateOf(resource),
        DisplayName,
        DisplayDescription,
        Parameter,
        ConfirmationMessage,
        IconName,
        IconVariant,
        IsHighlighted);

    private ResourceCommandState StateOf(CustomResourceSnapshot resource)
    {
        try
        {
            return UpdateState(new UpdateCommandStateContext { ResourceSnapshot = resource });
        }
#pragma warning disable CA1031 // the user's code: a command whose state cannot be told is not offered, and the resource's own state still shows
        catch (Exception)
#pragma warning restore CA1031
        {
            return ResourceCommandState.Disabled;
        }
    }
}

/// <summary>The names of the commands that every resource with a process has.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts it.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>Stops it.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>Stops and starts it.</summary>
    public static readonly string RestartCommand = "restart";
}

/// <summary>What a command is asked about its state with.</summary>
public sealed class UpdateCommandStateContext
{
    /// <summary>What is known of the resource.</summary>
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    /// <summary>The application's services.</summary>
    public IServiceProvider ServiceProvider { get; init; } = NoServices.Instance;
}

/// <summary>What a command runs with.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>The application's services.</summary>
    public required IServiceProvider ServiceProvider { get; init; }

    /// <summary>The instance of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Writes to the resource's console log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Ends the command.</summary>
    public required CancellationToken CancellationToken { get; init; }
}

/// <summary>How a command ended.</summary>
public sealed record ExecuteCommandResult
{
    /// <summary>Whether it did what it was to do.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether somebody called it off.</summary>
    public bool Canceled { get; init; }

    /// <summary>What went wrong; null where nothing did.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>What to tell the reader; null for nothing.</summary>
    public string? Message { get; init; }
}

/// <summary>Makes results of commands.</summary>
public static class CommandResults
{
    /// <summary>It did what it was to do.</summary>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>It failed.</summary>
    /// <param name="errorMessage">What went wrong.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, ErrorMessage = errorMessage };

    /// <summary>It failed.</summary>
    /// <param name="exception">What it failed with.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Failure(Exception exception) => Failure(exception?.Message);

    /// <summary>Somebody called it off.</summary>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}

/// <summary>What more can be said of a command.</summary>
public class CommandOptions
{
    /// <summary>What it does, for the reader.</summary>
    public string? Description { get; set; }

    /// <summary>Passed through to the dashboard.</summary>
    public object? Parameter { get; set; }

    /// <summary>Asked before it runs.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>A Fluent icon.</summary>
    public string? IconName { get; set; }

    /// <summary>How the icon is drawn.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it is a button in the row.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Says whether it can be used; always, where it is null.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

internal sealed class NoServices : IServiceProvider
{
    public static readonly NoServices Instance = new();

    public object? GetService(Type serviceType) => null;
}
