using Platform.Deploy.Commands;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>The command line inside the process of the test, with what it wrote.</summary>
internal sealed record PlatformCommand(int ExitCode, string Out, string Error)
{
    public static async Task<PlatformCommand> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var screen = new Screen(output, error) { Tables = false, Live = false, Colours = false, Width = 120 };
        int exitCode;
        try
        {
            exitCode = await CommandLine.RunAsync(arguments, screen, TestContext.Current.CancellationToken);
        }
        catch (DeployException exception)
        {
            await error.WriteAsync(ProblemText.Render(exception.Problems, new Palette(Colours: false)));
            exitCode = exception.ExitCode;
        }

        return new PlatformCommand(exitCode, output.ToString(), error.ToString());
    }
}
