using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.ServiceDefaults.Shutdown;

/// <summary>Holds the stop back: readiness turns 503, the drain delay goes by, and only then the server stops taking connections.</summary>
/// <remarks>The host calls all <c>StoppingAsync</c> before the first <c>StopAsync</c>, the server's among them.</remarks>
internal sealed partial class DrainBeforeStop(
    ServiceDefaultsSettings settings,
    DrainState state,
    TimeProvider time,
    ILogger<DrainBeforeStop> logger) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        state.Begin();
        if (settings.DrainDelay > TimeSpan.Zero)
        {
            Draining(settings.DrainDelay.TotalSeconds);
            await Task.Delay(settings.DrainDelay, time, cancellationToken);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining for {Seconds} s: readiness is 503, requests are still answered")]
    private partial void Draining(double seconds);
}
