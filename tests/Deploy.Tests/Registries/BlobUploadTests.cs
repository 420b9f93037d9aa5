using System.Net;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Registries;

public sealed class BlobUploadTests
{
    private static readonly byte[] Content = RegistrySession.Content(1_000_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_blob_is_sent_in_one_stream_and_named_at_the_end()
    {
        using var session = new RegistrySession(new FakeRegistry());

        await session.SendAsync(Content);

        Assert.Equal(Content, session.Registry.Blob("team/app", Digest.Of(Content)));
        Assert.Equal(
            [
                "POST /v2/team/app/blobs/uploads/ 202",
                "PATCH /v2/team/app/blobs/uploads/1 202",
                $"PUT /v2/team/app/blobs/uploads/1?digest={Digest.Of(Content)} 201",
            ],
            session.Registry.Log);
    }

    [Fact]
    public async Task A_connection_that_is_cut_goes_on_behind_what_the_registry_has()
    {
        using var session = new RegistrySession(new FakeRegistry().CutsUpload(after: 300_000));

        await session.SendAsync(Content);

        Assert.Equal(Content, session.Registry.Blob("team/app", Digest.Of(Content)));
        Assert.Equal(
            [
                "POST /v2/team/app/blobs/uploads/ 202",
                "PATCH /v2/team/app/blobs/uploads/1 HttpRequestException",
                "GET /v2/team/app/blobs/uploads/1 204",
                "PATCH /v2/team/app/blobs/uploads/1 300000-999999 202",
                $"PUT /v2/team/app/blobs/uploads/1?digest={Digest.Of(Content)} 201",
            ],
            session.Registry.Log);
    }

    [Fact]
    public async Task A_registry_that_has_forgotten_the_upload_gets_it_from_the_beginning()
    {
        var registry = new FakeRegistry().CutsUpload(after: 300_000).Answers("GET /v2/team/app/blobs/uploads/1", HttpStatusCode.NotFound, "");
        using var session = new RegistrySession(registry);

        await session.SendAsync(Content);

        Assert.Equal(Content, registry.Blob("team/app", Digest.Of(Content)));
        Assert.Equal(
            ["POST /v2/team/app/blobs/uploads/ 202", "PATCH /v2/team/app/blobs/uploads/2 202", $"PUT /v2/team/app/blobs/uploads/2?digest={Digest.Of(Content)} 201"],
            registry.Log.TakeLast(3));
    }

    [Fact]
    public async Task A_connection_that_is_always_cut_at_once_ends_after_six_attempts()
    {
        var registry = new FakeRegistry();
        for (var i = 0; i < 6; i++)
        {
            registry.CutsUpload(after: 0);
        }

        using var session = new RegistrySession(registry);

        var problem = await RegistrySession.ProblemAsync(() => session.SendAsync(Content));

        Assert.Equal("DEP229", problem.Code);
        Assert.Equal("The registry registry.example cannot be reached.", problem.Summary);
        Assert.Equal("Broken pipe", problem.Detail);
    }

    [Fact]
    public async Task As_long_as_something_arrives_it_goes_on()
    {
        var registry = new FakeRegistry();
        for (var i = 0; i < 20; i++)
        {
            registry.CutsUpload(after: 10_000);
        }

        using var session = new RegistrySession(registry);

        await session.SendAsync(Content);

        Assert.Equal(Content, registry.Blob("team/app", Digest.Of(Content)));
    }

    [Fact]
    public async Task A_token_that_runs_out_in_the_middle_is_replaced_by_another()
    {
        var registry = new FakeRegistry { Scheme = "Bearer" };
        registry.Does("PATCH", (_, _) =>
        {
            registry.Expire();
            return Task.FromResult(FakeRegistry.Response(HttpStatusCode.Unauthorized, "", ("WWW-Authenticate", $"Bearer realm=\"https://{FakeRegistry.TokenHost}/token\"")));
        });
        using var session = new RegistrySession(registry);

        await session.SendAsync(Content);

        Assert.Equal(Content, registry.Blob("team/app", Digest.Of(Content)));
        Assert.Equal(
            [
                "POST /v2/team/app/blobs/uploads/ 401",
                "GET tokens.example /token?service=registry&scope=repository:team/app:pull,push 200",
                "POST /v2/team/app/blobs/uploads/ 202",
                "PATCH /v2/team/app/blobs/uploads/1 401",
                "GET tokens.example /token?scope=repository:team/app:pull,push 200",
                "PATCH /v2/team/app/blobs/uploads/1 202",
                $"PUT /v2/team/app/blobs/uploads/1?digest={Digest.Of(Content)} 201",
            ],
            registry.Log);
    }

    [Fact]
    public async Task A_piece_that_is_too_large_is_divided()
    {
        var content = RegistrySession.Content(9_000_000);
        var registry = new FakeRegistry().Answers("PATCH", HttpStatusCode.RequestEntityTooLarge, "");
        using var session = new RegistrySession(registry);

        await session.SendAsync(content);

        Assert.Equal(content, registry.Blob("team/app", Digest.Of(content)));
        Assert.Equal(
            [
                "PATCH /v2/team/app/blobs/uploads/1 0-3999999 202",
                "PATCH /v2/team/app/blobs/uploads/1 4000000-7999999 202",
                "PATCH /v2/team/app/blobs/uploads/1 8000000-8999999 202",
            ],
            registry.Log.Where(line => line.StartsWith("PATCH", StringComparison.Ordinal) && line.EndsWith(" 202", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Content_that_is_changed_on_the_way_is_a_problem_after_another_try()
    {
        using var session = new RegistrySession(new FakeRegistry());
        var blob = RegistrySession.Layer(Content);
        var others = RegistrySession.Content(1_000_001)[1..];

        var problem = await RegistrySession.ProblemAsync(() => session.Upload.SendAsync(session.Repository, blob, at => new MemoryStream(others[(int)at..]), Token));

        Assert.Equal("DEP243", problem.Code);
        Assert.Equal($"registry.example/team/app got other content for {blob.Digest.Short} than was sent.", problem.Summary);
        Assert.Equal("Try again; if it happens again, something between this machine and the registry changes what is sent.", problem.Fix);
        Assert.Equal(4, problem.ExitCode);
        Assert.Equal(2, session.Registry.Log.Count(line => line.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_blob_of_any_size_can_be_asked_for()
    {
        var registry = new FakeRegistry();
        var large = new byte[9 * 1024 * 1024];
        registry.Put("team/app", large);
        using var session = new RegistrySession(registry);

        var isThere = await session.Upload.IsThereAsync(session.Repository, Digest.Of(large), Token);

        Assert.True(isThere);
    }

    [Fact]
    public async Task A_blob_that_another_repository_has_is_mounted()
    {
        var registry = new FakeRegistry();
        registry.Put("dotnet/aspnet", Content);
        using var session = new RegistrySession(registry);

        var mounted = await session.Upload.MountAsync(session.Repository, Digest.Of(Content), new RepositoryAddress("registry.example", "dotnet/aspnet"), Token);

        Assert.True(mounted);
        Assert.Equal([$"POST /v2/team/app/blobs/uploads/?mount={Digest.Of(Content)}&from=dotnet/aspnet 201"], registry.Log);
        Assert.Equal([new RegistryEvent.Mounted(session.Repository, Digest.Of(Content))], session.Events);
    }

    [Fact]
    public async Task Where_the_registry_does_not_mount_the_upload_that_it_began_is_called_off()
    {
        using var session = new RegistrySession(new FakeRegistry());

        var mounted = await session.Upload.MountAsync(session.Repository, Digest.Of(Content), new RepositoryAddress("registry.example", "dotnet/aspnet"), Token);

        Assert.False(mounted);
        Assert.Equal("DELETE /v2/team/app/blobs/uploads/1 204", session.Registry.Log[^1]);
    }

    [Fact]
    public async Task A_mount_asks_for_the_right_to_read_the_other_repository_too()
    {
        var registry = new FakeRegistry { Scheme = "Bearer" };
        registry.Put("dotnet/aspnet", Content);
        using var session = new RegistrySession(registry);

        await session.Upload.MountAsync(session.Repository, Digest.Of(Content), new RepositoryAddress("registry.example", "dotnet/aspnet"), Token);

        Assert.Contains("GET tokens.example /token?service=registry&scope=repository:team/app:pull,push&scope=repository:dotnet/aspnet:pull 200", registry.Log);
    }
}
