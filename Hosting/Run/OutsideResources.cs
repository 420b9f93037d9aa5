using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>The resources without a process: connection strings, and services outside with their health.</summary>
internal sealed class OutsideResources(RunContext run)
{
    private static readonly TimeSpan WhenHealthy = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WhenUnhealthy = TimeSpan.FromSeconds(2);

    public Task FollowAsync(CancellationToken cancellationToken) => Task.WhenAll(
        run.Model.Resources.OfType<ConnectionStringResource>().Select(resource => AloneAsync(resource, ConnectionStringAsync(resource, cancellationToken), cancellationToken))
            .Concat(run.Model.Resources.OfType<ExternalServiceResource>().Select(resource => AloneAsync(resource, ServiceAsync(resource, cancellationToken), cancellationToken))));

    // What is wrong with one of them is no reason to end the others.
    private async Task AloneAsync(IResource resource, Task following, CancellationToken cancellationToken)
    {
        try
        {
            await following;
        }
#pragma warning disable CA1031 // values and subscribers are the user's code
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested || exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            await StartFailure.ShowAsync(resource, exception, run);
        }
    }

    private async Task ConnectionStringAsync(ConnectionStringResource resource, CancellationToken cancellationToken)
    {
        await DependencyWait.WaitAsync(resource, run.Notifications, _ => { }, cancellationToken);
        var value = await resource.ConnectionStringExpression.GetValueAsync(cancellationToken);
        await run.Eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, run.Services), cancellationToken);
        await PublishRunningAsync(resource, state => state with
        {
            // It may hold a password, which the dashboard has no way to tell.
            Properties = state.Properties.Add(new ResourcePropertySnapshot(KnownProperties.ConnectionString, value) { IsSensitive = true }),
        });
    }

    private async Task ServiceAsync(ExternalServiceResource resource, CancellationToken cancellationToken)
    {
        var url = resource.Uri?.ToString() ?? await (resource.UrlParameter?.GetValueAsync(cancellationToken) ?? default) ?? "";
        var checks = resource.Annotations.OfType<HealthCheckAnnotation>().Any();
        await PublishRunningAsync(resource, state => state with
        {
            // The address can be the secret, as that of a webhook is.
            Urls = resource.UrlParameter is { Secret: true } ? [] : [new UrlSnapshot(null, url, IsInternal: false)],
            ResourceReadyEvent = checks ? null : new EventSnapshot(Task.CompletedTask),
        });
        using var health = new InstanceHealth(run.Services);
        while (checks)
        {
            var reports = await health.RunAsync(resource, [], cancellationToken);
            var healthy = reports.All(report => report.Status == HealthStatus.Healthy);
            await run.Notifications.PublishUpdateAsync(resource, state => state with
            {
                HealthReports = reports,
                ResourceReadyEvent = state.ResourceReadyEvent ?? (healthy ? new EventSnapshot(Task.CompletedTask) : null),
            });
            await Task.Delay(healthy ? WhenHealthy : WhenUnhealthy, run.Time, cancellationToken);
        }
    }

    private Task PublishRunningAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        run.Notifications.PublishUpdateAsync(resource, state => change(state with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
            StartTimeStamp = DateTime.UtcNow,
            ResourceReadyEvent = new EventSnapshot(Task.CompletedTask),
        }));
}
