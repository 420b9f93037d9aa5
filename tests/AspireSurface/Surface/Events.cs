#nullable enable
namespace Aspire.Hosting.ApplicationModel
{
    public partial class BeforeStartEvent : IDistributedApplicationEvent
    {
        public BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model) { }
        public DistributedApplicationModel Model => throw null!;
        public IServiceProvider Services => throw null!;
    }

    public partial class AfterResourcesCreatedEvent : IDistributedApplicationEvent
    {
        public AfterResourcesCreatedEvent(IServiceProvider services, DistributedApplicationModel model) { }
        public DistributedApplicationModel Model => throw null!;
        public IServiceProvider Services => throw null!;
    }

    [Obsolete("Obsolete in Aspire.")] public partial class AfterEndpointsAllocatedEvent : IDistributedApplicationEvent
    {
        public AfterEndpointsAllocatedEvent(IServiceProvider services, DistributedApplicationModel model) { }
        public DistributedApplicationModel Model => throw null!;
        public IServiceProvider Services => throw null!;
    }

    public partial class BeforeResourceStartedEvent : IDistributedApplicationResourceEvent
    {
        public BeforeResourceStartedEvent(IResource resource, IServiceProvider services) { }
        public IResource Resource => throw null!;
        public IServiceProvider Services => throw null!;
    }

    public partial class ConnectionStringAvailableEvent : IDistributedApplicationResourceEvent
    {
        public ConnectionStringAvailableEvent(IResource resource, IServiceProvider services) { }
        public IResource Resource => throw null!;
        public IServiceProvider Services => throw null!;
    }

    public partial class InitializeResourceEvent : IDistributedApplicationResourceEvent
    {
        public InitializeResourceEvent(IResource resource, IDistributedApplicationEventing distributedApplicationEventing, ResourceLoggerService resourceLoggerService, ResourceNotificationService resourceNotificationService, IServiceProvider services) { }
        public IDistributedApplicationEventing Eventing => throw null!;
        public ILogger Logger => throw null!;
        public ResourceNotificationService Notifications => throw null!;
        public IResource Resource => throw null!;
        public IServiceProvider Services => throw null!;
    }

    public partial class ResourceEndpointsAllocatedEvent : IDistributedApplicationResourceEvent
    {
        public ResourceEndpointsAllocatedEvent(IResource resource, IServiceProvider services) { }
        public IResource Resource => throw null!;
        public IServiceProvider Services => throw null!;
    }

    public partial class ResourceReadyEvent : IDistributedApplicationResourceEvent
    {
        public ResourceReadyEvent(IResource resource, IServiceProvider services) { }
        public IResource Resource => throw null!;
        public IServiceProvider Services => throw null!;
    }

    public partial class ResourceStoppedEvent : IDistributedApplicationResourceEvent
    {
        public ResourceStoppedEvent(IResource resource, IServiceProvider services, ResourceEvent resourceEvent) { }
        public IResource Resource => throw null!;
        public ResourceEvent ResourceEvent => throw null!;
        public IServiceProvider Services => throw null!;
    }
}

namespace Aspire.Hosting.Eventing
{
    public partial interface IDistributedApplicationEvent;

    public partial interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
    {
        ILogger Logger => throw null!;
        IResource Resource { get; }
        IServiceProvider Services => throw null!;
    }

    public partial interface IDistributedApplicationEventing
    {
        Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;
        Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;
        DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationResourceEvent;
        DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent;
        void Unsubscribe(DistributedApplicationEventSubscription subscription);
    }

    public partial class DistributedApplicationEventSubscription
    {
        public DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback) { }
        public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback => throw null!;
    }

    public partial class DistributedApplicationResourceEventSubscription : DistributedApplicationEventSubscription
    {
        public DistributedApplicationResourceEventSubscription(IResource? resource, Func<IDistributedApplicationResourceEvent, CancellationToken, Task> callback) : base(default!) { }
        public IResource? Resource => throw null!;
    }

    public enum EventDispatchBehavior { BlockingSequential = 0, BlockingConcurrent = 1, NonBlockingSequential = 2, NonBlockingConcurrent = 3 }
}

namespace Aspire.Hosting.Lifecycle
{
    public partial interface IDistributedApplicationEventingSubscriber
    {
        Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken);
    }

    public static partial class EventingSubscriberServiceCollectionExtensions
    {
        public static void AddEventingSubscriber<T>(this IServiceCollection services) where T : class, IDistributedApplicationEventingSubscriber => throw null!;
        public static void TryAddEventingSubscriber<T>(this IServiceCollection services) where T : class, IDistributedApplicationEventingSubscriber => throw null!;
    }
}
