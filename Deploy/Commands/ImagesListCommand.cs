using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Platform.Deploy.Images;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform images list</c>.</summary>
internal static class ImagesListCommand
{
    private const int DefaultLimit = 5;

    public static Verb Verb()
    {
        var options = new ImageOptions();
        var limit = new Option<int?>("--limit")
        {
            HelpName = "N",
            Description = string.Create(CultureInfo.InvariantCulture, $"The most images of each resource, newest first. Default: {DefaultLimit}."),
        };
        var verb = new Verb("list", "Lists what the registry has of the application: tags, digest, age, and the size of each layer.")
        {
            Options = { limit },
            Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), parsed.GetValue(limit) ?? DefaultLimit, screen, cancellationToken),
            Examples =
            [
                new Example("platform images list --environment production", "the newest images in the environment's registry"),
                new Example("platform images list --only web --limit 20 --json", "more of one, for machines"),
            ],
        };
        options.AddTo(verb);
        return verb;
    }

    private static Task<int> RunAsync(ImageInput input, int limit, Screen screen, CancellationToken cancellationToken) =>
        ImagesCommand.RunAsync(input, screen, "Listing images", async session =>
        {
            var listing = new ImageListing(session.Tools.Client);
            var listed = ImmutableArray.CreateBuilder<(ListedImage Image, ScanFindings? Findings)>();
            foreach (var image in session.Order.Images)
            {
                foreach (var found in await listing.ReadAsync(image, session.Registry.Repository(image.Repository), limit, cancellationToken))
                {
                    listed.Add((found, await session.FindingsAsync(new PushedImage(found.Resource, found.Repository, found.Tags[0], found.Digest), cancellationToken)));
                }
            }

            return input.Json
                ? JsonResult.Of(json => ImagesText.WriteTo(json, listed), [])
                : ImagesText.Listed(listed, TimeProvider.System.GetUtcNow(), new Palette(screen.Colours));
        },
        cancellationToken);
}
