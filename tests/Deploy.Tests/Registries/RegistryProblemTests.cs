using System.Net;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Registries;

/// <summary>Every answer that a registry gives in place of what it was asked for, as the user sees it.</summary>
public sealed class RegistryProblemTests
{
    private const string Ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    private static readonly byte[] Content = [1, 2, 3];
    private static readonly StoredManifest Image = Samples.Image("hello").Manifest;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("registry.example", "run 'docker login registry.example', or set PLATFORM_REGISTRY_USERNAME and PLATFORM_REGISTRY_PASSWORD.")]
    [InlineData(Ecr, "sign in to AWS again; the identity needs ecr:GetAuthorizationToken.")]
    public async Task Credentials_that_are_not_accepted(string host, string cure)
    {
        using var session = new RegistrySession(new FakeRegistry { Scheme = "Basic", Login = "AWS:another" }, host);

        var problem = await RegistrySession.ProblemAsync(() => session.SendAsync(Content));

        Assert.Equal(
            new Problem("DEP221", $"The registry {host} does not accept the credentials: team/app cannot be written to.", $"They are wrong or have run out: {cure}", ExitCode.Environment)
            {
                Subject = host,
                Detail = "UNAUTHORIZED: authentication required",
            },
            problem);
        Assert.Equal(2, session.Registry.Log.Count);
    }

    [Fact]
    public async Task Credentials_that_the_token_server_does_not_accept()
    {
        using var session = new RegistrySession(new FakeRegistry { Scheme = "Bearer", Login = "AWS:another" });

        var problem = await RegistrySession.ProblemAsync(() => session.SendAsync(Content));

        Assert.Equal(("DEP221", "UNAUTHORIZED: incorrect username or password"), (problem.Code, problem.Detail));
    }

    [Fact]
    public async Task Credentials_that_lack()
    {
        using var session = new RegistrySession(new FakeRegistry { Scheme = "Basic" }) { Credential = null };

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindDigestAsync(session.Repository, "1.0", Token));

        Assert.Equal("DEP222", problem.Code);
        Assert.Equal("The registry registry.example wants credentials and there are none: team/app cannot be read.", problem.Summary);
        Assert.Equal("None were found: run 'docker login registry.example', or set PLATFORM_REGISTRY_USERNAME and PLATFORM_REGISTRY_PASSWORD.", problem.Fix);
        Assert.Equal(4, problem.ExitCode);
    }

    [Theory]
    [InlineData("POST", Ecr, "written to", "ecr:InitiateLayerUpload on the repository team/app")]
    [InlineData("PATCH", Ecr, "written to", "ecr:UploadLayerPart on the repository team/app")]
    [InlineData("PUT /v2/team/app/blobs", Ecr, "written to", "ecr:CompleteLayerUpload on the repository team/app")]
    [InlineData("POST", "ghcr.io", "written to", "write:packages (in a workflow: 'packages: write')")]
    [InlineData("POST", "registry.example", "written to", "this user to push to team/app")]
    public async Task A_right_that_lacks_is_named(string request, string host, string verb, string right)
    {
        using var session = new RegistrySession(new FakeRegistry().Answers(request, HttpStatusCode.Forbidden, """{"errors":[{"code":"DENIED","message":"not authorized"}]}"""), host);

        var problem = await RegistrySession.ProblemAsync(() => session.SendAsync(Content));

        Assert.Equal(
            new Problem("DEP223", $"{host}/team/app may not be {verb} with these credentials.", $"Allow {right}.", ExitCode.Environment) { Subject = $"{host}/team/app", Detail = "DENIED: not authorized" },
            problem);
    }

    [Theory]
    [InlineData(Ecr, "ecr:BatchGetImage on the repository team/app")]
    [InlineData("ghcr.io", "read:packages (in a workflow: 'packages: read')")]
    public async Task A_right_to_read_that_lacks_is_named(string host, string right)
    {
        using var session = new RegistrySession(new FakeRegistry().Answers("GET", HttpStatusCode.Forbidden, ""), host);

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindManifestAsync(session.Repository, "1.0", Token));

        Assert.Equal(("DEP223", $"{host}/team/app may not be read with these credentials.", $"Allow {right}."), (problem.Code, problem.Summary, problem.Fix));
    }

    [Theory]
    [InlineData(Ecr, "Deploy the registry stack, which makes the repositories; to push, the identity needs ecr:InitiateLayerUpload on the repository team/app.")]
    [InlineData("registry.example", "Create it, or allow this user to push to team/app: some registries hide what may not be seen.")]
    public async Task A_repository_that_lacks(string host, string cure)
    {
        using var session = new RegistrySession(new FakeRegistry { Repositories = new HashSet<string>() }, host);

        var problem = await RegistrySession.ProblemAsync(() => session.SendAsync(Content));

        Assert.Equal(
            new Problem("DEP224", $"The registry {host} has no repository team/app.", cure, ExitCode.Environment) { Subject = $"{host}/team/app", Detail = "NAME_UNKNOWN: The repository does not exist" },
            problem);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.PreconditionFailed)]
    public async Task A_tag_that_cannot_be_moved(HttpStatusCode status)
    {
        using var session = new RegistrySession(new FakeRegistry().Answers("PUT", status, """{"errors":[{"code":"TAG_INVALID","message":"immutable"}]}"""), Ecr);

        var problem = await RegistrySession.ProblemAsync(() => session.Client.PutManifestAsync(session.Repository, "1.0", Image, Token));

        Assert.Equal("DEP226", problem.Code);
        Assert.Equal($"The tag '1.0' of {Ecr}/team/app names another image and cannot be moved to {Image.Digest.Short}.", problem.Summary);
        Assert.Equal("Give this build a tag of its own with --tag, or commit the change, which gives it one.", problem.Fix);
        Assert.Equal(3, problem.ExitCode);
    }

    [Fact]
    public async Task A_tag_that_somebody_else_put_onto_the_same_image_in_the_meantime_is_none()
    {
        var registry = new FakeRegistry().Answers("PUT", HttpStatusCode.BadRequest, """{"errors":[{"code":"TAG_INVALID","message":"immutable"}]}""");
        registry.Put("team/app", "1.0", Image);
        using var session = new RegistrySession(registry, Ecr);

        await session.Client.PutManifestAsync(session.Repository, "1.0", Image, Token);

        Assert.Equal(["PUT /v2/team/app/manifests/1.0 400", "HEAD /v2/team/app/manifests/1.0 200"], registry.Log);
    }

    [Theory]
    [InlineData(HttpStatusCode.InsufficientStorage, "")]
    [InlineData(HttpStatusCode.Forbidden, """{"errors":[{"code":"QUOTA_EXCEEDED","message":"the project's quota is used up"}]}""")]
    public async Task A_quota_that_is_used_up(HttpStatusCode status, string body)
    {
        using var session = new RegistrySession(new FakeRegistry().Always("POST", status, body));

        var problem = await RegistrySession.ProblemAsync(() => session.SendAsync(Content));

        Assert.Equal("DEP227", problem.Code);
        Assert.Equal("The registry registry.example has no room for this image of team/app.", problem.Summary);
        Assert.Equal("Delete images that are not used, or raise the quota of the registry.", problem.Fix);
        Assert.Equal(4, problem.ExitCode);
    }

    [Fact]
    public async Task A_manifest_that_the_registry_names_otherwise()
    {
        var other = Digest.Of([9]);
        using var session = new RegistrySession(new FakeRegistry().Answers("PUT", HttpStatusCode.Created, "", ("Docker-Content-Digest", other.ToString())));

        var problem = await RegistrySession.ProblemAsync(() => session.Client.PutManifestAsync(session.Repository, "1.0", Image, Token));

        Assert.Equal("DEP230", problem.Code);
        Assert.Equal($"registry.example/team/app gives other content for {Image.Digest.Short} than its digest says: it hashes to {other.Short}.", problem.Summary);
        Assert.Equal("Delete it from the registry and push it again; if a proxy stands between, empty its cache.", problem.Fix);
    }

    [Fact]
    public async Task A_manifest_that_is_another_than_was_asked_for()
    {
        var registry = new FakeRegistry();
        registry.Put("team/app", Image.Digest.ToString(), Samples.Image("other").Manifest);
        using var session = new RegistrySession(registry);

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindManifestAsync(session.Repository, Image.Digest.ToString(), Token));

        Assert.Equal("DEP230", problem.Code);
    }

    [Fact]
    public async Task A_server_that_is_no_registry()
    {
        using var session = new RegistrySession(new FakeRegistry().Answers("POST", HttpStatusCode.MethodNotAllowed, "<html>Hello</html>"));

        var problem = await RegistrySession.ProblemAsync(() => session.SendAsync(Content));

        Assert.Equal(("DEP234", "registry.example does not answer like a registry: 405 to POST /v2/team/app/blobs/uploads/.", "<html>Hello</html>"), (problem.Code, problem.Summary, problem.Detail));
    }

    [Fact]
    public async Task A_list_of_tags_that_is_no_JSON()
    {
        using var session = new RegistrySession(new FakeRegistry().Answers("GET", HttpStatusCode.OK, "<html>Hello</html>"));

        var problem = await RegistrySession.ProblemAsync(() => session.Client.TagsAsync(session.Repository, Token));

        Assert.Equal(("DEP234", "registry.example does not answer like a registry: 200 to GET /v2/team/app/tags/list."), (problem.Code, problem.Summary));
    }

    [Fact]
    public async Task An_answer_that_is_far_too_long_is_not_read()
    {
        using var session = new RegistrySession(new FakeRegistry().Answers("GET", HttpStatusCode.OK, new string(' ', 9 * 1024 * 1024)));

        var problem = await RegistrySession.ProblemAsync(() => session.Client.FindManifestAsync(session.Repository, "1.0", Token));

        Assert.Equal("DEP234", problem.Code);
    }
}
