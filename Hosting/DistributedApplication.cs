using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Manifests;
using Platform.Hosting.Problems;
using Platform.Hosting.Run;
using Platform.Hosting.Validation;

namespace Platform.Hosting;

/// <summary>The application, ready to run or to be written as a manifest.</summary>
public sealed class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly DistributedApplicationBuilder _builder;
    private readonly ServiceProvider _services;
    private ApplicationRun? _run;

    private DistributedApplication(DistributedApplicationBuilder builder, DistributedApplicationModel model, ServiceProvider services)
    {
        _builder = builder;
        _services = services;
        Model = model;
    }

    /// <summary>The services of the host.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The states of the resources.</summary>
    public ResourceNotificationService ResourceNotifications => _services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Runs the commands of resources.</summary>
    public ResourceCommandService ResourceCommands => _services.GetRequiredService<ResourceCommandService>();

    internal DistributedApplicationModel Model { get; }

    /// <summary>The running application; null before the start.</summary>
    internal ApplicationRun? Running => _run;

    /// <summary>Told once, when the application is disposed of.</summary>
    internal event Action? Ended;

    /// <summary>Begins a model.</summary>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Begins a model.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>Begins a model.</summary>
    /// <param name="options">How the host is made.</param>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        if (Interception.Current is { } interception)
        {
            interception.OnCreating(options);
        }
        else
        {
            ProblemExit.Install();
        }

        return new DistributedApplicationBuilder(options);
    }

    /// <summary>Runs the application until Ctrl-C, or writes the manifest.</summary>
    public void Run() => RunAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Runs the application until Ctrl-C, or writes the manifest.</summary>
    /// <param name="cancellationToken">Stops the application, too.</param>
    /// <returns>A task that ends when the application has ended and nothing of it is left.</returns>
    /// <exception cref="DistributedApplicationException">Something that the user can mend is in the way.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (Interception.Current is { } interception)
        {
            await interception.OnRunAsync(cancellationToken);
            return;
        }

        if (_builder.Arguments.ShowHelp)
        {
            await Console.Out.WriteLineAsync(AppHostArguments.Help);
        }
        else if (_builder.ExecutionContext.IsPublishMode)
        {
            await PublishAsync(cancellationToken);
        }
        else
        {
            await using (this)
            {
                await RunUntilStoppedAsync(cancellationToken);
            }
        }
    }

    /// <summary>Starts the application and returns when its resources were handed to the orchestrator.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>A task that ends when the resources are on their way.</returns>
    /// <exception cref="DistributedApplicationException">Something that the user can mend is in the way.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_builder.ExecutionContext.IsPublishMode)
        {
            await PublishAsync(cancellationToken);
            return;
        }

        if (_run is not null)
        {
            throw new InvalidOperationException("An application is started once; build another one to start anew.");
        }

        _run = new ApplicationRun(RunSettings.From(_builder), Model, _services);
        await _run.StartAsync(cancellationToken);
    }

    /// <summary>Stops the application and all that it started.</summary>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>A task that ends when nothing of it is left.</returns>
    public Task StopAsync(CancellationToken cancellationToken = default) => _run?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
        {
            await _run.DisposeAsync();
            _run = null;
        }

        await _services.DisposeAsync();
        Ended?.Invoke();
        Ended = null;
    }

    internal static DistributedApplication Create(DistributedApplicationBuilder builder)
    {
        var model = new DistributedApplicationModel(builder.Resources);
        var services = AddHostServices(builder, model).BuildServiceProvider();
        var problems = ModelValidator.Validate(model, builder.ExecutionContext.IsPublishMode, services);
        return problems.IsEmpty ? new DistributedApplication(builder, model, services) : throw new DistributedApplicationException(problems);
    }

    private static IServiceCollection AddHostServices(DistributedApplicationBuilder builder, DistributedApplicationModel model) => builder.Services
        .AddSingleton(model)
        .AddSingleton(builder.Eventing)
        .AddSingleton(_ => new ResourceNotificationService())
        .AddSingleton(_ => new ResourceLoggerService())
        .AddSingleton(services => new ResourceCommandService(
            services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<ResourceLoggerService>(), services))
        .AddSingleton<IHostApplicationLifetime, HostLifetime>()
        .AddLogging(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole(format => format.SingleLine = true));

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(_builder.Arguments.OutputPath ?? throw new DistributedApplicationException(UsageProblems.MissingOutputPath()));
        var written = await ManifestWriter.WriteAsync(Model, _builder.ExecutionContext, path, cancellationToken);
        if (Interception.Current is null)
        {
            await Console.Out.WriteLineAsync($"manifest  {written}");
        }
    }

    private async Task RunUntilStoppedAsync(CancellationToken cancellationToken)
    {
        using var stop = new StopSignals(cancellationToken);
        try
        {
            await StartAsync(stop.Token);
            if (_run is not null)
            {
                await _run.UntilStoppedAsync(stop.Token);
            }
        }
        catch (Exception exception) when (stop.Token.IsCancellationRequested && exception is (OperationCanceledException or DistributedApplicationException))
        {
            // Asked to stop while it was starting. A Ctrl-C on the terminal ends what is being started with us, which is no problem then.
        }
    }
}
