using Platform.Deploy.Commands;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

var screen = Screen.OfProcess();
using var interrupt = new Interrupt(screen);
try
{
    return await CommandLine.RunAsync(args, screen, interrupt.Token);
}
catch (DeployException exception)
{
    await screen.Error.WriteAsync(ProblemText.Render(exception.Problems, new Palette(screen.Colours)));
    return exception.ExitCode;
}
catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
{
    return ExitCode.Cancelled;
}
#pragma warning disable CA1031 // Whatever else comes is a bug, and ends here with all that is known of it.
catch (Exception bug)
#pragma warning restore CA1031
{
    await screen.Error.WriteLineAsync($"This is a bug of platform, not of your application. Report it with these lines:\n{bug}");
    return ExitCode.Bug;
}
