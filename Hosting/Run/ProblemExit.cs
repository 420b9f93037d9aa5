using Platform.Hosting.Problems;

namespace Platform.Hosting.Run;

/// <summary>
/// Ends the process with a problem's text and exit code where the AppHost lets a <see cref="DistributedApplicationException"/> through:
/// its author wants to read what to mend, not a stack trace.
/// </summary>
internal static class ProblemExit
{
    private static int _installed;

    public static void Install()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 0)
        {
            AppDomain.CurrentDomain.UnhandledException += static (_, failure) =>
            {
                if (Find(failure.ExceptionObject as Exception) is { } problem)
                {
                    Console.Error.Write(ProblemText.Render(problem.Problems));
                    Environment.Exit(problem.ExitCode);
                }
            };
        }
    }

    private static DistributedApplicationException? Find(Exception? exception) => exception switch
    {
        null => null,
        DistributedApplicationException problem => problem,
        AggregateException { InnerExceptions: [var only] } => Find(only),
        _ => Find(exception.InnerException),
    };
}
