using System.Diagnostics;

namespace Platform.Benchmarks.Startup;

/// <param name="Dashboard">From the start of the process to the first answer of the dashboard.</param>
/// <param name="WebApp">From the start of the process to the first healthy answer on the public port.</param>
/// <param name="HostSeconds">Processor time of the host until both answered.</param>
/// <param name="AllSeconds">Processor time of all processes until both answered.</param>
/// <param name="ResidentMiB">Memory of the host after some idle seconds.</param>
/// <param name="IdlePercent">Of one processor, all processes, in these seconds, in which code is still compiled anew.</param>
/// <param name="Stop">From Ctrl-C to the end of the host.</param>
/// <param name="Last">From Ctrl-C to the end of the last process.</param>
internal sealed record HostFigures(
    TimeSpan Dashboard, TimeSpan WebApp, double HostSeconds, double AllSeconds, double ResidentMiB, double IdlePercent, TimeSpan Stop, TimeSpan Last);

internal static class HostMeasurement
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    public static async Task<HostFigures> MeasureAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Deadline);
        await using var host = new RunningHost(start);
        try
        {
            var dashboard = host.DashboardAsync(limit.Token);
            var webApp = await host.WebAppAsync(limit.Token);
            var answered = await dashboard;
            var (hostSeconds, allSeconds) = host.ProcessorSeconds();
            await Task.Delay(Idle, limit.Token);
            var idle = host.ProcessorSeconds().All - allSeconds;
            var resident = host.HostResidentMiB();
            var (stop, last) = await host.StopAsync(limit.Token);
            return new HostFigures(answered, webApp, hostSeconds, allSeconds, resident, 100 * idle / Idle.TotalSeconds, stop, last);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BenchmarkException($"The application was not through a start and a stop within {Deadline.TotalSeconds} s.");
        }
    }
}
