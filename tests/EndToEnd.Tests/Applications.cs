using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace Platform.EndToEnd.Tests;

/// <summary>How the tests make, watch and ask an application that runs in their own process.</summary>
internal static class Applications
{
    /// <summary>How long a test may take, in milliseconds: generous, as the machine may be busy with others.</summary>
    public const int TestDeadline = 90_000;

    /// <summary>How long one step of a test may take.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Starts a model in the process of the test.</summary>
    public static Task<DistributedApplication> StartAsync(Action<IDistributedApplicationTestingBuilder> model, params string[] args) =>
        StartAsync(model, (_, _) => { }, args);

    /// <summary>Starts a model with the dashboard, which keeps the telemetry.</summary>
    public static Task<DistributedApplication> StartWithDashboardAsync(Action<IDistributedApplicationTestingBuilder> model) =>
        StartAsync(model, (options, _) => options.DisableDashboard = false);

    /// <summary>
    /// A process that does what a shell is told, and most often then <c>exec sleep 1000</c>: without <c>exec</c> DCP waits six seconds for the
    /// child that the shell leaves behind.
    /// </summary>
    public static IResourceBuilder<ExecutableResource> AddShell(this IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddExecutable(name, "sh", ".", "-c", script);

    /// <summary>The project <c>tests/Programs/Service</c>, which does what its caller asks for.</summary>
    public static IResourceBuilder<ProjectResource> AddService(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject<Projects.Service>(name, launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck("/health");

    public static Task<ResourceEvent> HealthyAsync(this DistributedApplication app, string name) =>
        app.UntilAsync(name, snapshot => ResourceNotificationService.IsHealthy(snapshot), "healthy");

    public static Task<ResourceEvent> InStateAsync(this DistributedApplication app, string name, string state) =>
        app.UntilAsync(name, snapshot => snapshot.State?.Text == state, state);

    /// <summary>Waits for a snapshot of one instance; a deadline that passes says what the last one was.</summary>
    public static async Task<ResourceEvent> UntilAsync(
        this DistributedApplication app, string name, Func<CustomResourceSnapshot, bool> wanted, string whatWeWaitFor)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Soon);
        try
        {
            return await app.ResourceNotifications.WaitForResourceAsync(name, change => wanted(change.Snapshot), deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"'{name}' did not get {whatWeWaitFor}; it is {app.Snapshot(name).State}\n{string.Join('\n', app.Lines(name))}");
        }
    }

    public static CustomResourceSnapshot Snapshot(this DistributedApplication app, string name) =>
        app.ResourceNotifications.TryGetCurrentState(name, out var known) ? known.Snapshot : throw new InvalidOperationException($"Nothing is known of '{name}'.");

    public static async Task<ExecuteCommandResult> CommandAsync(this DistributedApplication app, string name, string command) =>
        await app.ResourceCommands.ExecuteCommandAsync(name, command, TestContext.Current.CancellationToken);

    /// <summary>The console log of a resource with one instance, without the times.</summary>
    public static IReadOnlyList<string> Lines(this DistributedApplication app, string name) => [.. app.LogOf(name).Select(line => line.Content[(line.Content.IndexOf(' ', StringComparison.Ordinal) + 1)..])];

    public static IReadOnlyList<LogLine> LogOf(this DistributedApplication app, string name)
    {
        var loggers = (ResourceLoggerService?)app.Services.GetService(typeof(ResourceLoggerService));
        return app.ResourceNotifications.TryGetCurrentState(name, out var known) && loggers is not null ? loggers.Tail(known.ResourceId, lines: 1000) : [];
    }

    /// <summary>Waits for a line that holds a text.</summary>
    public static async Task LineAsync(this DistributedApplication app, string name, string text)
    {
        try
        {
            await Eventually.TrueAsync(() => app.Lines(name).Any(line => line.Contains(text, StringComparison.Ordinal)), Soon, "the line");
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'{text}' did not come; the log of '{name}' is\n{string.Join('\n', app.Lines(name))}");
        }
    }

    /// <summary>Asks the program <c>Service</c>, through its public port.</summary>
    public static async Task<T> AskAsync<T>(this DistributedApplication app, string name, string path)
    {
        using var http = app.CreateHttpClient(name);
        var answer = await http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<T>(answer) ?? throw new InvalidDataException(answer);
    }

    public static Task<Dictionary<string, string>> EnvironmentAsync(this DistributedApplication app, string name) => app.AskAsync<Dictionary<string, string>>(name, "env");

    public static Task<DistributedApplication> StartAsync(
        Action<IDistributedApplicationTestingBuilder> model,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure,
        params string[] args) => New(model, configure, args).StartedAsync();

    private static IDistributedApplicationTestingBuilder New(
        Action<IDistributedApplicationTestingBuilder> model,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure,
        string[] args)
    {
        var builder = DistributedApplicationTestingBuilder.Create([$"--AppHost:BundlePath={Need.Bundle()}", .. args], configure);
        model(builder);
        return builder;
    }

    /// <summary>Starts what was built; what did not start is ended.</summary>
    public static async Task<DistributedApplication> StartedAsync(this IDistributedApplicationTestingBuilder builder)
    {
        var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
