using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class ResourceCommandTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly ResourceNotificationService _notifications = new();
    private readonly IServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly ResourceCommandService _commands;
    private readonly IResourceBuilder<ContainerResource> _web;
    private readonly List<string> _executed = [];

    public ResourceCommandTests()
    {
        _commands = new ResourceCommandService(_notifications, new ResourceLoggerService(), _services);
        _web = _folder.ForRun().AddContainer("web", "image").WithCommand("flush", "Flush", context => Executed(context.ResourceName, CommandResults.Success()));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_command_is_executed_for_every_instance()
    {
        _web.Resource.Annotations.Add(new ResourceInstancesAnnotation(["web-1", "web-2"]));

        var result = await _commands.ExecuteCommandAsync(_web.Resource, "flush", Token);

        Assert.True(result.Success);
        Assert.Equal(["web-1", "web-2"], _executed);
    }

    [Fact]
    public async Task A_command_is_executed_for_one_instance()
    {
        _web.Resource.Annotations.Add(new ResourceInstancesAnnotation(["web-1", "web-2"]));
        await _notifications.PublishUpdateAsync(_web.Resource, snapshot => snapshot with { State = "Running" });

        var result = await _commands.ExecuteCommandAsync("web-2", "flush", Token);

        Assert.True(result.Success);
        Assert.Equal(["web-2"], _executed);
    }

    [Fact]
    public async Task The_last_command_of_a_name_counts()
    {
        _web.WithCommand("flush", "Flush", _ => Executed("other", CommandResults.Failure("No.")));

        var result = await _commands.ExecuteCommandAsync(_web.Resource, "flush", Token);

        Assert.Equal((false, "No."), (result.Success, result.ErrorMessage));
        Assert.Equal(["other"], _executed);
    }

    [Fact]
    public async Task One_instance_that_fails_makes_the_whole_fail()
    {
        _web.Resource.Annotations.Add(new ResourceInstancesAnnotation(["web-1", "web-2"]));
        _web.WithCommand(
            "flush", "Flush", context => Task.FromResult(context.ResourceName == "web-2" ? CommandResults.Failure("No.") : CommandResults.Success()));

        var result = await _commands.ExecuteCommandAsync(_web.Resource, "flush", Token);

        Assert.Equal((false, "No."), (result.Success, result.ErrorMessage));
    }

    [Fact]
    public async Task What_a_command_throws_is_its_result()
    {
        _web.WithCommand("flush", "Flush", _ => throw new InvalidOperationException("Broken."));

        var result = await _commands.ExecuteCommandAsync(_web.Resource, "flush", Token);

        Assert.Equal((false, false, "Broken."), (result.Success, result.Canceled, result.ErrorMessage));
    }

    [Fact]
    public async Task A_command_can_be_cancelled()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _web.WithCommand("flush", "Flush", async context =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return CommandResults.Success();
        });

        var running = _commands.ExecuteCommandAsync(_web.Resource, "flush", source.Token);
        await source.CancelAsync();
        var result = await running;

        Assert.Equal((false, true), (result.Success, result.Canceled));
    }

    [Fact]
    public async Task An_unknown_command_or_resource_is_said()
    {
        var command = await _commands.ExecuteCommandAsync(_web.Resource, "fly", Token);
        var resource = await _commands.ExecuteCommandAsync("nobody", "flush", Token);

        Assert.Equal(
            ("The resource 'web' has no command 'fly'.", "There is no resource 'nobody'."), (command.ErrorMessage, resource.ErrorMessage));
    }

    private Task<ExecuteCommandResult> Executed(string what, ExecuteCommandResult result)
    {
        _executed.Add(what);
        return Task.FromResult(result);
    }
}
