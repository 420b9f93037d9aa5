using System.Collections.Immutable;
using Platform.Deploy.Problems;
using Platform.Deploy.Rendering;
using Platform.Deploy.Settings;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform render</c>: manifest and settings in, every artifact out, without any account.</summary>
internal static class RenderCommand
{
    public static Verb Verb()
    {
        var options = new RenderCommandLine();
        var verb = new Verb("render", "Writes everything that a deployment is made of into a folder, offline: CloudFormation templates, Kubernetes objects, kustomize overlays, compose.yaml.")
        {
            Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), screen, cancellationToken),
            Examples =
            [
                new Example("platform render --environment production -o out/", "what production would get, from the AppHost around here"),
                new Example("platform render --manifest aspire-manifest.json -e dev -e production", "two environments in one output, from a manifest"),
                new Example("platform render --diff out/", "what changed since; in a pipeline, exit code 2 says that something did"),
                new Example("platform render -e dev --allow-missing blobs --set edge.allowHttp=true", "without a resource that cannot be deployed, and with a setting"),
            ],
        };
        options.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(RenderOptions options, Screen screen, CancellationToken cancellationToken)
    {
        var output = options.CompareWith is null ? OutputFolder.Check(options.Output, options.Application.WorkingDirectory) : [];
        var application = await BoundApplication.ReadAsync(Compared(options), screen, cancellationToken);
        if (!options.Json && !application.Coverage.IsEmpty)
        {
            await screen.Out.WriteAsync(RenderText.Coverage(application.Coverage, screen));
        }

        await screen.Error.WriteAsync(RenderText.Notes(application.Notes.Select(note => (note.Text, note.Subject)), new Palette(screen.Colours)));
        ImmutableArray<EnvironmentRendering> environments = [.. application.Models.Select(EnvironmentRendering.Of)];
        var rendering = EnvironmentProblems.Of(environments.Select(environment => (environment.Name, environment.Stacks.Problems.AddRange(environment.Objects.Problems))));
        ImmutableArray<Problem> problems = [.. application.Problems, .. rendering, .. output];
        if (problems.Length > 0)
        {
            if (options.Json)
            {
                await screen.Out.WriteAsync(JsonResult.Of(json => CoverageReport.WriteTo(json, application.Coverage), problems));
            }

            throw new DeployException(problems);
        }

        var tree = ApplicationRendering.Files(environments, application.Coverage);
        return options.CompareWith is { } folder
            ? await CompareAsync(folder, options, tree, screen)
            : await WriteAsync(options, application, environments, tree, screen, cancellationToken);
    }

    // Who does not say which environments compares those of the rendering; one that is no more has lost its files.
    private static ApplicationInput Compared(RenderOptions options)
    {
        var input = options.Application;
        var rendered = options.CompareWith is { } folder ? Path.Combine(Path.GetFullPath(folder, input.WorkingDirectory), StackFiles.Folder) : "";
        if (!input.Environments.IsEmpty || !Directory.Exists(rendered))
        {
            return input;
        }

        var known = EnvironmentsReading.FolderOf(input, ApplicationSource.Folder(input)) is { } settings ? SettingsFiles.Names(settings) : [];
        return input with { Environments = [.. known.Where(name => Directory.Exists(Path.Combine(rendered, name)))] };
    }

    private static async Task<int> WriteAsync(
        RenderOptions options,
        BoundApplication application,
        ImmutableArray<EnvironmentRendering> environments,
        ArtifactTree tree,
        Screen screen,
        CancellationToken cancellationToken)
    {
        OutputFolder.Write(options.Output, options.Application.WorkingDirectory, tree, cancellationToken);
        await screen.Out.WriteAsync(options.Json
            ? JsonResult.Of(json => RenderText.WriteTo(json, options.Output, application.Coverage, tree), [])
            : RenderText.Written(options.Output, environments, tree, new Palette(screen.Colours)));
        return ExitCode.Ok;
    }

    private static async Task<int> CompareAsync(string folder, RenderOptions options, ArtifactTree tree, Screen screen)
    {
        var changes = RenderingDiff.Compare(folder, options.Application.WorkingDirectory, tree);
        await screen.Out.WriteAsync(options.Json ? JsonResult.Of(json => DiffText.WriteTo(json, changes), []) : DiffText.Render(folder, changes, new Palette(screen.Colours)));
        return changes.IsEmpty ? ExitCode.Ok : ExitCode.Usage;
    }
}
