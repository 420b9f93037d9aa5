using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class ResourceRuleTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder;

    public ResourceRuleTests() => _builder = _folder.ForRun();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void There_is_at_least_one_replica()
    {
        _builder.AddProject("web", _folder.AddProject("Web")).WithReplicas(0);

        Assert.Equal(
            """
            error HST011: 'web' cannot have 0 replicas.
              at  resources.web
              fix Use 1 or more.   see docs/errors.md#hst011

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_health_check_that_nobody_added_is_a_problem_and_the_closest_name_is_offered()
    {
        _builder.Services.AddHealthChecks().AddCheck("cache_ready", () => HealthCheckResult.Healthy());
        _builder.AddContainer("cache", "redis").WithHealthCheck("cache_ready");
        _builder.AddContainer("other", "redis").WithHealthCheck("cache_raedy").WithHealthCheck("else");

        Assert.Equal(
            """
            error HST012: 'other' is checked by 'cache_raedy', but no health check of that name was added.
              at  resources.other
              fix Did you mean 'cache_ready'? Add it: builder.Services.AddHealthChecks().AddCheck("cache_raedy", …).   see docs/errors.md#hst012
            error HST012: 'other' is checked by 'else', but no health check of that name was added.
              at  resources.other
              fix Add it: builder.Services.AddHealthChecks().AddCheck("else", …).   see docs/errors.md#hst012

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_project_that_does_not_exist_is_a_problem()
    {
        _builder.AddProject("web", "../Web/Web.csproj");

        Assert.Equal(
            """
            error HST013: The project of 'web' does not exist: ROOT/Web/Web.csproj
              at  resources.web
              fix Correct the path; a relative one starts at the AppHost's folder.   see docs/errors.md#hst013

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_launch_profile_that_does_not_exist_is_a_problem_and_the_closest_name_is_offered()
    {
        var path = _folder.AddProject("Web", """{ "profiles": { "https": { "commandName": "Project" }, "IIS": { "commandName": "IISExpress" } } }""");
        _builder.AddProject("web", path, launchProfileName: "htps");

        Assert.Equal(
            """
            error HST014: The project of 'web' has no launch profile 'htps'.
              at  resources.web
              fix Did you mean 'https'? Add it to Properties/launchSettings.json, or name another one.   see docs/errors.md#hst014

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void Broken_launch_profiles_are_a_problem()
    {
        _builder.AddProject("web", _folder.AddProject("Web", """{ "profiles": oops }"""));

        var problems = _folder.ProblemsOf(_builder).Split('\n');

        Assert.Equal("error HST015: The launch profiles of 'web' cannot be read: ROOT/Web/Properties/launchSettings.json", problems[0]);
        Assert.Equal("  at  resources.web", problems[1]);
        Assert.StartsWith("    | 'o' is an invalid start of a value.", problems[2], StringComparison.Ordinal);
        Assert.Equal("  fix Correct the JSON.   see docs/errors.md#hst015", problems[3]);
    }

    [Theory]
    [InlineData("api.example.com")]
    [InlineData("https://api.example.com/v1")]
    [InlineData("https://api.example.com/#part")]
    public void The_address_of_an_external_service_is_an_absolute_URL_without_a_path(string address)
    {
        _builder.AddExternalService("api", address);

        Assert.Equal(
            $"""
            error HST016: '{address}' is no address of a service: 'api' needs an absolute URL whose path is '/'.
              at  resources.api
              fix Write it as https://host or https://host:port.   see docs/errors.md#hst016

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_reference_to_a_URL_is_checked_at_once()
    {
        var web = _builder.AddContainer("web", "image");

        var exception = Assert.Throws<DistributedApplicationException>(() => web.WithReference("api", new Uri("https://api.example.com/v1")));

        Assert.Equal(
            """
            error HST016: 'https://api.example.com/v1' is no address of a service: 'api' needs an absolute URL whose path is '/'.
              at  resources.web
              fix Write it as https://host or https://host:port.   see docs/errors.md#hst016

            """,
            exception.Message);
    }

    [Fact]
    public void A_container_without_an_image_is_a_problem()
    {
        _builder.AddResource(new ContainerResource("cache"));

        Assert.Equal(
            """
            error HST017: The container 'cache' has no image.
              at  resources.cache
              fix Call WithImage before the methods that change a part of it.   see docs/errors.md#hst017

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_part_of_no_image_cannot_be_changed()
    {
        var cache = _builder.AddResource(new ContainerResource("cache"));

        var exception = Assert.Throws<DistributedApplicationException>(() => cache.WithImageTag("8"));

        Assert.Equal(
            """
            error HST017: The container 'cache' has no image.
              at  resources.cache
              fix Call WithImage before the methods that change a part of it.   see docs/errors.md#hst017

            """,
            exception.Message);
    }

    [Fact]
    public void An_image_that_is_not_built_takes_no_build_arguments()
    {
        var cache = _builder.AddContainer("cache", "redis");

        var exception = Assert.Throws<DistributedApplicationException>(() => cache.WithBuildArg("VERSION", "1"));

        Assert.Equal(
            """
            error HST018: The container 'cache' is not built, so it takes no build arguments and secrets.
              at  resources.cache
              fix Call WithDockerfile first.   see docs/errors.md#hst018

            """,
            exception.Message);
    }

    [Fact]
    public void A_secret_is_no_build_argument()
    {
        _folder.AddFile("image/Dockerfile", "FROM scratch");
        var image = _builder.AddDockerfile("image", "../image");
        var token = _builder.AddParameter("token", secret: true);

        var exception = Assert.Throws<DistributedApplicationException>(() => image.WithBuildArg("TOKEN", token));

        Assert.Equal(
            """
            error HST019: The secret 'token' would be readable in the history of the image of 'image' as the build argument 'TOKEN'.
              at  resources.image.build.args.TOKEN
              fix Use WithBuildSecret("TOKEN", token) and read it with RUN --mount=type=secret.   see docs/errors.md#hst019

            """,
            exception.Message);
    }

    [Fact]
    public void A_data_volume_needs_an_image_that_is_known()
    {
        _builder.AddContainer("store", "example/store", "2").WithDataVolume();

        Assert.Equal(
            """
            error HST020: Where the image 'example/store:2' of 'store' keeps its data is not known.
              at  resources.store
              fix Use WithVolume(name, target) with the folder that the image's documentation names.   see docs/errors.md#hst020

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_Dockerfile_that_does_not_exist_is_a_problem()
    {
        _builder.AddDockerfile("image", "../image", "Other.Dockerfile");

        Assert.Equal(
            """
            error HST021: The Dockerfile of 'image' does not exist: ROOT/image/Other.Dockerfile
              at  resources.image.build
              fix Correct the path; it is relative to the build context.   see docs/errors.md#hst021

            """,
            _folder.ProblemsOf(_builder));
    }
}
