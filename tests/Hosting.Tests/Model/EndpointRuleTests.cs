using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class EndpointRuleTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder;

    public EndpointRuleTests() => _builder = _folder.ForRun();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_endpoint_that_does_not_exist_is_a_problem_and_the_closest_name_is_offered()
    {
        var api = _builder.AddContainer("api", "image").WithHttpEndpoint(targetPort: 80).WithEndpoint(targetPort: 81, name: "admin");
        var bare = _builder.AddContainer("bare", "image");
        _builder.AddContainer("web", "image")
            .WithEnvironment("ADMIN", api.GetEndpoint("admim"))
            .WithArgs(bare.GetEndpoint("http"))
            .WithHttpHealthCheck("/", endpointName: "health")
            .WithHttpProbe(ProbeType.Liveness, endpointName: "alive");

        Assert.Equal(
            """
            error HST006: 'web' refers to the endpoint 'admim' of 'api', which has no such endpoint: it has 'http', 'admin'.
              at  resources.web.env.ADMIN
              fix Did you mean 'admin'? Add it: api.WithHttpEndpoint(name: "admim").   see docs/errors.md#hst006
            error HST006: 'web' refers to the endpoint 'http' of 'bare', which has no such endpoint: it has none.
              at  resources.web.args
              fix Add it: bare.WithHttpEndpoint(name: "http").   see docs/errors.md#hst006
            error HST006: 'web' refers to the endpoint 'health' of 'web', which has no such endpoint: it has none.
              at  resources.web.healthChecks
              fix Add it: web.WithHttpEndpoint(name: "health").   see docs/errors.md#hst006
            error HST006: 'web' refers to the endpoint 'alive' of 'web', which has no such endpoint: it has none.
              at  resources.web.probes
              fix Add it: web.WithHttpEndpoint(name: "alive").   see docs/errors.md#hst006

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void Two_endpoints_with_one_public_port_are_a_problem()
    {
        _builder.AddContainer("web", "image").WithHttpEndpoint(port: 8080, targetPort: 80);
        _builder.AddContainer("api", "image").WithHttpEndpoint(port: 8080, targetPort: 80);

        Assert.Equal(
            """
            error HST007: Port 8080 is wanted twice: by the endpoint 'http' of 'web' and by 'http' of 'api'.
              at  resources.api.bindings.http
              fix Give one of them another port, or none: then a free one is taken.   see docs/errors.md#hst007

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_port_without_a_proxy_is_a_public_one()
    {
        _builder.AddExecutable("web", "web", ".").WithHttpEndpoint(targetPort: 8080, isProxied: false);
        _builder.AddExecutable("api", "api", ".").WithHttpEndpoint(port: 8080);

        Assert.StartsWith("error HST007: Port 8080 is wanted twice", _folder.ProblemsOf(_builder), StringComparison.Ordinal);
    }

    [Fact]
    public void One_port_of_two_protocols_is_none()
    {
        _builder.AddContainer("dns", "image").WithEndpoint(port: 53, targetPort: 53, name: "tcp")
            .WithEndpoint(port: 53, targetPort: 53, name: "udp", protocol: System.Net.Sockets.ProtocolType.Udp);

        using var application = _builder.Build();

        Assert.NotNull(application);
    }

    [Fact]
    public void Two_endpoints_of_one_name_are_a_problem()
    {
        _builder.AddContainer("web", "image").WithHttpEndpoint(targetPort: 80).WithHttpEndpoint(targetPort: 81, name: "HTTP");

        Assert.Equal(
            """
            error HST008: 'web' has two endpoints called 'http'.
              at  resources.web.bindings.http
              fix Give one of them another name: WithHttpEndpoint(name: …).   see docs/errors.md#hst008

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_port_has_a_range()
    {
        _builder.AddContainer("web", "image").WithHttpEndpoint(port: 65536, targetPort: 0);

        Assert.Equal(
            """
            error HST009: 65536 is no port: the endpoint 'http' of 'web' asks for it.
              at  resources.web.bindings.http
              fix Use a number from 1 to 65535, or none: then a free port is taken.   see docs/errors.md#hst009
            error HST009: 0 is no port: the endpoint 'http' of 'web' asks for it.
              at  resources.web.bindings.http
              fix Use a number from 1 to 65535, or none: then a free port is taken.   see docs/errors.md#hst009

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void Replicas_cannot_share_a_port()
    {
        _builder.AddProject("web", _folder.AddProject("Web"))
            .WithHttpEndpoint(targetPort: 8080)
            .WithHttpEndpoint(port: 9000, name: "direct", isProxied: false)
            .WithReplicas(3);

        Assert.Equal(
            """
            error HST010: 3 replicas of 'web' cannot listen on the same port: its endpoint 'http' has the fixed target port 8080.
              at  resources.web.bindings.http
              fix Leave the target port open and the endpoint proxied, or run one replica.   see docs/errors.md#hst010
            error HST010: 3 replicas of 'web' cannot listen on the same port: its endpoint 'direct' has no proxy.
              at  resources.web.bindings.direct
              fix Leave the target port open and the endpoint proxied, or run one replica.   see docs/errors.md#hst010

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void Deployed_replicas_have_a_port_each()
    {
        var builder = _folder.ForPublish();
        builder.AddProject("web", _folder.AddProject("Web")).WithHttpEndpoint(targetPort: 8080).WithReplicas(3);

        using var application = builder.Build();

        Assert.NotNull(application);
    }

    [Fact]
    public void An_endpoint_of_a_container_needs_a_port()
    {
        _builder.AddContainer("web", "image").WithHttpEndpoint();

        Assert.Equal(
            """
            error HST023: The endpoint 'http' of the container 'web' has no target port.
              at  resources.web.bindings.http
              fix Say which port the image listens on: WithHttpEndpoint(targetPort: 80).   see docs/errors.md#hst023

            """,
            _folder.ProblemsOf(_builder));
    }

    [Fact]
    public void A_name_of_an_endpoint_is_as_narrow_as_one_of_a_resource()
    {
        _builder.AddContainer("web", "image").WithHttpEndpoint(targetPort: 80, name: "my.port");

        Assert.Equal(
            """
            error HST024: 'my.port' is no name for an endpoint of 'web': it has the character '.'.
              at  resources.web.bindings.my.port
              fix Use ASCII letters, digits and single hyphens, start with a letter, end with a letter or a digit, and use at most 64 characters.   see docs/errors.md#hst024

            """,
            _folder.ProblemsOf(_builder));
    }
}
