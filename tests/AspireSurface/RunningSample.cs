namespace AppHostSample;

public static class RunningSample
{
    public static async Task RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = DistributedApplication.CreateBuilder(args);
        builder.Configuration["Parameters:region"] = "eu-central-1";
        var application = builder.Build();
        await using (application)
        {
            await application.StartAsync(cancellationToken);
            var ready = await application.ResourceNotifications.WaitForResourceHealthyAsync("web", cancellationToken);
            await application.ResourceNotifications.WaitForResourceAsync("web", KnownResourceStates.Running, cancellationToken);
            await application.ResourceCommands.ExecuteCommandAsync(ready.ResourceId, KnownResourceCommands.StopCommand, cancellationToken);
            await application.StopAsync(cancellationToken);
        }
    }

    public static async Task<HttpClient> TestAsync<TAppHost>(CancellationToken cancellationToken)
        where TAppHost : class
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<TAppHost>(["--no-dashboard"], cancellationToken);
        var application = await builder.BuildAsync(cancellationToken);
        await application.StartAsync(cancellationToken);
        var address = application.GetEndpoint("web", "http");
        return address.IsLoopback ? application.CreateHttpClient("web") : application.CreateHttpClient("web", "https");
    }
}
