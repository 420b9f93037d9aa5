using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>The commands that everything with a process has.</summary>
internal static class LifecycleCommands
{
    private static readonly string[] Up = [KnownResourceStates.Starting, KnownResourceStates.Waiting, KnownResourceStates.Running, KnownResourceStates.Building];

    /// <param name="resource">The resource.</param>
    /// <param name="find">Finds an instance; null as long as the application is not so far.</param>
    public static void Add(IResource resource, Func<string, ResourceInstance?> find)
    {
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> On(Func<ResourceInstance, CancellationToken, Task<ExecuteCommandResult>> command) =>
            context => find(context.ResourceName) is { } instance
                ? command(instance, context.CancellationToken)
                : Task.FromResult(CommandResults.Failure("The application is still starting; try again in a moment."));

        AddUnlessThere(resource, KnownResourceCommands.StartCommand, "Start", "Play", On((instance, cancellationToken) => instance.StartAsync(cancellationToken)),
            state => IsUp(state) || IsStopping(state) ? ResourceCommandState.Hidden : ResourceCommandState.Enabled);
        AddUnlessThere(resource, KnownResourceCommands.StopCommand, "Stop", "Stop", On((instance, cancellationToken) => instance.StopAsync(cancellationToken)),
            state => IsStopping(state) ? ResourceCommandState.Disabled : IsUp(state) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden);
        AddUnlessThere(resource, KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", On((instance, cancellationToken) => instance.RestartAsync(cancellationToken)),
            state => state.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled);
    }

    private static void AddUnlessThere(
        IResource resource,
        string name,
        string text,
        string icon,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> execute,
        Func<CustomResourceSnapshot, ResourceCommandState> state)
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().All(known => known.Name != name))
        {
            resource.Annotations.Add(new ResourceCommandAnnotation(
                name,
                text,
                context => state(context.ResourceSnapshot),
                execute,
                displayDescription: null,
                parameter: null,
                confirmationMessage: null,
                icon,
                IconVariant.Filled,
                isHighlighted: true));
        }
    }

    private static bool IsUp(CustomResourceSnapshot state) => Up.Contains(state.State?.Text ?? "");

    private static bool IsStopping(CustomResourceSnapshot state) => state.State?.Text == KnownResourceStates.Stopping;
}
