using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Bundles;
using Platform.Hosting.Cli;
using Platform.Hosting.Dcp;
using Platform.Hosting.Eventing;
using Platform.Hosting.Problems;
using Platform.Hosting.Prompts;

namespace Platform.Hosting.Run;

/// <summary>An application from its start to the moment at which nothing of it is left.</summary>
internal sealed class ApplicationRun : IAsyncDisposable
{
    private readonly RunSettings _settings;
    private readonly DistributedApplicationModel _model;
    private readonly IServiceProvider _services;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, ResourceInstance> _instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ResourceGroup> _groups = [];
    private readonly List<Task> _background = [];
    private readonly PromptBoard _prompts = new();
    private readonly TerminalGate _gate = new();
    private readonly Lock _ending = new();
    private DcpSession? _session;
    private Backchannel? _commandLine;
    private DashboardRun? _dashboard;
    private TerminalOutput? _terminal;
    private Task? _stopped;
    private bool _started;

    public ApplicationRun(RunSettings settings, DistributedApplicationModel model, IServiceProvider services)
    {
        _settings = settings;
        _model = model;
        _services = services;
    }

    /// <summary>The dashboard; null without one.</summary>
    public DashboardRun? Dashboard => _dashboard;

    /// <summary>DCP's own folder; null before the start.</summary>
    public string? SessionFolder => _session?.Folder;

    private bool CanAsk => !_settings.NonInteractive && (_settings.Dashboard || (_settings.Terminal && TerminalPrompts.Available));

    /// <summary>Starts everything. The resources that wait for others, or for values, get on by themselves.</summary>
    /// <exception cref="DistributedApplicationException">Something is in the way of all of it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // DCP takes longest, so it comes first and all else meanwhile.
        var bundle = BundleLocator.Locate(BundleSearch.Here(_settings.BundlePath, _settings.Project.Assembly));
        _session = DcpSession.Launch(new DcpSessionSettings
        {
            DcpPath = bundle.DcpPath,
            WorkingDirectory = _settings.Project.Directory,
            ContainerRuntime = _settings.ContainerRuntime,
        });
        var eventing = _services.GetRequiredService<IDistributedApplicationEventing>();
        await eventing.PublishAsync(new BeforeStartEvent(_services, _model), cancellationToken);
        NameInstances();
        var run = Context(bundle, eventing, _session.ReadyAsync(_stopping.Token));
        if (_settings.Dashboard)
        {
            _dashboard = await DashboardRun.LaunchAsync(bundle, run, _prompts, cancellationToken);
            run = run with { Telemetry = _dashboard.Telemetry };
        }

        await StartAsync(run, cancellationToken);
    }

    /// <summary>Waits until somebody asks the application to stop, or DCP has gone.</summary>
    public async Task UntilStoppedAsync(CancellationToken cancellationToken)
    {
        var lifetime = _services.GetRequiredService<IHostApplicationLifetime>();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var asked = Task.Delay(Timeout.InfiniteTimeSpan, either.Token);
        var ended = await Task.WhenAny([asked, FirstFailureAsync(), .. _session is { } session ? [session.Died] : Array.Empty<Task>()]);
        if (ended == _session?.Died)
        {
            throw new DistributedApplicationException(await _session.Died);
        }

        if (ended != asked)
        {
            await ended;
        }

        await StopAsync(CancellationToken.None);
        if (_terminal is { HasUnhealthy: true })
        {
            Environment.ExitCode = ExitCode.Input;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_ending)
        {
            _stopped ??= EndAsync();
        }

        return _stopped.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gate.Dispose();
        _stopping.Dispose();
    }

    // What runs in the background ends with the run; if something of it fails before that, so does the run.
    private async Task FirstFailureAsync()
    {
        var open = _background.ToList();
        while (open.Count > 0)
        {
            var done = await Task.WhenAny(open);
            _ = open.Remove(done);
            if (done.IsFaulted)
            {
                await done;
            }
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, _stopping.Token);
    }

    private async Task StartAsync(RunContext run, CancellationToken cancellationToken)
    {
        using var building = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outputs = ProjectBuild.RunAsync(_model.GetProjectResources(), building.Token);
        try
        {
            await StartAsync(run, outputs, cancellationToken);
        }
        catch
        {
            // What is in the way of the start ends the build, too.
            await building.CancelAsync();
            await ((Task)outputs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task StartAsync(RunContext run, Task<ProjectOutputs> outputs, CancellationToken cancellationToken)
    {
        PublishInitialStates(run);
        var endpoints = new EndpointAllocation(run);
        if (endpoints.TakenPorts() is { Count: > 0 } taken)
        {
            throw new DistributedApplicationException(taken);
        }

        var parameters = new ParameterValues(run, CanAsk ? _prompts : null);
        parameters.Resolve();
        _background.Add(parameters.AskForMissingAsync(_stopping.Token));
        var initialized = _model.Resources.ToDictionary(resource => resource, resource => InitializeAsync(resource, run));
        var served = endpoints.ServeAsync(_stopping.Token);
        _background.Add(served);
        await endpoints.AllocateAsync(served, cancellationToken);
        var urls = await PublishUrlsAsync(run, cancellationToken);
        AddInstances(run, new LaunchPreparation(run, await outputs));
        if (_session is { } session)
        {
            _background.Add(TellOfDeathAsync(session, run.Notifications));
        }

        Watch(run);
        StartInstances(initialized);
        _ = await run.Dcp.WaitAsync(cancellationToken);
        ShowOnTerminal(urls);
        _background.Add(new OutsideResources(run).FollowAsync(_stopping.Token));
        if (_settings.Terminal && TerminalPrompts.Available)
        {
            _background.Add(TerminalPrompts.FollowAsync(_prompts, _gate, _stopping.Token));
        }

        await served.WaitAsync(cancellationToken);
        _started = true;
        await run.Eventing.PublishAsync(new AfterResourcesCreatedEvent(_services, _model), cancellationToken);
        var lifetime = _services.GetRequiredService<IHostApplicationLifetime>();
        (lifetime as HostLifetime)?.Started();
        _commandLine = CommandLineAccess.Open(run, _dashboard, lifetime.StopApplication);
    }

    // Without DCP nothing will change any more: a test that waits for a resource has to hear of it.
    private async Task TellOfDeathAsync(DcpSession session, ResourceNotificationService notifications) =>
        notifications.End(new DistributedApplicationException(await session.Died.WaitAsync(_stopping.Token)));

    private RunContext Context(Bundle bundle, IDistributedApplicationEventing eventing, Task<DcpClient> dcp) => new()
    {
        Settings = _settings,
        Model = _model,
        Notifications = _services.GetRequiredService<ResourceNotificationService>(),
        Loggers = _services.GetRequiredService<ResourceLoggerService>(),
        Eventing = eventing,
        ExecutionContext = _services.GetRequiredService<DistributedApplicationExecutionContext>(),
        Services = _services,
        Dcp = dcp,
        Containers = new ContainerHost(dcp, token => ContainerEngine.FindAsync(bundle.DcpPath, _settings.ContainerRuntime, token)),
        Telemetry = null,
        Report = Report,
    };

    private static void Report(Problem problem) => Console.Error.Write(ProblemText.Render([problem]));

    private void NameInstances()
    {
        foreach (var resource in _model.Resources.Where(HasInstances))
        {
            resource.Annotations.Add(new ResourceInstancesAnnotation(
                [.. Enumerable.Range(0, resource.GetReplicaCount()).Select(_ => InstanceIds.Of(resource, _settings.Project.Directory))]));
        }
    }

    private void PublishInitialStates(RunContext run)
    {
        foreach (var resource in _model.Resources)
        {
            if (HasInstances(resource))
            {
                LifecycleCommands.Add(resource, id => _instances.GetValueOrDefault(id));
            }

            if (!resource.Annotations.OfType<ResourceSnapshotAnnotation>().Any())
            {
                _ = run.Notifications.PublishUpdateAsync(resource, _ => InstanceSnapshots.Initial(resource, run.Time.GetUtcNow().UtcDateTime));
            }
        }

        if (_settings.Terminal)
        {
            _terminal = new TerminalOutput(run, _gate, Console.Out, Console.Error);
        }
    }

    private async Task<List<(IResource Resource, ImmutableArray<UrlSnapshot> Urls)>> PublishUrlsAsync(RunContext run, CancellationToken cancellationToken)
    {
        var published = new List<(IResource Resource, ImmutableArray<UrlSnapshot> Urls)>();
        foreach (var resource in _model.Resources)
        {
            var urls = await ResourceUrls.OfAsync(resource, run, cancellationToken);
            await run.Notifications.PublishUpdateAsync(resource, state => urls.IsEmpty ? state : state with { Urls = urls });
            published.Add((resource, urls));
        }

        return published;
    }

    private void ShowOnTerminal(List<(IResource Resource, ImmutableArray<UrlSnapshot> Urls)> published)
    {
        if (_terminal is null)
        {
            return;
        }

        if (_dashboard is not null)
        {
            _terminal.ShowDashboard(_dashboard.LoginUrl);
        }

        published.ForEach(known => _terminal.ShowUrls(known.Resource, known.Urls));
        _background.Add(_terminal.FollowAsync(_stopping.Token));
        _background.Add(_terminal.ReportUnhealthyAsync(_stopping.Token));
    }

    private void AddInstances(RunContext run, LaunchPreparation preparation)
    {
        foreach (var resource in _model.Resources.Where(HasInstances))
        {
            var group = new ResourceGroup(resource, run, _stopping.Token);
            _groups.Add(group);
            foreach (var id in ResourceInstancesAnnotation.IdsOf(resource))
            {
                _instances[id] = new ResourceInstance(id, group, run, preparation, _stopping.Token);
            }
        }
    }

    private void Watch(RunContext run)
    {
        _background.Add(FollowAsync<DcpExecutable>(run, executable => (executable.Metadata.Name, InstanceStatus.Of(executable))));
        if (_model.Resources.OfType<ContainerResource>().Any())
        {
            _background.Add(FollowAsync<DcpContainer>(run, container => (container.Metadata.Name, InstanceStatus.Of(container))));
        }
    }

    private async Task FollowAsync<T>(RunContext run, Func<T, (string Id, InstanceStatus Status)> read)
        where T : class, IDcpObject<T>
    {
        var dcp = await run.Dcp;
        await foreach (var change in dcp.WatchAsync<T>(_stopping.Token))
        {
            var (id, status) = read(change.Object);
            if (change.Kind == DcpChangeKind.Upserted && _instances.TryGetValue(id, out var instance))
            {
                instance.Observe(status);
            }
        }
    }

    // Of every resource: one of a kind of the user's own leads its life in there.
    private async Task<bool> InitializeAsync(IResource resource, RunContext run)
    {
        try
        {
            await run.Eventing.PublishAsync(
                new InitializeResourceEvent(resource, run.Eventing, run.Loggers, run.Notifications, _services), _stopping.Token);
            return true;
        }
#pragma warning disable CA1031 // the subscribers are the user's code: the resource does not start, the others do
        catch (Exception exception) when (!_stopping.IsCancellationRequested || exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            await StartFailure.ShowAsync(resource, exception, run);
            return false;
        }
    }

    private void StartInstances(Dictionary<IResource, Task<bool>> initialized)
    {
        foreach (var (resource, initializing) in initialized)
        {
            _background.Add(HasInstances(resource) && !resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()
                ? StartAsync(resource, initializing)
                : initializing);
        }
    }

    private async Task StartAsync(IResource resource, Task<bool> initializing)
    {
        if (await initializing)
        {
            _ = await Task.WhenAll(ResourceInstancesAnnotation.IdsOf(resource).Select(id => _instances[id].StartAsync(_stopping.Token)));
        }
    }

    private async Task EndAsync()
    {
        _dashboard?.ExpectEnd();
        if (_started)
        {
            _terminal?.ShowStopping();
        }

        (_services.GetRequiredService<IHostApplicationLifetime>() as HostLifetime)?.StopApplication();
        await _stopping.CancelAsync();
        var dcp = _session?.StopAsync(CancellationToken.None) ?? Task.CompletedTask;
        await (_commandLine?.DisposeAsync() ?? default);
        foreach (var instance in _instances.Values)
        {
            await instance.DisposeAsync();
        }

        _groups.ForEach(group => group.Dispose());

        await Task.WhenAll(_background).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await EndOrchestratorAsync(dcp);
        await (_dashboard?.StopAsync() ?? Task.CompletedTask);
        await (_session?.DisposeAsync() ?? default);
        _services.GetRequiredService<ResourceLoggerService>().CompleteAll();
        _services.GetRequiredService<ResourceNotificationService>().End(reason: null);
        (_services.GetRequiredService<IHostApplicationLifetime>() as HostLifetime)?.Stopped();
    }

    private static async Task EndOrchestratorAsync(Task dcp)
    {
        try
        {
            await dcp;
        }
        catch (DistributedApplicationException late)
        {
            // The rest ends nevertheless.
            Report(late.Problems[0]);
        }
    }

    private static bool HasInstances(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;
}
