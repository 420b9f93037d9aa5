using System.Diagnostics;

namespace Platform.TestSupport;

/// <summary>Waits for a condition instead of sleeping; a deadline that passes fails the test and says what was waited for.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static Task TrueAsync(Func<bool> condition, TimeSpan deadline, string whatWeWaitFor) =>
        TrueAsync(_ => Task.FromResult(condition()), deadline, whatWeWaitFor);

    /// <param name="condition">Asked again and again; its token ends with the deadline or with the test.</param>
    /// <param name="deadline">How long to go on asking.</param>
    /// <param name="whatWeWaitFor">Ends the sentence "Waited 00:00:10 for …".</param>
    public static Task TrueAsync(Func<CancellationToken, Task<bool>> condition, TimeSpan deadline, string whatWeWaitFor) =>
        ValueAsync(async cancellationToken => await condition(cancellationToken) ? "" : null, deadline, whatWeWaitFor);

    /// <summary>Asks for a value until there is one; returns it.</summary>
    public static async Task<T> ValueAsync<T>(Func<CancellationToken, Task<T?>> ask, TimeSpan deadline, string whatWeWaitFor)
        where T : class
    {
        var test = TestContext.Current.CancellationToken;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(test);
        limit.CancelAfter(deadline);
        var started = Stopwatch.GetTimestamp();
        Exception? last = null;
        try
        {
            while (true)
            {
                try
                {
                    if (await ask(limit.Token) is { } value)
                    {
                        return value;
                    }

                    last = null;
                }
                catch (HttpRequestException refused)
                {
                    // A server that is still starting refuses connections: not yet, rather than a failure.
                    last = refused;
                }

                await Task.Delay(Interval, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!test.IsCancellationRequested && limit.IsCancellationRequested)
        {
            var reason = last is null ? "" : $" The last attempt said: {last.Message}";
            throw new TimeoutException($"Waited {Stopwatch.GetElapsedTime(started):g} for {whatWeWaitFor}.{reason}", last);
        }
    }
}
