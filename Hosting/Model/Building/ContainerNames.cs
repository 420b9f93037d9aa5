using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting;

/// <summary>Makes names of volumes.</summary>
public static class VolumeNameGenerator
{
    /// <summary>A name that stays the same from run to run and differs between applications.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="suffix">What the volume holds.</param>
    /// <returns>The name.</returns>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix)
        where T : IResource
    {
        var application = Path.GetFileName(Path.TrimEndingDirectorySeparator(builder.ApplicationBuilder.AppHostDirectory));
        var safe = string.Concat(application.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '-'));
        return $"{safe.TrimStart('-', '_', '.')}-{builder.Resource.Name}-{suffix}".ToLowerInvariant();
    }
}

/// <summary>Takes the text of an image apart.</summary>
internal static class ImageReference
{
    // [registry/]image[:tag][@sha256:digest]; the part before the first slash is a registry if it has a dot or a port, or is localhost.
    public static ContainerImageAnnotation Parse(string text)
    {
        var rest = text;
        string? digest = null;
        if (rest.IndexOf("@sha256:", StringComparison.Ordinal) is var at and >= 0)
        {
            digest = rest[(at + "@sha256:".Length)..];
            rest = rest[..at];
        }

        string? tag = null;
        var colon = rest.LastIndexOf(':');
        if (colon > rest.LastIndexOf('/'))
        {
            tag = rest[(colon + 1)..];
            rest = rest[..colon];
        }

        string? registry = null;
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && (rest[..slash].AsSpan().IndexOfAny('.', ':') >= 0 || rest[..slash] == "localhost"))
        {
            registry = rest[..slash];
            rest = rest[(slash + 1)..];
        }

        return new ContainerImageAnnotation { Registry = registry, Image = rest, Tag = digest is null ? tag : null, SHA256 = digest };
    }
}

/// <summary>Where well-known images keep their data.</summary>
internal static class DataDirectories
{
    public static string? Of(ContainerImageAnnotation? image) => image?.Image.Split('/')[^1] switch
    {
        // From 18 on the image keeps one folder a version below this one.
        "postgres" => MajorVersion(image) is >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data",
        "redis" or "valkey" or "garnet" => "/data",
        "mysql" or "mariadb" => "/var/lib/mysql",
        "mongo" => "/data/db",
        "rabbitmq" => "/var/lib/rabbitmq",
        "server" when image.Image.EndsWith("mssql/server", StringComparison.Ordinal) => "/var/opt/mssql",
        "nats" => "/var/lib/nats",
        "qdrant" => "/qdrant/storage",
        "elasticsearch" => "/usr/share/elasticsearch/data",
        "seq" => "/data",
        _ => null,
    };

    private static int? MajorVersion(ContainerImageAnnotation image) =>
        int.TryParse(new string([.. (image.Tag ?? "").TakeWhile(char.IsAsciiDigit)]), out var version) ? version : null;
}

/// <summary>The image of <c>WithDataVolume</c> is none of those whose data directory is known.</summary>
internal sealed record UnknownDataDirectoryAnnotation : IResourceAnnotation;
