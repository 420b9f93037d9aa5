using Microsoft.Extensions.Logging;

namespace Platform.Hosting.Run;

/// <summary>What the host writes into the console logs of resources.</summary>
internal static partial class RunLog
{
    [LoggerMessage(LogLevel.Warning, "It ended with an error; restart {Number} of {Allowed} in {Seconds} s (AppHost:RestartOnFailure).")]
    public static partial void Restarting(ILogger logger, int number, int allowed, double seconds);

    [LoggerMessage(LogLevel.Error, "{Problem}")]
    public static partial void StartFailed(ILogger logger, string problem);

    [LoggerMessage(LogLevel.Information, "Waiting for {Resources}.")]
    public static partial void Waiting(ILogger logger, string resources);
}
