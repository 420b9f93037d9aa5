using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks;

/// <param name="Wall">From the start of the process to its end.</param>
/// <param name="Processor">Of all its threads.</param>
/// <param name="PeakMiB">Largest resident memory; null where the system does not tell.</param>
internal sealed record ProcessFigures(TimeSpan Wall, TimeSpan Processor, double? PeakMiB)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    public static async Task<ProcessFigures> MeasureAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        double? peak = null;
        var processor = TimeSpan.Zero;
        var ended = process.WaitForExitAsync(cancellationToken);
        while (await Task.WhenAny(ended, Task.Delay(Interval, cancellationToken)) != ended)
        {
            peak = PeakOf(process.Id) ?? peak;
            processor = ProcessorOf(process) ?? processor;
        }

        var wall = clock.Elapsed;
        await Task.WhenAll(output, error);
        return process.ExitCode == 0
            ? new ProcessFigures(wall, processor, peak)
            : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {await error}");
    }

    // Nothing is known of a process that has ended.
    private static TimeSpan? ProcessorOf(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // The kernel keeps the highest value, so that the last look before the end is nearly the peak.
    private static double? PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
