using System.Net;
using Platform.Deploy.Oci;

namespace Platform.Deploy.Tests.Registries;

public sealed class BlobDownloadTests : IDisposable
{
    private static readonly byte[] Content = RegistrySession.Content(400_000);
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Get => $"GET /v2/team/app/blobs/{Digest.Of(Content)}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_connection_that_is_cut_goes_on_where_it_broke_off()
    {
        using var session = new RegistrySession(With(Content).CutsAnswer("GET", after: 150_000));

        var read = await session.Download.ReadAsync(session.Repository, RegistrySession.Layer(Content), Token);

        Assert.Equal(Content, read);
        Assert.Equal([$"{Get} 200", $"{Get} bytes=150000- 206"], session.Registry.Log);
    }

    [Fact]
    public async Task A_registry_without_ranges_sends_from_the_beginning()
    {
        var registry = With(Content).CutsAnswer("GET", after: 150_000);
        registry.Does("GET", (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Content) }));
        using var session = new RegistrySession(registry);

        var read = await session.Download.ReadAsync(session.Repository, RegistrySession.Layer(Content), Token);

        Assert.Equal(Content, read);
    }

    [Fact]
    public async Task Other_content_than_the_digest_says_is_a_problem_and_leaves_no_file()
    {
        var registry = With(Content).Does("GET", (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(RegistrySession.Content(400_001)[1..]) }));
        using var session = new RegistrySession(registry);
        var found = Digest.Of(RegistrySession.Content(400_001).AsSpan(1));

        var problem = await RegistrySession.ProblemAsync(() => session.Download.SaveAsync(session.Repository, RegistrySession.Layer(Content), _folder.File("layer"), Token));

        Assert.Equal("DEP230", problem.Code);
        Assert.Equal($"registry.example/team/app gives other content for {Digest.Of(Content).Short} than its digest says: it hashes to {found.Short}.", problem.Summary);
        Assert.Equal(4, problem.ExitCode);
        Assert.Equal("", _folder.Listing("."));
    }

    [Fact]
    public async Task More_content_than_there_should_be_is_not_written()
    {
        var registry = With(Content).Does("GET", (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([.. Content, 1]) }));
        using var session = new RegistrySession(registry);

        var problem = await RegistrySession.ProblemAsync(() => session.Download.ReadAsync(session.Repository, RegistrySession.Layer(Content), Token));

        Assert.Equal("DEP230", problem.Code);
    }

    [Fact]
    public async Task A_file_that_is_there_and_right_is_not_read_again()
    {
        using var session = new RegistrySession(With(Content));
        await File.WriteAllBytesAsync(_folder.File("layer"), Content, Token);

        await session.Download.SaveAsync(session.Repository, RegistrySession.Layer(Content), _folder.File("layer"), Token);

        Assert.Empty(session.Registry.Log);
    }

    [Fact]
    public async Task A_file_that_was_changed_on_this_disk_is_read_anew()
    {
        using var session = new RegistrySession(With(Content));
        await File.WriteAllBytesAsync(_folder.File("layer"), RegistrySession.Content(400_001)[1..], Token);

        await session.Download.SaveAsync(session.Repository, RegistrySession.Layer(Content), _folder.File("layer"), Token);

        Assert.Equal(Content, await File.ReadAllBytesAsync(_folder.File("layer"), Token));
        Assert.Equal([$"{Get} 200"], session.Registry.Log);
    }

    [Fact]
    public async Task A_full_disk_is_told_apart_from_a_broken_connection()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux, which has /dev/full.");
        using var session = new RegistrySession(With(Content));
        File.CreateSymbolicLink(_folder.File($"layer.{Environment.ProcessId}.part"), "/dev/full");

        var failure = await Assert.ThrowsAsync<IOException>(() => session.Download.SaveAsync(session.Repository, RegistrySession.Layer(Content), _folder.File("layer"), Token));

        Assert.True(FullDisk.Is(failure));
        Assert.Equal([$"{Get} 200"], session.Registry.Log);
        Assert.Equal("", _folder.Listing("."));
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_a_problem()
    {
        using var session = new RegistrySession(new FakeRegistry());

        var problem = await RegistrySession.ProblemAsync(() => session.Download.ReadAsync(session.Repository, RegistrySession.Layer(Content), Token));

        Assert.Equal("DEP244", problem.Code);
        Assert.Equal($"registry.example/team/app lacks the part {Digest.Of(Content).Short} of one of its images.", problem.Summary);
    }

    private static FakeRegistry With(byte[] blob)
    {
        var registry = new FakeRegistry();
        registry.Put("team/app", blob);
        return registry;
    }
}
