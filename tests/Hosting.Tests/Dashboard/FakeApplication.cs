using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dashboard;
using Platform.Hosting.Prompts;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>The state of an application without the application: what a run would write into, and the dashboard reads.</summary>
internal sealed class FakeApplication
{
    public FakeApplication() => Commands = new ResourceCommandService(Notifications, Loggers, NoServices.Instance);

    public ResourceNotificationService Notifications { get; } = new();

    public ResourceLoggerService Loggers { get; } = new();

    public ResourceCommandService Commands { get; }

    public PromptBoard Prompts { get; } = new();

    public ResourceServiceSources Sources => new(Notifications, Loggers, Commands, Prompts, "Shop");

    public static ExecutableResource Resource(string name, params IResourceAnnotation[] annotations)
    {
        var resource = new ExecutableResource(name, "program", "/");
        foreach (var annotation in annotations)
        {
            resource.Annotations.Add(annotation);
        }

        return resource;
    }

    public static ResourceCommandAnnotation Command(string name, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> execute) =>
        new(name, name, _ => ResourceCommandState.Enabled, execute, null, null, null, null, null, false);

    public Task PublishAsync(IResource resource, string? state) =>
        Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = state });
}
