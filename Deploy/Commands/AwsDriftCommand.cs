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
        Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), screen, cancellationToken),
        Examples =
        [
            new Example("platform aws drift --environment production", "who changed what in the console"),
            new Example("platform aws drift -e production --output json", "in a nightly pipeline"),
        ],
    };

    private static async Task<int> RunAsync(AwsInput input, Screen screen, CancellationToken cancellationToken)
    {
        using var limit = Deadline.Of(input.Timeout, cancellationToken);
        using var opened = await OpenedEnvironment.OpenAsync(input, limit.Token);
        ImmutableArray<StackDrift> stacks;
        using (Progress.Start(screen, TimeProvider.System, $"Comparing {opened.Names.Prefix} with what is there"))
        {
            stacks = await DriftCheck.ReadAsync(opened.Target, opened.Names, limit.Token);
        }

        await screen.Out.WriteAsync(input.Output == AwsOutput.Json ? JsonResult.Of(json => DriftText.WriteTo(json, stacks), []) : DriftText.Render(stacks, new Palette(screen.Colours)));
        return stacks.Any(stack => stack.IsDrifted) ? ExitCode.Usage : ExitCode.Ok;
    }
}
