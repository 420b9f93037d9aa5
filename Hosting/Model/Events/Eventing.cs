using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Eventing;

/// <summary>Something that happens to the application.</summary>
public interface IDistributedApplicationEvent;

/// <summary>Something that happens to one resource.</summary>
public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    /// <summary>The resource.</summary>
    IResource Resource { get; }

    /// <summary>The application's services.</summary>
    IServiceProvider Services => NoServices.Instance;

    /// <summary>Writes to the resource's console log.</summary>
    ILogger Logger => NullLogger.Instance;
}

/// <summary>Tells those who asked for it what happens.</summary>
public interface IDistributedApplicationEventing
{
    /// <summary>Asks to be told of an event.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="callback">What to do then; the event waits until it is done.</param>
    /// <returns>The subscription.</returns>
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    /// <summary>Asks to be told of an event of one resource.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <param name="callback">What to do then; the event waits until it is done.</param>
    /// <returns>The subscription.</returns>
    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    /// <summary>Ends a subscription.</summary>
    /// <param name="subscription">The subscription.</param>
    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    /// <summary>Tells of an event, one subscriber after the other, and waits for them.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="event">The event.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when all subscribers are done.</returns>
    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;
}

/// <summary>A subscription to an event.</summary>
/// <param name="callback">What to do then.</param>
public class DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
{
    /// <summary>What to do then.</summary>
    public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; } = callback;
}

/// <inheritdoc />
public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly Lock _gate = new();
    private readonly List<(Type Event, IResource? Resource, DistributedApplicationEventSubscription Subscription)> _subscriptions = [];

    /// <inheritdoc />
    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent => Add<T>(resource: null, callback);

    /// <inheritdoc />
    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent => Add<T>(resource, callback);

    /// <inheritdoc />
    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (_gate)
        {
            _ = _subscriptions.RemoveAll(known => ReferenceEquals(known.Subscription, subscription));
        }
    }

    /// <inheritdoc />
    public async Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        List<DistributedApplicationEventSubscription> told;
        lock (_gate)
        {
            var resource = (@event as IDistributedApplicationResourceEvent)?.Resource;
            told = [.. _subscriptions
                .Where(known => known.Event == typeof(T) && (known.Resource is null || ReferenceEquals(known.Resource, resource)))
                .Select(known => known.Subscription)];
        }

        foreach (var subscription in told)
        {
            // A subscriber that does not look at the token must not hold up the end of the application.
            await subscription.Callback(@event, cancellationToken).WaitAsync(cancellationToken);
        }
    }

    private DistributedApplicationEventSubscription Add<T>(IResource? resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent
    {
        var subscription = new DistributedApplicationEventSubscription((happened, cancellationToken) => callback((T)happened, cancellationToken));
        lock (_gate)
        {
            _subscriptions.Add((typeof(T), resource, subscription));
        }

        return subscription;
    }
}
