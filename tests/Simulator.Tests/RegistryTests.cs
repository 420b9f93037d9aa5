using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Commands;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;
using Platform.Simulator.Faults;

namespace Platform.Simulator.Tests;

/// <summary>The registry, through Deploy's own client, under the name that ECR has.</summary>
public sealed class RegistryTests
{
    private const string Host = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
    private static readonly RepositoryAddress Web = new(Host, "shop/web");
    private static readonly RepositoryAddress Worker = new(Host, "shop/worker");
    private static readonly byte[] Layer = RandomBytes(300_000);
    private static readonly byte[] Config = "{}"u8.ToArray();

    [Fact]
    public async Task An_image_that_was_pushed_is_pulled_by_its_tag_and_its_digest()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var client = Client(cloud);

        var pushed = await PushAsync(client, Web, "2.0", "one");

        var pulled = await client.GetManifestAsync(Web, "2.0", Token);
        var layer = await new BlobDownload(client).ReadAsync(Web, Blob(Layer), Token);
        Assert.Equal((pushed.Digest, pushed.Content, Layer), (pulled.Digest, pulled.Content, layer), Same);
        Assert.Equal(["1.0", "2.0"], await client.TagsAsync(Web, Token));
    }

    [Fact]
    public async Task ECR_says_where_its_registry_is_played()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var session = Sessions.Of(cloud);
        using var access = new EcrAccess(session, TimeProvider.System);

        var endpoint = await access.EndpointAsync(Host, Token);

        Assert.Equal(cloud.Endpoint, endpoint);
    }

    [Fact]
    public async Task ECR_tells_of_an_image_that_was_pushed()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var client = Client(cloud);
        using var session = Sessions.Of(cloud);
        var pushed = await PushAsync(client, Web, "2.0", "one");

        var image = await session.Ecr.DescribeImageAsync("shop/web", new ImageIdentifier { ImageTag = "2.0" }, Token);

        Assert.Equal((pushed.Digest.ToString(), "COMPLETE", Layer.Length + Config.Length), (image?.ImageDigest, image?.ImageScanStatus?.Status, image?.ImageSizeInBytes));
    }

    [Fact]
    public async Task A_tag_that_is_immutable_keeps_its_image()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var client = Client(cloud);
        await PushAsync(client, Web, "2.0", "one");

        var refused = await Assert.ThrowsAsync<DeployException>(() => PushAsync(client, Web, "2.0", "another"));

        Assert.Equal("DEP226", refused.Problems[0].Code);
    }

    [Fact]
    public async Task A_tag_that_is_mutable_moves()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var client = Client(cloud);
        await PushAsync(client, Worker, "latest", "one");

        var second = await PushAsync(client, Worker, "latest", "another");

        Assert.Equal(second.Digest, await client.FindDigestAsync(Worker, "latest", Token));
    }

    [Fact]
    public async Task A_repository_that_does_not_exist_takes_nothing()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var client = Client(cloud);

        var refused = await Assert.ThrowsAsync<DeployException>(() => PushAsync(client, new RepositoryAddress(Host, "shop/none"), "2.0", "one"));

        Assert.Equal("DEP224", refused.Problems[0].Code);
    }

    [Fact]
    public async Task A_blob_of_another_repository_is_mounted()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var client = Client(cloud);
        await PushAsync(client, Web, "2.0", "one");

        var isMounted = await new BlobUpload(client).MountAsync(Worker, Blob(Layer).Digest, Web, Token);

        Assert.Equal((true, true), (isMounted, await new BlobUpload(client).IsThereAsync(Worker, Blob(Layer).Digest, Token)));
    }

    [Fact]
    public async Task What_refers_to_an_image_is_listed()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var client = Client(cloud);
        var image = await PushAsync(client, Web, "2.0", "one");
        var about = Image("about it") with { ArtifactType = "application/spdx+json", Subject = image.Descriptor };

        await new Referrers(client).PutAsync(Web, about, Token);

        Assert.Equal([(StoredManifest.Of(about).Digest, "application/spdx+json")], (await new Referrers(client).ListAsync(Web, image.Digest, Token)).Select(referrer => (referrer.Digest, referrer.ArtifactType)));
    }

    [Fact]
    public async Task An_upload_goes_on_after_the_connection_was_cut()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options with
        {
            Faults = [FaultRule.Parse("registry:UploadChunk#1=cut"), FaultRule.Parse("registry:FinishUpload#1=status:503"), FaultRule.Parse("registry:PutManifest#1=throttle")],
        });
        using var client = Client(cloud);

        var pushed = await PushAsync(client, Web, "2.0", "one");

        Assert.Equal(pushed.Digest, await client.FindDigestAsync(Web, "2.0", Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

#pragma warning disable CA2000 // The client owns it.
    private static RegistryClient Client(SimulatedCloud cloud) => new(
        new SocketsHttpHandler(),
        async (host, cancellationToken) =>
        {
            using var session = Sessions.Of(cloud);
            var login = await session.Ecr.LoginAsync(cancellationToken);
            return host == Host ? new RegistryCredential.Password(login.UserName, login.Password) : null;
        },
        RegistryPolicy.Default with { Endpoints = new Dictionary<string, Uri> { [Host] = cloud.Endpoint }, FirstDelay = TimeSpan.FromMilliseconds(1) },
        new Progress<RegistryEvent>());
#pragma warning restore CA2000

    private static async Task<StoredManifest> PushAsync(RegistryClient client, RepositoryAddress repository, string tag, string note)
    {
        foreach (var content in (byte[][])[Layer, Config])
        {
            await new BlobUpload(client).SendAsync(repository, Blob(content), at => new MemoryStream(content[(int)at..]), Token);
        }

        var manifest = StoredManifest.Of(Image(note));
        await client.PutManifestAsync(repository, tag, manifest, Token);
        return manifest;
    }

    private static ImageManifest Image(string note) => new()
    {
        MediaType = MediaTypes.Manifest,
        Config = Blob(Config),
        Layers = [Blob(Layer)],
        Annotations = ImmutableSortedDictionary<string, string>.Empty.Add("note", note),
    };

    private static Descriptor Blob(byte[] content) => new("application/octet-stream", Digest.Of(content), content.Length);

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static bool Same((Digest, ImmutableArray<byte>, byte[]) one, (Digest, ImmutableArray<byte>, byte[]) other) =>
        one.Item1 == other.Item1 && one.Item2.SequenceEqual(other.Item2) && one.Item3.SequenceEqual(other.Item3);
}
