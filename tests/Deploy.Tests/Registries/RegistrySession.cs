using System.Collections.Concurrent;
using Platform.Deploy.Model;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Registries;

/// <summary>A client of a registry in memory, one repository of it, and everything that happened.</summary>
internal sealed class RegistrySession : IProgress<RegistryEvent>, IDisposable
{
    private readonly ConcurrentQueue<RegistryEvent> _events = new();

    public RegistrySession(FakeRegistry registry, string host = "registry.example", PromptTime? time = null)
    {
        Registry = registry;
        Time = time ?? new PromptTime();
        Repository = new RepositoryAddress(host, "team/app");
        Client = new RegistryClient(registry, (_, _) => Task.FromResult<RegistryCredential?>(Credential), RegistryPolicy.Default with { Clock = Time }, this);
    }

    public static RegistryCredential Known { get; } = new RegistryCredential.Password("AWS", new SecretText("correct horse"));

    public FakeRegistry Registry { get; }

    public PromptTime Time { get; }

    public RegistryCredential? Credential { get; set; } = Known;

    public RegistryClient Client { get; }

    public RepositoryAddress Repository { get; }

    public IEnumerable<RegistryEvent> Events => _events;

    public BlobUpload Upload => new(Client);

    public BlobDownload Download => new(Client);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Report(RegistryEvent value) => _events.Enqueue(value);

    public void Dispose() => Client.Dispose();

    /// <summary>Bytes that no compression makes shorter, always the same.</summary>
    public static byte[] Content(int length)
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

    public static Descriptor Layer(byte[] content) => new(MediaTypes.LayerGzip, Digest.Of(content), content.Length);

    public Task SendAsync(byte[] content) => Upload.SendAsync(Repository, Layer(content), at => new MemoryStream(content[(int)at..]), Token);

    /// <summary>The one problem that sending ends with.</summary>
    public static async Task<Problem> ProblemAsync(Func<Task> act)
    {
        var failure = await Assert.ThrowsAsync<DeployException>(act);
        return Assert.Single(failure.Problems);
    }
}
