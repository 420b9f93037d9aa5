using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform aws outputs</c>: what the stacks of an environment tell.</summary>
internal static class AwsOutputsCommand
{
    public static Verb Verb(AwsOptions options) => new("outputs", "Shows the outputs of all stacks of an environment, from the account alone.")
    {
        Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), screen, cancellationToken),
        Examples =
        [
            new Example("platform aws outputs --environment production", "a line each"),
            new Example("platform aws outputs -e production --output json", "for a script"),
        ],
    };

    private static async Task<int> RunAsync(AwsInput input, Screen screen, CancellationToken cancellationToken)
    {
        using var limit = Deadline.Of(input.Timeout, cancellationToken);
        using var opened = await OpenedEnvironment.OpenAsync(input, limit.Token);
        var stacks = await EnvironmentStacks.ReadAsync(opened.Target, opened.Names, limit.Token);
        await screen.Out.WriteAsync(input.Output == AwsOutput.Json ? JsonResult.Of(json => StatusText.WriteOutputs(json, stacks), []) : StatusText.Outputs(stacks, new Palette(screen.Colours)));
        return ExitCode.Ok;
    }
}
