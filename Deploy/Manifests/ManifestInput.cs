namespace Platform.Deploy.Manifests;

/// <summary>The bytes of a manifest, and where it belongs.</summary>
/// <param name="Utf8">The file.</param>
/// <param name="Folder">Absolute path of the folder that it belongs to: the AppHost's, or its own.</param>
/// <param name="WrittenIn">Absolute path of the folder that its paths are relative to: another one where an AppHost wrote it on the side.</param>
internal sealed record ManifestInput(ReadOnlyMemory<byte> Utf8, string Folder, string WrittenIn);
