using System.Collections.Immutable;

namespace Platform.Deploy.Manifests;

/// <summary>A string of the manifest: literal text and expressions, in order. Neighbouring literals are one; an empty string has no parts.</summary>
internal sealed record ManifestText(ImmutableArray<ManifestTextPart> Parts)
{
    public bool Equals(ManifestText? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Length == 0 ? 0 : HashCode.Combine(Parts.Length, Parts[0], Parts[^1]);

    /// <summary>As the manifest has it.</summary>
    public override string ToString() => string.Concat(Parts);
}

/// <summary>A piece of a <see cref="ManifestText"/>.</summary>
internal abstract record ManifestTextPart
{
    private ManifestTextPart()
    {
    }

    public sealed record Literal(string Text) : ManifestTextPart
    {
        public override string ToString() => Text;
    }

    /// <summary><c>{RESOURCE.MEMBER…}</c>, such as <c>{cache.bindings.tcp.port}</c>.</summary>
    public sealed record Reference(string Resource, ImmutableArray<string> Members) : ManifestTextPart
    {
        public bool Equals(Reference? other) => other is not null && Resource == other.Resource && Members.SequenceEqual(other.Members);

        public override int GetHashCode() => HashCode.Combine(Resource, Members.Length, Members[^1]);

        public override string ToString() => $"{{{Resource}.{string.Join('.', Members)}}}";
    }
}
