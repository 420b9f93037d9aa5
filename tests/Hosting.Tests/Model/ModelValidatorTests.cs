using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class ModelValidatorTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder;

    public ModelValidatorTests() => _builder = _folder.ForRun();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_without_problems_is_built()
    {
        _builder.AddProject("web", _folder.AddWebProject("Web"));

        using var application = _builder.Build();

        Assert.NotNull(application);
    }

    [Fact]
    public void Two_resources_of_one_name_are_a_problem()
    {
        _builder.AddContainer("cache", "redis");
        _builder.AddParameter("cache");

        Assert.Equal(
            """
            error HST001: Two resources are called 'cache': a container and a parameter.
              at  resources.cache
              fix Give one of them another name.   see docs/errors.md#hst001

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void Names_that_differ_in_case_only_are_a_problem()
    {
        _builder.AddContainer("cache", "redis");
        _builder.AddExecutable("Cache", "redis-server", ".");

        Assert.Equal(
            """
            error HST001: The resources 'cache' (container) and 'Cache' (executable) differ in upper and lower case only.
              at  resources.Cache
              fix Give one of them another name.   see docs/errors.md#hst001

            """,
            _folder.ProblemsOf(_builder));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("1st", "it does not start with a letter")]
    [InlineData("-a", "it does not start with a letter")]
    [InlineData("my_app", "it has the character '_'")]
    [InlineData("my app", "it has the character ' '")]
    [InlineData("größe", "it has the character 'ö'")]
    [InlineData("a.b", "it has the character '.'")]
    [InlineData("a-", "it ends with a hyphen")]
    [InlineData("a--b", "it has two hyphens in a row")]
    public void A_name_that_no_DNS_takes_is_a_problem(string name, string why)
    {
        _builder.AddParameter(name);

        Assert.Equal(
            $"""
            error HST002: '{name}' is no name for a resource: {why}.
              at  resources.{name}
              fix Use ASCII letters, digits and single hyphens, start with a letter, end with a letter or a digit, and use at most 64 characters.   see docs/errors.md#hst002

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_name_has_at_most_64_characters()
    {
        _builder.AddParameter(new string('a', 64));
        _builder.AddParameter(new string('b', 65));

        Assert.StartsWith(
            $"error HST002: '{new string('b', 65)}' is no name for a resource: it has 65 characters.\n", _folder.ProblemsOf(_builder), StringComparison.Ordinal);
    }

    [Fact]
    public void Resources_that_wait_for_each_other_are_a_problem()
    {
        var first = _builder.AddContainer("first", "image");
        var second = _builder.AddContainer("second", "image").WaitFor(first);
        var third = _builder.AddContainer("third", "image").WaitForStart(second);
        first.WaitForCompletion(third);

        Assert.Equal(
            """
            error HST003: These resources wait for each other, so none would ever start: first → third → second → first.
              at  resources.first
              fix Remove one WaitFor, for example that of 'first' for 'third'.   see docs/errors.md#hst003

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_resource_that_waits_for_itself_is_a_problem()
    {
        var web = _builder.AddContainer("web", "image");
        web.WaitFor(web);

        Assert.Equal(
            """
            error HST003: These resources wait for each other, so none would ever start: web → web.
              at  resources.web
              fix Remove one WaitFor, for example that of 'web' for 'web'.   see docs/errors.md#hst003

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void Values_that_are_made_of_each_other_are_a_problem()
    {
        var first = new KnotResource("first");
        var second = new KnotResource("second") { Other = first };
        first.Other = second;
        _builder.AddResource(first);
        _builder.AddResource(second);

        Assert.Equal(
            """
            error HST004: These values are made of each other, so none would ever be known: first → second → first.
              at  resources.first
              fix Make 'first' without 'second'.   see docs/errors.md#hst004

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void Services_that_know_each_other_are_none()
    {
        var web = _builder.AddProject("web", _folder.AddWebProject("Web", "http://localhost:5000"));
        var api = _builder.AddProject("api", _folder.AddWebProject("Api", "http://localhost:5001")).WithReference(web);
        web.WithReference(api);

        using var application = _builder.Build();

        Assert.NotNull(application);
    }

    [Fact]
    public void A_resource_of_another_application_is_a_problem_and_the_closest_name_is_offered()
    {
        var elsewhere = _folder.ForRun();
        var stranger = elsewhere.AddContainer("rediss", "redis").WithEndpoint(targetPort: 6379, name: "tcp");
        _builder.AddContainer("redis", "redis");
        _builder.AddProject("web", _folder.AddProject("Web"))
            .WaitFor(stranger)
            .WithEnvironment("CACHE", stranger.GetEndpoint("tcp"))
            .WithEnvironment("KEY", elsewhere.AddParameter("key"));

        Assert.Equal(
            """
            error HST005: 'web' refers to 'rediss', which is not part of the application.
              at  resources.web.waitFor
              fix Did you mean 'redis'? Add 'rediss' to this builder, or remove the reference.   see docs/errors.md#hst005
            error HST005: 'web' refers to 'key', which is not part of the application.
              at  resources.web.env.KEY
              fix Add 'key' to this builder, or remove the reference.   see docs/errors.md#hst005

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_manifest_refers_only_to_what_is_in_it()
    {
        var builder = _folder.ForPublish();
        var cache = builder.AddContainer("cache", "redis").WithEndpoint(targetPort: 6379, name: "tcp").ExcludeFromManifest();
        builder.AddContainer("web", "image").WithEnvironment("CACHE", cache.GetEndpoint("tcp")).WaitFor(cache).WithParentRelationship(cache)
            .WithUrl($"{cache.GetEndpoint("tcp")}/info");

        Assert.Equal(
            """
            error HST022: 'web' refers to 'cache', which is left out of the manifest.
              at  resources.web.env.CACHE
              fix Add the reference only where builder.ExecutionContext.IsRunMode, or do not call ExcludeFromManifest on 'cache'.   see docs/errors.md#hst022

            """,
            _folder.ProblemsOf(builder));
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        _builder.AddProject("bad_name", "../Missing/Missing.csproj").WithReplicas(-1);
        var web = _builder.AddContainer("web", "image").WithHttpEndpoint(port: 80, targetPort: 80);
        _builder.AddContainer("web", "image").WithHttpEndpoint(port: 80, targetPort: 80).WaitFor(web).WithEnvironment("X", web.GetEndpoint("grpc"));
        web.WaitFor(web).WithHealthCheck("nothing");

        var exception = Assert.Throws<DistributedApplicationException>(_builder.Build);

        Assert.Equal(3, exception.ExitCode);
        Assert.Equal(
            ["HST002", "HST001", "HST013", "HST011", "HST006", "HST012", "HST007", "HST003"], exception.Problems.Select(problem => problem.Code));
    }

    private sealed class KnotResource(string name) : Resource(name), IResourceWithConnectionString
    {
        public KnotResource? Other { get; set; }

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{new ConnectionStringReference(Other!, optional: false)}");
    }
}
