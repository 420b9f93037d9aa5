using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Registries;

/// <summary>Brings a blob onto this machine and proves that it is the one that was asked for.</summary>
internal sealed class BlobDownload(RegistryClient client)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>A small blob, such as the config of an image.</summary>
    public async Task<byte[]> ReadAsync(RepositoryAddress repository, Descriptor blob, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await ReadAsync(repository, blob, content, cancellationToken);
        return content.ToArray();
    }

    /// <summary>Writes the blob to a file that appears when it is whole; nothing happens where the file is there and is what it should be.</summary>
    /// <exception cref="IOException">The file cannot be written, for want of room say.</exception>
    public async Task SaveAsync(RepositoryAddress repository, Descriptor blob, string path, CancellationToken cancellationToken)
    {
        if (await IsThereAsync(path, blob, cancellationToken))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
        var part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0))
            {
                await ReadAsync(repository, blob, file, cancellationToken);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task<bool> IsThereAsync(string path, Descriptor blob, CancellationToken cancellationToken)
    {
        if (new FileInfo(path) is not { Exists: true } file || file.Length != blob.Size)
        {
            return false;
        }

        await using var content = file.OpenRead();
        return Digest.OfHash(await SHA256.HashDataAsync(content, cancellationToken)) == blob.Digest;
    }

    private async Task ReadAsync(RepositoryAddress repository, Descriptor blob, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var failures = 0;
        while (true)
        {
            var before = target.Length;
            try
            {
                await PieceAsync(repository, blob, target, hash, cancellationToken);
                break;
            }
            catch (Exception failure) when (failure is BrokenTransferException)
            {
                failures = target.Length > before ? 1 : failures + 1;
                if (failures >= client.Policy.Attempts)
                {
                    throw new DeployException([RegistryProblems.Unreachable(client.Address(repository, "blobs/"), failure)], failure);
                }

                await client.Sender.PauseAsync(repository.Host, failure.Message, failures, asked: null, cancellationToken);
            }
        }

        var found = Digest.OfHash(hash.GetHashAndReset());
        if (found != blob.Digest)
        {
            throw new DeployException(RegistryProblems.Corrupted(repository, blob.Digest, found));
        }
    }

    // From where the target ends, as far as the connection holds.
    private async Task PieceAsync(RepositoryAddress repository, Descriptor blob, Stream target, IncrementalHash hash, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(repository, RegistryClient.Reading(repository), Get, client.Policy.Small with { Whole = null }, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new DeployException(RegistryProblems.NoBlob(repository, blob.Digest));
        }

        await RegistryClient.ExpectAsync(response, repository, RegistryAction.ReadBlob, cancellationToken);
        if (response.StatusCode != HttpStatusCode.PartialContent && target.Length > 0)
        {
            // It does not know ranges: from the beginning.
            hash.GetHashAndReset();
            target.SetLength(0);
        }

        using var deadline = new CancellationTokenSource(client.Policy.Limit(blob.Size), client.Policy.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var buffer = new byte[BufferSize];
        await using var source = await response.Content.ReadAsStreamAsync(both.Token);
        while (target.Length < blob.Size)
        {
            var read = await OnceAsync(source, buffer, both.Token, cancellationToken);
            if (target.Length + read > blob.Size)
            {
                throw new DeployException(RegistryProblems.Corrupted(repository, blob.Digest, Digest.Of(buffer.AsSpan(0, read))));
            }

            hash.AppendData(buffer.AsSpan(0, read));
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            client.Progress.Report(new RegistryEvent.Received(repository, blob.Digest, read));
        }

        HttpRequestMessage Get()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, client.Address(repository, $"blobs/{blob.Digest}"));
            if (target.Length > 0)
            {
                request.Headers.Range = new RangeHeaderValue(target.Length, null);
            }

            return request;
        }
    }

    private static async Task<int> OnceAsync(Stream source, byte[] buffer, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, limit) is var read and > 0 ? read : throw new BrokenTransferException("The connection ended in the middle of a blob.", null);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new BrokenTransferException(failure.Message, failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokenTransferException("The transfer was too slow.", late);
        }
    }

    // Tells a broken connection from a disk that is full: both are an IOException.
    private sealed class BrokenTransferException(string message, Exception? inner) : Exception(message, inner);
}
