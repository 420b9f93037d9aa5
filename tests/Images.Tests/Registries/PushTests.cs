using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Model;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images.Tests.Registries;

public sealed class PushTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_blob_arrives_and_is_read_back()
    {
        await using var registry = await RegistryProcess.StartAsync();
        using var session = new Session(registry);
        var content = Session.Random(3_000_000);
        var blob = new Descriptor(MediaTypes.LayerGzip, Digest.Of(content), content.Length);
        var upload = new BlobUpload(session.Client);

        await upload.SendAsync(session.Repository, blob, at => new MemoryStream(content[(int)at..]), Token);

        Assert.True(await upload.IsThereAsync(session.Repository, blob.Digest, Token));
        Assert.Equal(content, await new BlobDownload(session.Client).ReadAsync(session.Repository, blob, Token));
        Assert.Equal(content.Length, session.Events.BytesSent);
    }

    [Fact]
    public async Task A_user_and_a_password_are_sent_where_the_registry_asks()
    {
        await using var registry = await RegistryProcess.WithUsersAsync();
        using var session = new Session(registry, new RegistryCredential.Password(RegistryProcess.User, new SecretText(RegistryProcess.Password)));

        var digest = await session.PushAsync("hello");

        Assert.Equal(digest, await session.Client.FindDigestAsync(session.Repository, "1.0", Token));
    }

    [Fact]
    public async Task A_token_is_fetched_where_the_registry_asks()
    {
        await using var tokens = new TokenServer();
        await using var registry = await RegistryProcess.WithTokensAsync(tokens);
        using var session = new Session(registry, new RegistryCredential.Password(RegistryProcess.User, new SecretText(RegistryProcess.Password)));

        var digest = await session.PushAsync("hello");

        Assert.Equal(digest, await session.Client.FindDigestAsync(session.Repository, "1.0", Token));
        Assert.Equal(["AWS repository:team/app:pull,push", "AWS repository:team/app:pull"], tokens.Asked);
    }

    [Fact]
    public async Task A_token_that_has_run_out_is_fetched_anew()
    {
        await using var tokens = new TokenServer { OverAtOnce = 1 };
        await using var registry = await RegistryProcess.WithTokensAsync(tokens);
        using var session = new Session(registry, new RegistryCredential.Password(RegistryProcess.User, new SecretText(RegistryProcess.Password)));

        var digest = await session.PushAsync("hello");

        Assert.Equal(digest, await session.Client.FindDigestAsync(session.Repository, "1.0", Token));
        Assert.Equal(["AWS repository:team/app:pull,push", "AWS repository:team/app:pull,push", "AWS repository:team/app:pull"], tokens.Asked);
    }

    [Fact]
    public async Task A_wrong_password_is_a_problem()
    {
        await using var registry = await RegistryProcess.WithUsersAsync();
        using var session = new Session(registry, new RegistryCredential.Password(RegistryProcess.User, new SecretText("battery staple")));

        var refused = await Assert.ThrowsAsync<DeployException>(() => session.PushAsync("hello"));

        Assert.Equal("DEP221", Assert.Single(refused.Problems).Code);
    }
}
