using Microsoft.Extensions.Logging;

namespace Platform.EndToEnd.Tests;

internal static partial class Greeting
{
    [LoggerMessage(LogLevel.Information, "Hello from {Name}")]
    public static partial void LogGreeting(this ILogger logger, string name);
}
