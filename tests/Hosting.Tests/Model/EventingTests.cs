using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class EventingTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder;
    private readonly IServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly List<string> _happened = [];

    public EventingTests() => _builder = _folder.ForRun();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Callbacks_are_called_one_after_the_other_in_the_order_of_their_subscription()
    {
        _builder.Eventing.Subscribe<BeforeStartEvent>(async (_, _) =>
        {
            await Task.Yield();
            _happened.Add("first");
        });
        _builder.OnBeforeStart((_, _) => Note("second"));

        await _builder.Eventing.PublishAsync(
            new BeforeStartEvent(_services, new DistributedApplicationModel(_builder.Resources)), TestContext.Current.CancellationToken);

        Assert.Equal(["first", "second"], _happened);
    }

    [Fact]
    public async Task An_event_of_one_resource_reaches_those_who_asked_for_it_or_for_all()
    {
        var web = _builder.AddContainer("web", "image").OnResourceReady((resource, _, _) => Note($"{resource.Name} is ready"));
        _builder.AddContainer("api", "image").OnResourceReady((resource, _, _) => Note($"{resource.Name} is ready"));
        _builder.Eventing.Subscribe<ResourceReadyEvent>((ready, _) => Note($"somebody is ready: {ready.Resource.Name}"));

        await _builder.Eventing.PublishAsync(new ResourceReadyEvent(web.Resource, _services), TestContext.Current.CancellationToken);

        Assert.Equal(["web is ready", "somebody is ready: web"], _happened);
    }

    [Fact]
    public async Task Who_has_unsubscribed_is_not_called()
    {
        var subscription = _builder.Eventing.Subscribe<ResourceReadyEvent>((_, _) => Note("called"));
        var web = _builder.AddContainer("web", "image");

        _builder.Eventing.Unsubscribe(subscription);
        await _builder.Eventing.PublishAsync(new ResourceReadyEvent(web.Resource, _services), TestContext.Current.CancellationToken);

        Assert.Empty(_happened);
    }

    [Fact]
    public async Task A_callback_that_throws_ends_the_publishing()
    {
        _builder.Eventing.Subscribe<ResourceReadyEvent>((_, _) => throw new NotSupportedException());
        _builder.Eventing.Subscribe<ResourceReadyEvent>((_, _) => Note("called"));
        var web = _builder.AddContainer("web", "image");

        await Assert.ThrowsAsync<NotSupportedException>(() =>
            _builder.Eventing.PublishAsync(new ResourceReadyEvent(web.Resource, _services), TestContext.Current.CancellationToken));

        Assert.Empty(_happened);
    }

    [Fact]
    public async Task A_callback_may_subscribe_another_one_for_the_next_time()
    {
        _builder.Eventing.Subscribe<ResourceReadyEvent>((_, _) =>
        {
            _builder.Eventing.Subscribe<ResourceReadyEvent>((_, _) => Note("second"));
            return Note("first");
        });
        var web = _builder.AddContainer("web", "image");

        await _builder.Eventing.PublishAsync(new ResourceReadyEvent(web.Resource, _services), TestContext.Current.CancellationToken);

        Assert.Equal(["first"], _happened);
    }

    private Task Note(string what)
    {
        _happened.Add(what);
        return Task.CompletedTask;
    }
}
