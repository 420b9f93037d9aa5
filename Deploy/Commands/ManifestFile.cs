using Platform.Deploy.Problems;

namespace Platform.Deploy.Commands;

/// <summary>The bytes of the manifest that the user means.</summary>
/// <param name="Bytes">As they stand in the file.</param>
/// <param name="Folder">Absolute path of the folder that its paths are relative to.</param>
internal sealed record ManifestFile(ReadOnlyMemory<byte> Bytes, string Folder)
{
    public static async Task<ManifestFile> ReadAsync(ApplicationInput input, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(input.Manifest ?? throw new DeployException(UsageProblems.Missing("--manifest", "platform render --help")), input.WorkingDirectory);
        return new ManifestFile(await File.ReadAllBytesAsync(path, cancellationToken), Path.GetDirectoryName(path) ?? path);
    }
}
