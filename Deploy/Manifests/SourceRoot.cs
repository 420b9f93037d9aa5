namespace Platform.Deploy.Manifests;

/// <summary>The folder that nothing is read from the outside of, whatever a manifest says.</summary>
/// <param name="Folder">Absolute.</param>
internal sealed record SourceRoot(string Folder);
