using System.Text;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>A client and one repository of a registry.</summary>
internal sealed class Session : IDisposable
{
    public Session(RegistryProcess registry, RegistryCredential? credential = null, Func<HttpMessageHandler, HttpMessageHandler>? around = null, RegistryPolicy? policy = null)
    {
        Client = new RegistryClient(
            around?.Invoke(new SocketsHttpHandler()) ?? new SocketsHttpHandler(),
            (_, _) => Task.FromResult(credential),
            policy ?? RegistryPolicy.Default with { FirstDelay = TimeSpan.FromMilliseconds(10) },
            Events);
        Repository = new RepositoryAddress(registry.Host, "team/app");
    }

    public RecordedEvents Events { get; } = new();

    public RegistryClient Client { get; }

    public RepositoryAddress Repository { get; }

    /// <summary>Bytes that no compression makes shorter, always the same.</summary>
    public static byte[] Random(int length)
    {
        var bytes = new byte[length];
        var state = 88_172_645_463_325_252UL;
        for (var i = 0; i < length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            bytes[i] = (byte)state;
        }

        return bytes;
    }

    /// <summary>An image with one layer, whose content is a text, under the tag 1.0.</summary>
    public async Task<Digest> PushAsync(string text)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var upload = new BlobUpload(Client);
        var content = Encoding.UTF8.GetBytes(text);
        var config = "{}"u8.ToArray();
        foreach (var bytes in new[] { content, config })
        {
            await upload.SendAsync(Repository, new Descriptor(MediaTypes.Layer, Digest.Of(bytes), bytes.Length), at => new MemoryStream(bytes[(int)at..]), cancellationToken);
        }

        var manifest = StoredManifest.Of(new ImageManifest
        {
            MediaType = MediaTypes.Manifest,
            Config = new Descriptor(MediaTypes.Config, Digest.Of(config), config.Length),
            Layers = [new Descriptor(MediaTypes.Layer, Digest.Of(content), content.Length)],
        });
        await Client.PutManifestAsync(Repository, "1.0", manifest, cancellationToken);
        return manifest.Digest;
    }

    public void Dispose() => Client.Dispose();
}
