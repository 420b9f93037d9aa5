using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class ReferenceTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder;
    private readonly IResourceBuilder<ContainerResource> _web;

    public ReferenceTests()
    {
        _builder = _folder.ForRun();
        _web = _builder.AddContainer("web", "image");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_service_is_found_by_every_endpoint_that_it_offers()
    {
        var api = _builder.AddProject("my-api", _folder.AddProject("Api")).WithHttpEndpoint().WithHttpEndpoint(name: "admin-ui")
            .WithEndpoint("hidden", endpoint => endpoint.ExcludeReferenceEndpoint = true);

        _web.WithReference(api);

        Assert.Equal(
            [
                "MY_API_HTTP={my-api.bindings.http.url}",
                "services__my-api__http__0={my-api.bindings.http.url}",
                "MY_API_ADMIN_UI={my-api.bindings.admin-ui.url}",
                "services__my-api__admin-ui__0={my-api.bindings.admin-ui.url}",
            ],
            await VariablesAsync());
    }

    [Fact]
    public async Task A_service_may_be_called_otherwise()
    {
        var api = _builder.AddProject("api", _folder.AddProject("Api")).WithHttpEndpoint();

        _web.WithReference(api, "backend");

        Assert.Equal(["BACKEND_HTTP={api.bindings.http.url}", "services__backend__http__0={api.bindings.http.url}"], await VariablesAsync());
    }

    [Fact]
    public async Task One_endpoint_can_be_referred_to()
    {
        var cache = _builder.AddContainer("cache", "redis").WithEndpoint(targetPort: 6379, name: "tcp").WithEndpoint(targetPort: 6380, name: "tls");

        _web.WithReference(cache.GetEndpoint("tls"));

        Assert.Equal(["CACHE_TLS={cache.bindings.tls.url}", "services__cache__tls__0={cache.bindings.tls.url}"], await VariablesAsync());
    }

    [Fact]
    public async Task Endpoints_that_are_added_later_count()
    {
        var api = _builder.AddProject("api", _folder.AddProject("Api"));

        _web.WithReference(api);
        api.WithHttpEndpoint();

        Assert.Equal(["API_HTTP={api.bindings.http.url}", "services__api__http__0={api.bindings.http.url}"], await VariablesAsync());
    }

    [Fact]
    public async Task A_connection_string_has_a_variable_of_NET_s_configuration()
    {
        var database = _builder.AddConnectionString("orders", ReferenceExpression.Create($"Host=there"));

        _web.WithReference(database).WithReference(database, connectionName: "main");

        Assert.Equal(
            ["ConnectionStrings__orders={orders.connectionString}", "ConnectionStrings__main={orders.connectionString}"], await VariablesAsync());
    }

    [Fact]
    public async Task A_connection_string_may_have_a_variable_of_its_own()
    {
        var queue = _builder.AddConnectionString("queue", "QUEUE_URL");

        _web.WithReference(queue).WithReference(queue, connectionName: "named");

        Assert.Equal(["QUEUE_URL={queue.connectionString}", "ConnectionStrings__named={queue.connectionString}"], await VariablesAsync());
    }

    [Fact]
    public async Task An_empty_connection_string_is_a_problem_unless_it_is_optional()
    {
        var database = (ParameterResource)_builder.AddConnectionString("db").Resource;
        database.Resolve("");
        var source = (IResourceWithConnectionString)database;

        var optional = await new ConnectionStringReference(source, optional: true).GetValueAsync(TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(async () =>
            await new ConnectionStringReference(source, optional: false).GetValueAsync(TestContext.Current.CancellationToken));

        Assert.Equal("", optional);
        Assert.Equal(
            """
            error HST101: The connection string of 'db' is empty.
              at  resources.db
              fix Give the parameters that it is made of a value, or refer to it with optional: true.   see docs/errors.md#hst101

            """,
            exception.Message);
    }

    [Fact]
    public async Task An_external_service_is_found_by_its_URL()
    {
        _web.WithReference(_builder.AddExternalService("weather-api", "https://api.weather.example:8443"))
            .WithReference("maps", new Uri("http://maps.example"))
            .WithReference(_builder.AddExternalService("later", _builder.AddParameter("later-url")));

        Assert.Equal(
            [
                "services__weather-api__https__0=https://api.weather.example:8443/",
                "WEATHER_API=https://api.weather.example:8443/",
                "services__maps__default__0=http://maps.example/",
                "services__later__default__0={later-url.value}",
                "LATER={later-url.value}",
            ],
            await VariablesAsync());
    }

    [Fact]
    public async Task Variables_take_values_of_every_form()
    {
        var endpoint = _builder.AddContainer("cache", "redis").WithEndpoint(targetPort: 6379, name: "tcp").GetEndpoint("tcp");
        var parameter = _builder.AddParameter("key");
        var database = _builder.AddConnectionString("db");

        _web.WithEnvironment("STRING", "text")
            .WithEnvironment("ABSENT", (string?)null)
            .WithEnvironment("FUNCTION", () => "made")
            .WithEnvironment("ENDPOINT", endpoint)
            .WithEnvironment("PROPERTY", endpoint.Property(EndpointProperty.Port))
            .WithEnvironment("PARAMETER", parameter)
            .WithEnvironment("CONNECTION", database)
            .WithEnvironment("EXPRESSION", ReferenceExpression.Create($"<{parameter}>"))
            .WithEnvironment("INTERPOLATED", $"{endpoint}/{parameter}")
            .WithEnvironment(context => context.EnvironmentVariables["STRING"] += "!");

        Assert.Equal(
            [
                "STRING=text!",
                "ABSENT=",
                "FUNCTION=made",
                "ENDPOINT={cache.bindings.tcp.url}",
                "PROPERTY={cache.bindings.tcp.port}",
                "PARAMETER={key.value}",
                "CONNECTION={db.connectionString}",
                "EXPRESSION=<{key.value}>",
                "INTERPOLATED={cache.bindings.tcp.url}/{key.value}",
            ],
            await VariablesAsync());
    }

    [Fact]
    public void References_and_waits_are_relations()
    {
        var api = _builder.AddProject("api", _folder.AddProject("Api")).WithHttpEndpoint();
        var parent = _builder.AddContainer("group", "image");

        _web.WithReference(api).WithReference(api.GetEndpoint("http")).WaitFor(api).WithParentRelationship(parent);
        parent.WithChildRelationship(_web);

        Assert.Equal(
            ["api: Reference", "api: WaitFor", "group: Parent"],
            _web.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relation => $"{relation.Resource.Name}: {relation.Type}"));
    }

    [Fact]
    public async Task A_container_reaches_another_one_by_its_name_and_a_process_by_the_host()
    {
        var cache = _builder.AddContainer("Cache", "redis").WithEndpoint(targetPort: 6379, scheme: "redis", name: "tcp").GetEndpoint("tcp");
        var api = _builder.AddExecutable("api", "api", ".").WithHttpEndpoint().GetEndpoint("http");
        Allocate(cache, 50001);
        Allocate(api, 50002);

        var values = new List<string?>();
        foreach (var (endpoint, caller) in new (EndpointReference, IResource)[] { (cache, _web.Resource), (api, _web.Resource), (cache, api.Resource) })
        {
            values.Add(await endpoint.GetValueAsync(new ValueProviderContext { Caller = caller }, TestContext.Current.CancellationToken));
        }

        Assert.Equal(["redis://cache.dev.internal:6379", "http://host.docker.internal:50002", "redis://localhost:50001"], values);
    }

    private static void Allocate(EndpointReference endpoint, int port) =>
        endpoint.EndpointAnnotation.AllocatedEndpoint = new AllocatedEndpoint(endpoint.EndpointAnnotation, "localhost", port);

    private async Task<IEnumerable<string>> VariablesAsync()
    {
        var context = new EnvironmentCallbackContext(_builder.ExecutionContext, _web.Resource);
        foreach (var annotation in _web.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return context.EnvironmentVariables.Select(variable =>
            $"{variable.Key}={(variable.Value is IManifestExpressionProvider value ? value.ValueExpression : variable.Value)}");
    }
}
