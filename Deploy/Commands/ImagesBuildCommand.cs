using Platform.Deploy.Images;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform images build</c>.</summary>
internal static class ImagesBuildCommand
{
    public static Verb Verb()
    {
        var options = new ImageOptions();
        var verb = new Verb("build", "Builds the images and says their digests. Asks no registry but that of the base, and that once.")
        {
            Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), screen, cancellationToken),
            Examples =
            [
                new Example("platform images build --only web", "one image"),
                new Example("platform images build --environment production --architectures amd64", "with the settings of an environment, for one architecture"),
            ],
        };
        options.AddTo(verb);
        return verb;
    }

    private static Task<int> RunAsync(ImageInput input, Screen screen, CancellationToken cancellationToken) =>
        ImagesCommand.RunAsync(input, screen, "Building images", async session =>
        {
            using var workspace = await ImageWorkspace.OpenAsync(session.Order, cancellationToken);
            var built = await new ImageBuild(session.Tools).RunAsync(session.Order, workspace, cancellationToken);
            return input.Json ? JsonResult.Of(json => ImagesText.WriteTo(json, built), []) : ImagesText.Built(built, new Palette(screen.Colours));
        },
        cancellationToken);
}
