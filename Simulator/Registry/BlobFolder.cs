using System.Buffers;
using System.Security.Cryptography;

namespace Platform.Simulator.Registry;

/// <summary>
/// The contents of a registry as files: <c>blobs/HEX</c> once for all repositories, <c>repositories/NAME/_blobs/HEX</c> for each that a repository has,
/// <c>uploads/ID</c> for those that are on their way.
/// </summary>
internal sealed class BlobFolder(string root)
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Where it is.</summary>
    public string Root => root;

#pragma warning disable CA3003 // As LinkOf says.
    /// <summary>Null where the repository does not have it.</summary>
    /// <param name="repository">One that the account has.</param>
    /// <param name="digest">Such as <c>sha256:0123…</c>.</param>
    public FileInfo? Find(string repository, string digest) =>
        HexOf(digest) is { } hex && File.Exists(LinkOf(repository, hex)) && new FileInfo(BlobOf(hex)) is { Exists: true } blob ? blob : null;
#pragma warning restore CA3003

    /// <summary>Has a repository take a blob of another one.</summary>
    /// <returns>Whether that one has it.</returns>
    public bool Mount(string repository, string digest, string from)
    {
        if (Find(from, digest) is null || HexOf(digest) is not { } hex)
        {
            return false;
        }

        Link(repository, hex);
        return true;
    }

    public void BeginUpload(string upload)
    {
        Directory.CreateDirectory(Path.Combine(root, "uploads"));
        File.WriteAllBytes(UploadOf(upload), []);
    }

    /// <summary>How much of an upload is there; null: there is no such upload.</summary>
    public long? LengthOf(string upload) => new FileInfo(UploadOf(upload)) is { Exists: true, Length: var length } ? length : null;

    /// <summary>Adds to its end what comes.</summary>
    public async Task AppendAsync(string upload, Stream content, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(UploadOf(upload), FileMode.Append, FileAccess.Write, FileShare.Read);
        await content.CopyToAsync(file, 128 * 1024, cancellationToken);
    }

    /// <summary>Makes a blob of an upload.</summary>
    /// <returns>Whether it is what it should be; it is thrown away where it is not.</returns>
    public async Task<bool> FinishAsync(string repository, string upload, string digest, CancellationToken cancellationToken)
    {
        var file = UploadOf(upload);
        string found;
        await using (var stream = File.OpenRead(file))
        {
            found = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        }

        if (found != HexOf(digest))
        {
            File.Delete(file);
            return false;
        }

        Directory.CreateDirectory(Path.Combine(root, "blobs"));
        File.Move(file, BlobOf(found), overwrite: true);
        Link(repository, found);
        return true;
    }

    public void Discard(string upload) => File.Delete(UploadOf(upload));

    /// <summary>Keeps a manifest.</summary>
    /// <returns>Its digest.</returns>
    public string Add(string repository, byte[] content)
    {
        var hex = Convert.ToHexStringLower(SHA256.HashData(content));
        Directory.CreateDirectory(Path.Combine(root, "blobs"));
        var beside = $"{BlobOf(hex)}.{Environment.ProcessId}.new";
        File.WriteAllBytes(beside, content);
        File.Move(beside, BlobOf(hex), overwrite: true);
        Link(repository, hex);
        return $"sha256:{hex}";
    }

    // Repositories are those that the account has, digests are hexadecimal digits, uploads are GUIDs: none leads out of the folder.
    private string UploadOf(string upload) => Path.Combine(root, "uploads", Guid.TryParse(upload, out var id) ? id.ToString("D") : "none");

    private string BlobOf(string hex) => Path.Combine(root, "blobs", hex);

    private string LinkOf(string repository, string hex) => Path.Combine(root, "repositories", repository, "_blobs", hex);

    private void Link(string repository, string hex)
    {
        var link = LinkOf(repository, hex);
        Directory.CreateDirectory(Path.GetDirectoryName(link) ?? root);
        File.WriteAllBytes(link, []);
    }

    private static string? HexOf(string digest) =>
        digest.StartsWith("sha256:", StringComparison.Ordinal) && digest.Length == 71 && digest.AsSpan(7).IndexOfAnyExcept(Digits) < 0 ? digest[7..] : null;
}
