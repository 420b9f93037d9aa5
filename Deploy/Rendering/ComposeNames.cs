using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>Names and texts of <c>compose.yaml</c>.</summary>
internal static class ComposeNames
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Volume(Workload workload, VolumeModel volume) => $"{workload.Name}-{volume.Name}";

    public static string BuildSecret(ImageModel image, string secret) => Names.Label($"{image.Resource}-{secret}");

    /// <summary>The service that holds a workload back until what it waits for takes connections.</summary>
    public static string Gate(string workload) => $"{workload}.gate";

    /// <summary>The service that listens on the ports that others use, where the container listens on other ones.</summary>
    public static string Ports(string workload) => $"{workload}.ports";

    /// <summary>Name of a variable of the environment of whoever runs compose: <c>db-password</c> is <c>DB_PASSWORD</c>.</summary>
    public static string Variable(string name) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_'));

    /// <summary>With the dollar signs doubled, so that compose replaces nothing in it.</summary>
    public static string Escaped(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>A value as compose reads it: what is not known here is a variable that compose refuses to start without.</summary>
    public static string Text(Value value) => string.Concat(value.Flat.Select(part => part switch
    {
        Value.Literal literal => Escaped(literal.Text),
        Value.Secret secret => $"${{{Variable(secret.Key)}:?a secret}}",
        Value.Late late => $"${{{Variable($"{late.Source.Stack}_{late.Source.Output}")}:?an output of the stack {late.Source.Stack}}}",
        _ => "",
    }));

    /// <summary>Null where the bytes are no UTF-8.</summary>
    public static string? Utf8(ImmutableArray<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes.AsSpan());
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>A file of the application's source that a container reads, as a config of compose; files that are no text are left out.</summary>
internal sealed record ComposeFile(string Name, string Target, string Content)
{
    public static IEnumerable<ComposeFile> Of(Workload workload) =>
        from mount in workload.Files
        from file in mount.Files
        let content = ComposeNames.Utf8(file.Value)
        where content is not null
        select new ComposeFile(
            file.Key.Length == 0 ? $"{workload.Name}-{mount.Name}" : $"{workload.Name}-{mount.Name}-{Names.Hash(file.Key)}",
            file.Key.Length == 0 ? mount.MountPath : $"{mount.MountPath.TrimEnd('/')}/{file.Key}",
            content);
}
