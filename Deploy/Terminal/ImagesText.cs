using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Deploy.Images;

namespace Platform.Deploy.Terminal;

/// <summary>What the verbs of <c>images</c> print.</summary>
internal static class ImagesText
{
    public static string Built(IEnumerable<StoredImage> images, Palette palette) => Table(
        images.Select(stored => new[]
        {
            stored.Image.Resource,
            stored.Image.Tag,
            stored.Image.Digest.ToString(),
            string.Join(", ", stored.Image.Platforms.Select(platform => platform.Platform)),
            stored.LoadedAs is null ? "" : $"loaded as {stored.LoadedAs}",
            string.Join(", ", stored.Archives),
        }),
        palette);

    /// <summary>References that a deployment can take, one a line, with what happened.</summary>
    public static string Pushed(ImageResults results, Palette palette) =>
        Table(
            results.Images.Select(pushed => new[]
            {
                pushed.Image.Resource, pushed.Image.Reference, pushed.Image.Tag, pushed.BytesSent == 0 ? "unchanged" : $"{Size(pushed.BytesSent)} sent",
            }),
            palette)
        + Table(results.Others.Select(image => new[] { image.Reference, image.Pinned }), palette);

    public static string Planned(ImageComparison comparison, Palette palette) =>
        Table(
            comparison.Images.Select(change => new[]
            {
                change.Image.Resource,
                change.Image.Reference,
                change.Image.Tag,
                change.IsUnchanged ? "unchanged" : $"new, {Size(change.BytesToSend)} to send",
                change.Findings is null ? "" : $"vulnerabilities: {change.Findings.Text}",
            }),
            palette)
        + Table(comparison.Others.Select(change => new[] { change.Image.Reference, change.Image.Pinned, change.IsToCopy ? "to copy" : "" }), palette);

    public static string Locked(IEnumerable<LockChange> changes, Palette palette) => Table(
        changes.Select(change => new[]
        {
            change.Reference,
            change.After.ToString(),
            change.Before is null ? "new" : change.Before == change.After ? "unchanged" : $"was {change.Before.Short}",
        }),
        palette);

    /// <summary>An image a paragraph: names, digest, age, and its layers for each platform.</summary>
    public static string Listed(IEnumerable<(ListedImage Image, ScanFindings? Findings)> images, DateTimeOffset now, Palette palette)
    {
        var text = new StringBuilder();
        foreach (var (image, findings) in images)
        {
            _ = text.Append(palette.Strong(image.Resource)).Append("  ").AppendJoin(", ", image.Tags).Append("  ").Append(image.Digest)
                .Append(image.Created is { } created ? $"  {Age(now - created)}" : "").Append(findings is null ? "" : $"  vulnerabilities: {findings.Text}").Append('\n');
            foreach (var platform in image.Platforms)
            {
                var layers = platform.Layers.GroupBy(layer => layer.Name, StringComparer.Ordinal).Select(group => $"{group.Key} {string.Join(" + ", group.Select(layer => Size(layer.Size)))}");
                _ = text.Append(palette.Quiet($"  {platform.Name}  {Size(platform.Layers.Sum(layer => layer.Size))}: {string.Join(", ", layers)}")).Append('\n');
            }
        }

        return text.ToString();
    }

    public static void WriteTo(Utf8JsonWriter json, ImageResults results) => WriteTo(
        json, results.Images.Select(result => (result.Image, result.BytesSent == 0, result.BytesSent, default(ScanFindings))), results.Others);

    public static void WriteTo(Utf8JsonWriter json, ImageComparison comparison) => WriteTo(
        json,
        comparison.Images.Select(change => (change.Image, change.IsUnchanged, change.BytesToSend, change.Findings)),
        comparison.Others.Select(change => change.Image));

    private static void WriteTo(Utf8JsonWriter json, IEnumerable<(PushedImage Image, bool Unchanged, long Bytes, ScanFindings? Findings)> images, IEnumerable<PinnedImage> others)
    {
        json.WriteStartArray("images");
        foreach (var (image, unchanged, bytes, findings) in images)
        {
            json.WriteStartObject();
            WriteName(json, image);
            json.WriteBoolean("unchanged", unchanged);
            json.WriteNumber("bytes", bytes);
            Write(json, findings);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("others");
        foreach (var other in others)
        {
            json.WriteStartObject();
            json.WriteString("image", other.Reference);
            json.WriteString("reference", other.Pinned);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteTo(Utf8JsonWriter json, IEnumerable<StoredImage> images)
    {
        json.WriteStartArray("images");
        foreach (var (image, archives, loadedAs) in images)
        {
            json.WriteStartObject();
            json.WriteString("resource", image.Resource);
            json.WriteString("repository", image.Repository);
            json.WriteString("tag", image.Tag);
            json.WriteString("digest", image.Digest.ToString());
            json.WriteStartArray("platforms");
            foreach (var platform in image.Platforms)
            {
                json.WriteStringValue(platform.Platform.ToString());
            }

            json.WriteEndArray();
            if (loadedAs is not null)
            {
                json.WriteString("loadedAs", loadedAs);
            }

            if (!archives.IsEmpty)
            {
                json.WriteStartArray("archives");
                archives.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteTo(Utf8JsonWriter json, IEnumerable<(ListedImage Image, ScanFindings? Findings)> images)
    {
        json.WriteStartArray("images");
        foreach (var (image, findings) in images)
        {
            json.WriteStartObject();
            WriteName(json, new PushedImage(image.Resource, image.Repository, image.Tags[0], image.Digest));
            json.WriteStartArray("tags");
            image.Tags.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteString("created", image.Created?.ToString("o", CultureInfo.InvariantCulture));
            Write(json, findings);
            json.WriteStartArray("platforms");
            foreach (var platform in image.Platforms)
            {
                json.WriteStartObject();
                json.WriteString("platform", platform.Name);
                json.WriteStartArray("layers");
                foreach (var (name, size) in platform.Layers)
                {
                    json.WriteStartObject();
                    json.WriteString("name", name);
                    json.WriteNumber("bytes", size);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteTo(Utf8JsonWriter json, IEnumerable<LockChange> changes)
    {
        json.WriteStartArray("images");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("image", change.Reference);
            json.WriteString("before", change.Before?.ToString());
            json.WriteString("after", change.After.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    private static string Age(TimeSpan age) => age.TotalDays >= 2 ? $"{(int)age.TotalDays} days old"
        : age.TotalHours >= 2 ? $"{(int)age.TotalHours} hours old"
        : $"{Math.Max(0, (int)age.TotalMinutes)} minutes old";

    private static void WriteName(Utf8JsonWriter json, PushedImage image)
    {
        json.WriteString("resource", image.Resource);
        json.WriteString("repository", image.Repository.ToString());
        json.WriteString("tag", image.Tag);
        json.WriteString("digest", image.Digest.ToString());
        json.WriteString("reference", image.Reference);
    }

    private static void Write(Utf8JsonWriter json, ScanFindings? findings)
    {
        if (findings is null)
        {
            return;
        }

        json.WriteStartObject("findings");
        foreach (var (severity, count) in findings.BySeverity)
        {
            json.WriteNumber(severity.ToLowerInvariant(), count);
        }

        json.WriteEndObject();
    }

    // Columns as wide as their widest cell; the first stands out.
    private static string Table(IEnumerable<string[]> rows, Palette palette)
    {
        var all = rows.ToList();
        var text = new StringBuilder();
        foreach (var row in all)
        {
            var cells = row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadRight(all.Max(other => other[column].Length))).ToList();
            cells[0] = palette.Strong(cells[0]);
            _ = text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
