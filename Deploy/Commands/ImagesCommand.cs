using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform images</c>: the images of an application.</summary>
internal static class ImagesCommand
{
    public static Verb Verb()
    {
        var verb = new Verb("images", "Builds the images of an application and brings them into a registry, by digest; .NET projects need no container engine.")
        {
            Examples =
            [
                new Example("platform images build", "digest and tag of every image, pushed nowhere"),
                new Example("platform images push --registry localhost:5000", "into a registry of this machine"),
                new Example("platform images push --environment production --dry-run", "what would change in the environment's registry"),
            ],
        };
        verb.Subcommands.Add(ImagesBuildCommand.Verb());
        verb.Subcommands.Add(ImagesPushCommand.Verb());
        verb.Subcommands.Add(ImagesListCommand.Verb());
        verb.Subcommands.Add(ImagesUpdateBaseCommand.Verb());
        verb.Subcommands.Add(ImagesPromoteCommand.Verb());
        return verb;
    }

    /// <summary>Runs one of the verbs with its progress shown on stderr.</summary>
    public static async Task<int> RunAsync(ImageInput input, Screen screen, string doing, Func<ImageSession, Task<string>> run, CancellationToken cancellationToken)
    {
        string result;
        using (var line = Progress.Start(screen, TimeProvider.System, doing))
        {
            var progress = new ImageProgress(screen, line);
            using var session = await ImageSession.OpenAsync(input, screen, progress, progress, cancellationToken);
            result = await run(session);
        }

        await screen.Out.WriteAsync(result);
        return Problems.ExitCode.Ok;
    }
}
