#nullable enable
namespace Aspire.Hosting
{
    public sealed partial class InteractionInputCollection
    {
        public IEnumerator<InteractionInput> GetEnumerator() => throw null!;
        IEnumerator IEnumerable.GetEnumerator() => throw null!;
    }
}

namespace Aspire.Hosting.Eventing
{
    public class DistributedApplicationEventing : IDistributedApplicationEventing
    {
        public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent => throw null!;
        public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent => throw null!;
        public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationResourceEvent => throw null!;
        public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent => throw null!;
        public void Unsubscribe(DistributedApplicationEventSubscription subscription) => throw null!;
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    // What these implement explicitly is not written with their members.
    public partial interface IResourceWithConnectionString
    {
        string IManifestExpressionProvider.ValueExpression => throw null!;
        IEnumerable<object> IValueWithReferences.References => throw null!;
        ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) => throw null!;
        ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => throw null!;
    }

    public partial interface IResourceWithParent<out T>
    {
        IResource IResourceWithParent.Parent => throw null!;
    }

    public sealed partial class EndpointReference
    {
        string IManifestExpressionProvider.ValueExpression => throw null!;
        IEnumerable<object> IValueWithReferences.References => throw null!;
    }

    public partial class EndpointReferenceExpression
    {
        IEnumerable<object> IValueWithReferences.References => throw null!;
    }

    public partial class ConnectionStringReference
    {
        string IManifestExpressionProvider.ValueExpression => throw null!;
        IEnumerable<object> IValueWithReferences.References => throw null!;
        ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => throw null!;
    }

    public partial record HostUrl
    {
        string IManifestExpressionProvider.ValueExpression => throw null!;
        ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => throw null!;
    }
}
