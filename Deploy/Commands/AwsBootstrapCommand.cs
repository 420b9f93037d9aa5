using System.Collections.Immutable;
using Platform.Deploy.Apply;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform aws bootstrap</c>: what an administrator does once, so that everybody else can deploy with few rights.</summary>
internal static class AwsBootstrapCommand
{
    public static Verb Verb(AwsOptions options)
    {
        var yes = AwsRun.Yes();
        var allow = AwsPlanCommand.AllowReplace();
        return new Verb("bootstrap", "Makes the roles that plan and deploy an environment, and their boundary. Once per account and environment, with the rights of an administrator.")
        {
            Options = { yes, allow },
            Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), new BootstrapInput(parsed.GetValue(yes), [.. parsed.GetValue(allow) ?? []]), screen, cancellationToken),
            Examples =
            [
                new Example("platform aws bootstrap --environment production --profile admin", "then everybody who may become the deployer can deploy"),
            ],
        };
    }

    private static async Task<int> RunAsync(AwsInput input, BootstrapInput asked, Screen screen, CancellationToken cancellationToken)
    {
        await using var opened = await OpenedEnvironment.OpenAsync(input, cancellationToken);
        using var run = AwsRun.Begin(opened, "bootstrap", screen);
        return await run.WithinAsync(async token =>
        {
            var planned = await PlannedEnvironment.ReadAsync(opened, asked.MayReplace, screen, token);
            var problems = planned.AdministratorProblems(asked.MayReplace);
            if (!problems.IsEmpty)
            {
                throw new DeployException(problems);
            }

            var stacks = planned.Plan.Stacks.Where(stack => stack.NeedsAdministrator).ToImmutableArray();
            var changed = stacks.Where(stack => stack.Action != StackAction.None).Select(stack => stack.Name).ToList();
            await screen.Error.WriteLineAsync(changed.Count == 0
                ? $"The roles of {opened.Names.Prefix} are as they should be."
                : $"Makes or changes, in account {opened.Target.Account}: {string.Join(", ", changed)}.");
            if (changed.Count > 0 && !asked.Yes && !await Confirmation.AskAsync(screen, $"Do this to account {opened.Target.Account}?", token))
            {
                await screen.Error.WriteLineAsync("Nothing was done.");
                return ExitCode.Ok;
            }

            var work = new DeployWork
            {
                Target = opened.Target,
                Model = planned.Model,
                Stacks = planned.Stacks,
                Plan = planned.Plan,
                Holder = run.Holder,
                MayReplace = asked.MayReplace,
                PushImagesAsync = null,
                OnlyAdministrators = true,
            };
            DeployResult result;
            using (var progress = run.Show($"Preparing account {opened.Target.Account} for {opened.Names.Prefix}", expected: TimeSpan.FromMinutes(2)))
            {
                result = await new DeployRun(work, progress).RunAsync(token);
            }

            await screen.Out.WriteAsync(DeployText.Prepared(planned.Plan, result, input.Output == AwsOutput.Json, screen));
            return ExitCode.Ok;
        }, cancellationToken);
    }
}

internal sealed record BootstrapInput(bool Yes, ImmutableSortedSet<string> MayReplace);
