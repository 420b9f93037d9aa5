using System.Collections.Immutable;
using System.CommandLine;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform aws plan</c>: what a deployment would do, and what that means.</summary>
internal static class AwsPlanCommand
{
    public static Verb Verb(AwsOptions options)
    {
        var allow = AllowReplace();
        var file = new Option<string?>("--output-file") { HelpName = "FILE", Description = "Also writes the plan into this file, for 'aws deploy --plan FILE'." };
        var images = new Option<bool>("--images") { Description = "Also builds the images, to say what would be sent of those that change. Without it they are known by their sources." };
        return new Verb("plan", "Shows what a deployment would change in AWS, its risks, its cost and how long it takes. Changes nothing.")
        {
            Options = { file, allow, images },
            Run = (parsed, screen, cancellationToken) =>
            {
                var input = options.Read(parsed);
                return Deadline.WithinAsync(input.Timeout, token => RunAsync(input, parsed.GetValue(file), parsed.GetValue(images), [.. parsed.GetValue(allow) ?? []], screen, token), cancellationToken);
            },
            Examples =
            [
                new Example("platform aws plan --environment production", "what would change, from the AppHost around here"),
                new Example("platform aws plan -e production --output-file plan.json", "and 'platform aws deploy --plan plan.json' does exactly that"),
                new Example("platform aws plan -e production --output markdown", "as a comment for a pull request"),
                new Example("platform aws plan --simulate", "against a simulated account, without credentials"),
            ],
        };
    }

    /// <summary>Of the verbs that change something.</summary>
    public static Option<string[]> AllowReplace() => new("--allow-replace")
    {
        HelpName = "NAME",
        Description = "Allows what the plan is refused for: the resource that is replaced or deleted, as the message names it. May be repeated.",
    };

    private static async Task<int> RunAsync(AwsInput input, string? file, bool withImages, ImmutableSortedSet<string> allowed, Screen screen, CancellationToken cancellationToken)
    {
        await using var opened = await OpenedEnvironment.OpenAsync(input, cancellationToken);
        var planned = await PlannedEnvironment.ReadAsync(opened, allowed, screen, cancellationToken);
        planned = withImages ? await planned.WithImagesAsync(allowed, screen, cancellationToken) : await planned.WithKnownImagesAsync(allowed, cancellationToken);

        await screen.Error.WriteAsync(RenderText.Notes(planned.Application.Notes.Select(note => (note.Text, note.Subject)), new Palette(screen.Colours)));
        await screen.Out.WriteAsync(Shown(planned, screen));
        if (!planned.Problems.IsEmpty)
        {
            throw new DeployException(planned.Problems);
        }

        if (file is not null)
        {
            await WriteAsync(file, input.Application.WorkingDirectory, planned.Plan, cancellationToken);
            await screen.Error.WriteLineAsync($"Written to {file}. Next: platform aws deploy --plan {file}");
        }

        return ExitCode.Ok;
    }

    /// <summary>The plan in the form that was asked for.</summary>
    public static string Shown(PlannedEnvironment planned, Screen screen) => planned.Opened.Input.Output switch
    {
        AwsOutput.Json => JsonResult.Of(
            json =>
            {
                json.WritePropertyName("plan");
                PlanFile.WriteTo(json, planned.Plan);
            },
            planned.Problems),
        AwsOutput.Markdown => PlanMarkdown.Render(planned.Plan),
        _ => PlanText.Render(planned.Plan, screen),
    };

    private static async Task WriteAsync(string file, string workingDirectory, Plan plan, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(Path.GetFullPath(file, workingDirectory), PlanFile.Write(plan), cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DeployException([PlanProblems.Unwritable(file, refused.Message)], refused);
        }
    }
}
