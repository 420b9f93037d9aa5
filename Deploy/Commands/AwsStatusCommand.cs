using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform aws status</c>: how an environment is.</summary>
internal static class AwsStatusCommand
{
    public static Verb Verb(AwsOptions options) => new("status", "Shows the stacks, the cluster and the records of an environment, from the account alone: no AppHost is built.")
    {
        Run = (parsed, screen, cancellationToken) =>
        {
            var input = options.Read(parsed);
            return Deadline.WithinAsync(input.Timeout, token => RunAsync(input, screen, token), cancellationToken);
        },
        Examples =
        [
            new Example("platform aws status --environment production", "from a checkout of the application"),
            new Example("platform aws status -e dev --set application=shop --region eu-central-1", "from anywhere"),
        ],
    };

    private static async Task<int> RunAsync(AwsInput input, Screen screen, CancellationToken cancellationToken)
    {
        await using var opened = await OpenedEnvironment.OpenAsync(input, cancellationToken);
        var status = await EnvironmentStatus.ReadAsync(opened.Target, opened.Names, cancellationToken);
        await screen.Out.WriteAsync(input.Output == AwsOutput.Json ? JsonResult.Of(json => StatusText.WriteTo(json, status), []) : StatusText.Render(status, new Palette(screen.Colours)));
        return ExitCode.Ok;
    }
}
