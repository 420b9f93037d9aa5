using System.Collections.Immutable;
using System.CommandLine;
using Platform.Deploy.Images;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform images build</c>.</summary>
internal static class ImagesBuildCommand
{
    public static Verb Verb()
    {
        var options = new ImageOptions();
        var load = new Option<bool>("--load") { Description = "Loads the images into Docker or Podman, under the names that compose.yaml of 'render' has. Default architecture: the engine's." };
        var archive = new Option<string?>("--archive") { HelpName = "DIR", Description = "Writes each image into this folder as a file for each architecture, which 'docker load' and skopeo read." };
        var verb = new Verb("build", "Builds the images and says their digests. Asks no registry but that of the base, and that once.")
        {
            Options = { load, archive },
            Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), parsed.GetValue(load), parsed.GetValue(archive), screen, cancellationToken),
            Examples =
            [
                new Example("platform images build --only web", "one image"),
                new Example("platform images build --environment production --architectures amd64", "with the settings of an environment, for one architecture"),
                new Example("platform images build --load", "into the container engine of this machine, for docker compose"),
            ],
        };
        options.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(ImageInput input, bool load, string? archiveFolder, Screen screen, CancellationToken cancellationToken)
    {
        // Asked first: building takes longer than to hear that there is none.
        var engine = load ? await ContainerEngine.FindAsync(input.Application.WorkingDirectory, cancellationToken) : null;
        var wanted = engine is not null && input.Architectures is null ? input with { Architectures = [engine.Architecture] } : input;
        var folder = archiveFolder is null ? null : Path.GetFullPath(archiveFolder, input.Application.WorkingDirectory);
        return await ImagesCommand.RunAsync(wanted with { IsLocal = true }, screen, "Building images", async session =>
        {
            using var workspace = await ImageWorkspace.OpenAsync(session.Order, cancellationToken);
            var stored = ImmutableArray.CreateBuilder<StoredImage>();
            foreach (var image in await new ImageBuild(session.Tools).RunAsync(session.Order, workspace, cancellationToken))
            {
                stored.Add(await new ImageArchives(session.Tools.Client, workspace).StoreAsync(image, folder, engine, cancellationToken));
            }

            return input.Json ? JsonResult.Of(json => ImagesText.WriteTo(json, stored), []) : ImagesText.Built(stored, new Palette(screen.Colours));
        },
        cancellationToken);
    }
}
