using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Rendering;

/// <summary>
/// The file by which a rendering is known again: <c>{ "format": 1, "files": [ PATH, … ] }</c>. What is in the folder and not in this list
/// is somebody else's and never touched.
/// </summary>
internal static class OutputMarker
{
    public const string FileName = ".platform-render.json";
    private const int Format = 1;

    public static ReadOnlyMemory<byte> Write(ArtifactTree tree) => JsonText.Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WriteStartArray("files");
        foreach (var file in tree.Files)
        {
            json.WriteStringValue(file.Path);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The files that the rendering in a folder wrote, itself included; null where the folder has no marker.</summary>
    public static ImmutableHashSet<string>? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path) || File.ResolveLinkTarget(path, returnFinalTarget: false) is not null)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var files = json.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetString() ?? "").Append(FileName).ToImmutableHashSet(StringComparer.Ordinal);
            return files.FirstOrDefault(file => !IsInside(file)) is { } outside ? throw new DeployException(RenderingProblems.BrokenMarker(path, $"'{outside}' is no path inside of the folder.")) : files;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new DeployException([RenderingProblems.BrokenMarker(path, exception.Message)], exception);
        }
    }

    // As we write them: parts with a slash between them. Of Windows come the other slash, drives, and streams behind a colon.
    private static bool IsInside(string file) => file.AsSpan().IndexOfAny('\\', ':', '\0') < 0 && file.Split('/').All(part => part is not ("" or "." or ".."));
}
