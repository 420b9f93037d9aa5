using System.Reflection;

namespace Platform.Hosting.Testing;

/// <summary>Runs an AppHost's <c>Main</c> on a thread of its own and holds it in <c>Build()</c> until the test says go on.</summary>
internal sealed class HeldAppHost(Assembly appHost, Action<DistributedApplicationOptions> prepare) : Interception
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Returns when <c>Main</c> has come to <c>Build()</c>.</summary>
    public Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        var main = appHost.EntryPoint ?? throw new InvalidOperationException($"'{appHost.GetName().Name}' is no program.");

        // A thread, as Main may block for as long as the test takes.
        var thread = new Thread(() => RunMain(main)) { IsBackground = true, Name = $"Main of {appHost.GetName().Name}" };
        thread.Start();
        return _built.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets <c>Build()</c> go on.</summary>
    public Task<DistributedApplication> ReleaseAsync(CancellationToken cancellationToken)
    {
        _ = _goOn.TrySetResult();
        return _application.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets <c>Main</c> end.</summary>
    public void Abandon()
    {
        _ = _goOn.TrySetCanceled();
        _ = _done.TrySetResult();
    }

    public override void OnCreating(DistributedApplicationOptions options)
    {
        options.Assembly = appHost;
        prepare(options);
    }

    public override void OnBuilding(DistributedApplicationBuilder builder)
    {
        _ = _built.TrySetResult(builder);
        _goOn.Task.GetAwaiter().GetResult();
    }

    public override void OnBuilt(DistributedApplication application) => _ = _application.TrySetResult(application);

    public override Task OnRunAsync(CancellationToken cancellationToken) => _done.Task.WaitAsync(cancellationToken);

    private void RunMain(MethodInfo main)
    {
        Current = this;
        try
        {
            _ = main.Invoke(obj: null, BindingFlags.DoNotWrapExceptions, binder: null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()], culture: null);
            Fail(new InvalidOperationException($"Main of '{appHost.GetName().Name}' ended without building an application."));
        }
#pragma warning disable CA1031 // whatever Main throws belongs to the test that waits for it
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
    }

    // Where both are done already this says nothing: Main ended because the test did.
    private void Fail(Exception exception)
    {
        _ = _built.TrySetException(exception);
        _ = _application.TrySetException(exception);
        _ = _application.Task.Exception;
    }
}
