using System.Text;

namespace Platform.Deploy.Rendering;

/// <summary>One file of a rendering.</summary>
/// <param name="Path">Relative to the output folder, with <c>/</c>; never a machine's own path.</param>
/// <param name="Write">Gives the content, the same one each time. Called when the file is written, on any thread.</param>
internal sealed record Artifact(string Path, Func<ReadOnlyMemory<byte>> Write)
{
    /// <summary>The manifest's resource that it is about; null where it is about all.</summary>
    public string? Resource { get; init; }

    /// <param name="path">Relative to the output folder.</param>
    /// <param name="text">With <c>\n</c> as the end of each line.</param>
    public static Artifact OfText(string path, string text) => new(path, () => Encoding.UTF8.GetBytes(text));
}
