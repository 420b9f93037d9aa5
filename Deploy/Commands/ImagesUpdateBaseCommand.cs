using Platform.Deploy.Images;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform images update-base</c>.</summary>
internal static class ImagesUpdateBaseCommand
{
    public static Verb Verb()
    {
        var options = new ImageOptions();
        var verb = new Verb("update-base", $"Asks the registries what the names of bases and other people's images stand for now, and writes it into {ImageLock.FileName}.")
        {
            Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), screen, cancellationToken),
            Examples = [new Example("platform images update-base", "then commit the file: every build takes those images until the next update")],
        };
        options.AddTo(verb);
        return verb;
    }

    private static Task<int> RunAsync(ImageInput input, Screen screen, CancellationToken cancellationToken) =>
        ImagesCommand.RunAsync(input with { IsLocal = true }, screen, "Resolving images", async session =>
        {
            var references = session.Model.OtherImages.Append(session.Model.Settings.Images.BaseImage);
            var changes = await new ImageLocking(session.Tools.Client, session.Tools.Progress).UpdateAsync(references, session.Order.LockFile, cancellationToken);
            return input.Json ? JsonResult.Of(json => ImagesText.WriteTo(json, changes), []) : ImagesText.Locked(changes, new Palette(screen.Colours));
        },
        cancellationToken);
}
