using System.Net.Sockets;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Manifests;
using Platform.Hosting.Tests.Model;

namespace Platform.Hosting.Tests.Manifests;

public sealed class ManifestProblemTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder;

    public ManifestProblemTests() => _builder = _folder.ForPublish("--Parameters:token", "a-secret-of-some-length");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_callback_that_throws_is_a_problem_of_its_resource()
    {
        var web = _builder.AddProject("web", _folder.AddWebProject("Web"));
        web.WithEnvironment(context => context.EnvironmentVariables["URL"] = web.GetEndpoint("http").Url);
        web.WithArgs(context => throw new NotSupportedException("No arguments today."));

        var problems = await _folder.ManifestProblemsOfAsync(_builder);

        Assert.Equal(
            """
            error HST060: The callback that makes 'args' of 'web' failed.
              at  resources.web.args
                | NotSupportedException: No arguments today.
              fix Put endpoints, parameters and resources themselves into it: their values are not known while a manifest is written. Do what only a running application can under builder.ExecutionContext.IsRunMode.   see docs/errors.md#hst060
            error HST060: The callback that makes 'env' of 'web' failed.
              at  resources.web.env
                | InvalidOperationException: The endpoint 'http' of 'web' has no port before the application has started.
              fix Put endpoints, parameters and resources themselves into it: their values are not known while a manifest is written. Do what only a running application can under builder.ExecutionContext.IsRunMode.   see docs/errors.md#hst060

            """,
            problems);
    }

    [Fact]
    public async Task A_value_of_an_unknown_type_names_its_variable()
    {
        _builder.AddContainer("cache", "redis").WithEnvironment(context => context.EnvironmentVariables["PORT"] = 6379).WithArgs(new Version(1, 2));

        var problems = await _folder.ManifestProblemsOfAsync(_builder);

        Assert.Equal(
            """
            error HST061: 'args[0]' of 'cache' is of type Version, which has no form in a manifest.
              at  resources.cache.args[0]
              fix Make it a string, an endpoint, a parameter, a ReferenceExpression or a resource with a connection string.   see docs/errors.md#hst061
            error HST061: 'env.PORT' of 'cache' is of type Int32, which has no form in a manifest.
              at  resources.cache.env.PORT
              fix Make it a string, an endpoint, a parameter, a ReferenceExpression or a resource with a connection string.   see docs/errors.md#hst061

            """,
            problems);
    }

    [Fact]
    public async Task A_callback_that_waits_for_ever_is_given_up()
    {
        var token = _builder.AddParameter("token", secret: true);
        _builder.AddContainer("cache", "redis").WithEnvironment(async context =>
            context.EnvironmentVariables["TOKEN"] = await token.Resource.GetValueAsync(context.CancellationToken) ?? "");
        await using var application = _builder.Build();

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => ManifestBinder.BindAsync(
            new DistributedApplicationModel(_builder.Resources),
            _builder.ExecutionContext,
            _folder.Manifest,
            TimeSpan.FromMilliseconds(1),
            TestContext.Current.CancellationToken));

        Assert.Equal(
            """
            error HST062: The callback that makes 'env' of 'cache' did not end within 0 s.
              at  resources.cache.env
              fix Do not wait for values there: put the endpoint or parameter itself into it.   see docs/errors.md#hst062

            """,
            exception.Message);
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_written_is_a_problem_of_the_environment()
    {
        await using var application = _builder.Build();
        var path = Path.Combine(_folder.AppHost, "file", "manifest.json");
        await File.WriteAllTextAsync(Path.Combine(_folder.AppHost, "file"), "", TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => ManifestWriter.WriteAsync(
            new DistributedApplicationModel(_builder.Resources), _builder.ExecutionContext, path, TestContext.Current.CancellationToken));

        Assert.Equal(4, exception.ExitCode);
        Assert.Equal(
            "error HST063: The manifest cannot be written: ROOT/AppHost/file/manifest.json",
            _folder.Shown(exception).Split('\n')[0]);
    }

    [Fact]
    public async Task Only_the_format_for_URLs_is_known()
    {
        var token = _builder.AddParameter("token", secret: true);
        _builder.AddContainer("cache", "redis").WithEnvironment("TOKEN", $"{token:base64}");

        var problems = await _folder.ManifestProblemsOfAsync(_builder);

        Assert.Equal(
            """
            error HST064: 'env.TOKEN' of 'cache' asks for the format 'base64', which a manifest does not know.
              at  resources.cache.env.TOKEN
              fix Use {value:uri} for URL-encoding, or no format.   see docs/errors.md#hst064

            """,
            problems);
    }

    [Fact]
    public async Task A_transport_that_the_format_does_not_have_is_a_problem()
    {
        _builder.AddContainer("cache", "redis").WithEndpoint("http", endpoint => (endpoint.TargetPort, endpoint.Transport) = (80, "quic"));

        var problems = await _folder.ManifestProblemsOfAsync(_builder);

        Assert.Equal(
            """
            error HST065: 'quic' is no transport: the endpoint 'http' of 'cache' asks for it.
              at  resources.cache.bindings.http
              fix Use 'http', 'http2' or 'tcp'.   see docs/errors.md#hst065

            """,
            problems);
    }

    [Fact]
    public async Task A_secret_that_a_callback_reads_stops_the_writing()
    {
        _builder.AddParameter("token", secret: true);
        _builder.AddContainer("cache", "redis")
            .WithEnvironment("TOKEN", () => $"Bearer {_builder.Configuration["Parameters:token"]}")
            .WithArgs($"--token={_builder.Configuration["Parameters:token"]}");

        var problems = await _folder.ManifestProblemsOfAsync(_builder);

        Assert.Equal(
            """
            error HST066: The value of the secret 'token' would be readable in the manifest.
              at  resources.cache.args[0]
              fix Use the parameter itself there instead of its value: WithEnvironment(name, token).   see docs/errors.md#hst066
            error HST066: The value of the secret 'token' would be readable in the manifest.
              at  resources.cache.env.TOKEN
              fix Use the parameter itself there instead of its value: WithEnvironment(name, token).   see docs/errors.md#hst066

            """,
            problems);
        Assert.False(File.Exists(_folder.Manifest));
    }

    [Fact]
    public async Task A_build_secret_in_plain_text_is_a_problem()
    {
        _folder.AddFile("image/Dockerfile", "FROM scratch");
        var image = _builder.AddDockerfile("image", "../image");
        image.Resource.Annotations.OfType<DockerfileBuildAnnotation>().Single().BuildSecrets["TOKEN"] = "plain";

        var problems = await _folder.ManifestProblemsOfAsync(_builder);

        Assert.Equal(
            """
            error HST067: The build secret 'TOKEN' of 'image' is a plain text, which would be readable in the manifest.
              at  resources.image.build.secrets.TOKEN
              fix Make it a parameter: WithBuildSecret("TOKEN", builder.AddParameter(…, secret: true)).   see docs/errors.md#hst067

            """,
            problems);
    }

    [Fact]
    public async Task An_entry_of_a_resource_s_own_has_to_be_finished()
    {
        _builder.AddContainer("stack", "example/stack").WithManifestPublishingCallback(context =>
        {
            context.Writer.WriteString("type", "stack.v0");
            context.Writer.WriteStartObject("open");
        });

        var problems = await _folder.ManifestProblemsOfAsync(_builder);

        Assert.Equal(
            """
            error HST068: The callback that writes 'stack' into the manifest leaves its object unfinished.
              at  resources.stack
                | {"type":"stack.v0","open":{}
              fix Close every object and array that it opens, and write properties only.   see docs/errors.md#hst068

            """,
            problems);
    }

    [Fact]
    public async Task What_a_callback_refers_to_is_checked_as_the_model_is()
    {
        var other = _folder.ForPublish().AddContainer("cash", "redis").WithEndpoint(targetPort: 1, name: "tcp");
        var left = _builder.AddContainer("cache", "redis").WithEndpoint(targetPort: 1, name: "tcp", protocol: ProtocolType.Tcp).ExcludeFromManifest();
        _builder.AddContainer("web", "web").WithEnvironment(context =>
        {
            context.EnvironmentVariables["A"] = other.GetEndpoint("tcp");
            context.EnvironmentVariables["B"] = left.GetEndpoint("tpc").Property(EndpointProperty.Port);
        });

        var problems = await _folder.ManifestProblemsOfAsync(_builder);

        Assert.Equal(
            """
            error HST005: 'web' refers to 'cash', which is not part of the application.
              at  resources.web.env.A
              fix Add 'cash' to this builder, or remove the reference.   see docs/errors.md#hst005
            error HST006: 'web' refers to the endpoint 'tpc' of 'cache', which has no such endpoint: it has 'tcp'.
              at  resources.web.env.B
              fix Add it: cache.WithHttpEndpoint(name: "tpc").   see docs/errors.md#hst006
            error HST022: 'web' refers to 'cache', which is left out of the manifest.
              at  resources.web.env.B
              fix Add the reference only where builder.ExecutionContext.IsRunMode, or do not call ExcludeFromManifest on 'cache'.   see docs/errors.md#hst022

            """,
            problems);
    }

    [Fact]
    public async Task An_older_manifest_stays_where_there_are_problems()
    {
        await File.WriteAllTextAsync(_folder.Manifest, "older", TestContext.Current.CancellationToken);
        _builder.AddContainer("cache", "redis").WithArgs(context => throw new NotSupportedException());

        await _folder.ManifestProblemsOfAsync(_builder);

        Assert.Equal("older", await File.ReadAllTextAsync(_folder.Manifest, TestContext.Current.CancellationToken));
        Assert.Equal([_folder.Manifest], Directory.GetFiles(_folder.Root));
    }
}
