using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Platform.Hosting.ApplicationModel;

/// <summary>Holds the console output of every resource, and what the host says about it.</summary>
/// <remarks>The last 10,000 lines of each instance are kept, over restarts.</remarks>
public sealed class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);

    internal ResourceLoggerService()
    {
    }

    /// <summary>A logger whose lines appear in the console log of a resource, in all its instances.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The logger.</returns>
    public ILogger GetLogger(IResource resource) => new ResourceLogger([.. ResourceInstancesAnnotation.IdsOf(resource).Select(Log)]);

    /// <summary>A logger whose lines appear in the console log of one instance of a resource.</summary>
    /// <param name="resourceName">The instance.</param>
    /// <returns>The logger.</returns>
    public ILogger GetLogger(string resourceName) => new ResourceLogger([Log(resourceName)]);

    /// <summary>Follows the console log of a resource: first what is kept, then what comes.</summary>
    /// <param name="resource">The resource; its first instance where it has several.</param>
    /// <returns>The lines, as they come.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(ResourceInstancesAnnotation.IdsOf(resource)[0]);

    /// <summary>Follows the console log of one instance of a resource: first what is kept, then what comes.</summary>
    /// <param name="resourceName">The instance.</param>
    /// <returns>The lines, as they come.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Log(resourceName).WatchAsync();

    /// <summary>What is kept of the console log of a resource.</summary>
    /// <param name="resource">The resource; its first instance where it has several.</param>
    /// <returns>The lines.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) => GetAllAsync(ResourceInstancesAnnotation.IdsOf(resource)[0]);

    /// <summary>What is kept of the console log of one instance of a resource.</summary>
    /// <param name="resourceName">The instance.</param>
    /// <returns>The lines.</returns>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        await Task.CompletedTask;
        yield return Log(resourceName).Kept();
    }

    /// <summary>Says that no more lines will come; those who follow are told.</summary>
    /// <param name="resource">The resource.</param>
    public void Complete(IResource resource)
    {
        foreach (var id in ResourceInstancesAnnotation.IdsOf(resource))
        {
            Complete(id);
        }
    }

    /// <summary>Says that no more lines will come; those who follow are told.</summary>
    /// <param name="name">The instance.</param>
    public void Complete(string name) => Log(name).Complete();

    internal void Append(string resourceId, string content, bool isError) => Log(resourceId).Append(content, isError);

    internal IReadOnlyList<LogLine> Tail(string resourceId, int lines) => [.. Log(resourceId).Kept().TakeLast(lines)];

    internal int LastNumber(string resourceId) => Log(resourceId).LastNumber;

    internal void CompleteAll()
    {
        foreach (var log in _logs.Values)
        {
            log.Complete();
        }
    }

    private ResourceLog Log(string resourceId) => _logs.GetOrAdd(resourceId, static _ => new ResourceLog());

    private sealed class ResourceLogger(IReadOnlyList<ResourceLog> logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            var content = exception is null ? text : $"{text}\n{exception}";
            foreach (var line in content.Split('\n'))
            {
                var stamped = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {line.TrimEnd('\r')}");
                foreach (var log in logs)
                {
                    log.Append(stamped, isError: logLevel >= LogLevel.Error);
                }
            }
        }
    }
}

/// <summary>One line of a console log.</summary>
/// <param name="LineNumber">Counts from 1.</param>
/// <param name="Content">The text; where its time is known it starts with it, in RFC 3339, and a space.</param>
/// <param name="IsErrorMessage">Whether it came from the standard error stream.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
