using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform aws outputs</c>: what the stacks of an environment tell.</summary>
internal static class AwsOutputsCommand
{
    public static Verb Verb(AwsOptions options) => new("outputs", "Shows the outputs of all stacks of an environment, from the account alone.")
    {
        Run = (parsed, screen, cancellationToken) =>
        {
            var input = options.Read(parsed);
            return Deadline.WithinAsync(input.Timeout, token => RunAsync(input, screen, token), cancellationToken);
        },
        Examples =
        [
            new Example("platform aws outputs --environment production", "a line each"),
            new Example("platform aws outputs -e production --output json", "for a script"),
        ],
    };

    private static async Task<int> RunAsync(AwsInput input, Screen screen, CancellationToken cancellationToken)
    {
        await using var opened = await OpenedEnvironment.OpenAsync(input, cancellationToken);
        var stacks = await EnvironmentStacks.ReadAsync(opened.Target, opened.Names, cancellationToken);
        await screen.Out.WriteAsync(input.Output == AwsOutput.Json ? JsonResult.Of(json => StatusText.WriteOutputs(json, stacks), []) : StatusText.Outputs(stacks, new Palette(screen.Colours)));
        return ExitCode.Ok;
    }
}
