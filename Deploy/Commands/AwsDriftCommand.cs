using System.Collections.Immutable;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform aws drift</c>: what was changed by hand.</summary>
internal static class AwsDriftCommand
{
    public static Verb Verb(AwsOptions options) => new("drift", "Has CloudFormation compare what its stacks made with what is there. Exit code 0: nothing differs, 2: something does.")
    {
        Run = (parsed, screen, cancellationToken) =>
        {
            var input = options.Read(parsed);
            return Deadline.WithinAsync(input.Timeout, token => RunAsync(input, screen, token), cancellationToken);
        },
        Examples =
        [
            new Example("platform aws drift --environment production", "who changed what in the console"),
            new Example("platform aws drift -e production --output json", "in a nightly pipeline"),
        ],
    };

    private static async Task<int> RunAsync(AwsInput input, Screen screen, CancellationToken cancellationToken)
    {
        await using var opened = await OpenedEnvironment.OpenAsync(input, cancellationToken);
        ImmutableArray<StackDrift> stacks;
        using (Progress.Start(screen, TimeProvider.System, $"Comparing {opened.Names.Prefix} with what is there"))
        {
            stacks = await DriftCheck.ReadAsync(opened.Target, opened.Names, cancellationToken);
        }

        await screen.Out.WriteAsync(input.Output == AwsOutput.Json ? JsonResult.Of(json => DriftText.WriteTo(json, stacks), []) : DriftText.Render(stacks, new Palette(screen.Colours)));
        return stacks.Any(stack => stack.IsDrifted) ? ExitCode.Usage : ExitCode.Ok;
    }
}
