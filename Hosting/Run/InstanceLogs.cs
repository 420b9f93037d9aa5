using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Run;

/// <summary>Copies what one start of an instance prints into its console log.</summary>
internal static class InstanceLogs
{
    private static readonly DcpLogSource[] OfProcess = [DcpLogSource.StdOut, DcpLogSource.StdErr, DcpLogSource.System];
    private static readonly DcpLogSource[] OfContainer = [.. OfProcess, DcpLogSource.StartupStdOut, DcpLogSource.StartupStdErr];

    public static Task FollowAsync<T>(DcpClient dcp, string id, ResourceLoggerService loggers, CancellationToken cancellationToken)
        where T : class, IDcpObject<T> =>
        Task.WhenAll((typeof(T) == typeof(DcpContainer) ? OfContainer : OfProcess)
            .Select(source => FollowAsync<T>(dcp, id, source, loggers, cancellationToken)));

    private static async Task FollowAsync<T>(
        DcpClient dcp, string id, DcpLogSource source, ResourceLoggerService loggers, CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        try
        {
            await foreach (var line in dcp.LogAsync<T>(id, source, DcpLogEnd.Follow, cancellationToken))
            {
                Append(id, source, line, loggers);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or DcpApiException or HttpRequestException or IOException)
        {
            // The object went, or DCP did; who stopped it knows.
        }
    }

    private static void Append(string id, DcpLogSource source, DcpLogLine line, ResourceLoggerService loggers)
    {
        if (source != DcpLogSource.System)
        {
            loggers.Append(id, line.Raw, isError: source == DcpLogSource.StdErr || source == DcpLogSource.StartupStdErr);
        }
        else if (DcpSystemMessage.Parse(line) is { Level: not "info" and not "debug" } message)
        {
            var stamp = line.Timestamp is { } time ? $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} " : "";
            loggers.Append(id, $"{stamp}[sys] {message.Message}{(message.Error is null ? "" : $": {message.Error}")}", isError: message.Level == "error");
        }
    }
}
