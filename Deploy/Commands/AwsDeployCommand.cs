using System.Collections.Immutable;
using System.CommandLine;
using Platform.Deploy.Apply;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform aws deploy</c>, and <c>platform aws</c> alone: plans, asks, does exactly that.</summary>
internal static class AwsDeployCommand
{
    public static Verb Verb(AwsOptions options)
    {
        var own = new DeployOptions();
        var verb = new Verb("deploy", "Shows the plan, asks, and carries it out: stacks side by side, images beside the cluster. Stopped or killed, the next run goes on.")
        {
            Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), own.Read(parsed), screen, cancellationToken),
            Examples =
            [
                new Example("platform aws deploy --environment staging", "shows what would be done, and asks"),
                new Example("platform aws deploy -e production --plan plan.json", "does what that plan says, or refuses where it holds no longer"),
                new Example("platform aws deploy -e staging --yes --output json", "in a pipeline: events as JSON lines on stderr, outputs as JSON on stdout"),
                new Example("platform aws deploy --simulate", "the whole of it against a simulated account"),
            ],
        };
        own.AddTo(verb);
        return verb;
    }

    public static async Task<int> RunAsync(AwsInput input, DeployInput asked, Screen screen, CancellationToken cancellationToken)
    {
        await using var opened = await OpenedEnvironment.OpenAsync(input, cancellationToken);
        using var run = AwsRun.Begin(opened, "deploy", screen);
        return await run.WithinAsync(async token =>
        {
            var planned = await PlannedEnvironment.ReadAsync(opened, asked.MayReplace, screen, token);
            planned = asked.WithoutImages ? planned : await planned.WithKnownImagesAsync(asked.MayReplace, token);
            if (!await AgreedAsync(planned, asked, input, screen, token))
            {
                await screen.Error.WriteLineAsync("Nothing was done.");
                return ExitCode.Ok;
            }

            var images = new DeployedImages(planned, asked.WithoutImages);
            var work = new DeployWork
            {
                Target = opened.Target,
                Model = planned.Model,
                Stacks = planned.Stacks,
                Plan = planned.Plan,
                Holder = run.Holder,
                MayReplace = asked.MayReplace,
                PushImagesAsync = images.PushAsync,
                ImageDigests = () => images.Digests,
            };
            DeployResult result;
            using (var progress = run.Show($"Deploying {opened.Names.Prefix} to {opened.Target.Region}", planned.Plan.IsEmpty ? null : planned.Plan.Expected))
            {
                result = await new DeployRun(work, progress).RunAsync(token);
            }

            await screen.Out.WriteAsync(DeployText.Render(planned.Plan, result, input.Output == AwsOutput.Json, screen));
            return ExitCode.Ok;
        }, cancellationToken);
    }

    /// <summary>Shows the plan and has it confirmed; a plan of a file was confirmed when it was made.</summary>
    private static async Task<bool> AgreedAsync(PlannedEnvironment planned, DeployInput asked, AwsInput input, Screen screen, CancellationToken cancellationToken)
    {
        var palette = new Palette(screen.Colours);
        await screen.Error.WriteAsync(RenderText.Notes(planned.Application.Notes.Select(note => (note.Text, note.Subject)), palette));
        if (input.Output != AwsOutput.Json)
        {
            await screen.Error.WriteAsync(PlanText.Render(planned.Plan, screen) + "\n");
        }

        if (!planned.Problems.IsEmpty)
        {
            throw new DeployException(planned.Problems);
        }

        if (asked.PlanFile is { } file)
        {
            var written = await ReadAsync(file, input.Application.WorkingDirectory, cancellationToken);
            var known = planned.Plan.Images.Where(image => image.Digest is not null).Select(image => image.Resource).ToHashSet(StringComparer.Ordinal);
            var now = written.Images.Any(image => image.Digest is not null && !known.Contains(image.Resource)) ? await planned.WithImagesAsync(asked.MayReplace, screen, cancellationToken) : planned;
            ImmutableArray<Problem> problems = [.. now.Problems, .. PlanFile.Compare(file, written, now.Plan)];
            return problems.IsEmpty ? true : throw new DeployException(problems);
        }

        return planned.Plan.IsEmpty || asked.Yes || await Confirmation.AskAsync(screen, $"Do this to {planned.Opened.Names.Prefix} in account {planned.Plan.Account}?", cancellationToken);
    }

    private static async Task<Plan> ReadAsync(string file, string workingDirectory, CancellationToken cancellationToken)
    {
        try
        {
            return PlanFile.Read(file, await File.ReadAllBytesAsync(Path.GetFullPath(file, workingDirectory), cancellationToken));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new DeployException([PlanProblems.FileMissing(file)], missing);
        }
    }
}

/// <param name="PlanFile">As written; null: the plan is made now.</param>
/// <param name="WithoutImages">Only the infrastructure.</param>
internal sealed record DeployInput(bool Yes, string? PlanFile, bool WithoutImages, ImmutableSortedSet<string> MayReplace);

/// <summary>The options of <c>deploy</c>, which <c>aws</c> alone has too.</summary>
internal sealed class DeployOptions
{
    private readonly Option<bool> _yes = AwsRun.Yes();

    private readonly Option<string?> _plan = new("--plan") { HelpName = "FILE", Description = "Carries out this plan of 'aws plan --output-file', or refuses where it holds no longer." };

    private readonly Option<bool> _withoutImages = new("--without-images") { Description = "Leaves the application's images out: the infrastructure alone." };

    private readonly Option<string[]> _mayReplace = AwsPlanCommand.AllowReplace();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _yes, _plan, _withoutImages, _mayReplace })
        {
            command.Options.Add(option);
        }
    }

    public DeployInput Read(ParseResult parsed) =>
        new(parsed.GetValue(_yes), parsed.GetValue(_plan), parsed.GetValue(_withoutImages), [.. parsed.GetValue(_mayReplace) ?? []]);
}
