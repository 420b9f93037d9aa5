using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class ReferenceExpressionTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly IResourceBuilder<ParameterResource> _password;
    private readonly EndpointReference _endpoint;

    public ReferenceExpressionTests()
    {
        var builder = _folder.ForRun();
        _password = builder.AddParameter("password", secret: true);
        _password.Resource.Resolve("a b&c");
        _endpoint = builder.AddContainer("cache", "redis").WithEndpoint(targetPort: 6379, scheme: "redis", name: "tcp").GetEndpoint("tcp");
        _endpoint.EndpointAnnotation.AllocatedEndpoint = new AllocatedEndpoint(_endpoint.EndpointAnnotation, "localhost", 50000);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Holes_are_filled_with_expressions_or_with_values() => IsAsync(
        ReferenceExpression.Create($"{_endpoint};password={_password}"),
        "{cache.bindings.tcp.url};password={password.value}",
        "redis://localhost:50000;password=a b&c");

    [Fact]
    public Task Every_property_of_an_endpoint_has_an_expression_and_a_value() => IsAsync(
        ReferenceExpression.Create($"""
            {_endpoint.Property(EndpointProperty.Url)} {_endpoint.Property(EndpointProperty.Host)} {_endpoint.Property(EndpointProperty.IPV4Host)}
            {_endpoint.Property(EndpointProperty.Port)} {_endpoint.Property(EndpointProperty.Scheme)} {_endpoint.Property(EndpointProperty.TargetPort)}
            {_endpoint.Property(EndpointProperty.HostAndPort)} {_endpoint.Property(EndpointProperty.TlsEnabled)}
            """),
        """
        {cache.bindings.tcp.url} {cache.bindings.tcp.host} {cache.bindings.tcp.iPV4Host}
        {cache.bindings.tcp.port} {cache.bindings.tcp.scheme} {cache.bindings.tcp.targetPort}
        {cache.bindings.tcp.hostAndPort} {cache.bindings.tcp.tlsEnabled}
        """,
        """
        redis://localhost:50000 localhost 127.0.0.1
        50000 redis 6379
        localhost:50000 False
        """);

    [Fact]
    public Task Braces_of_the_text_stay() => IsAsync(
        ReferenceExpression.Create($"{{\"password\":\"{_password}\"}}"), "{\"password\":\"{password.value}\"}", "{\"password\":\"a b&c\"}");

    [Fact]
    public Task Braces_of_a_string_stay() => IsAsync(ReferenceExpression.Create($"{"{0}"}"), "{0}", "{0}");

    [Fact]
    public Task A_string_may_be_absent() => IsAsync(ReferenceExpression.Create($"[{(string?)null}]"), "[]", "[]");

    [Fact]
    public Task A_value_is_URL_encoded_where_that_is_asked_for() => IsAsync(
        ReferenceExpression.Create($"redis://:{_password:uri}@host/{"x y":uri}"), "redis://:{password.value}@host/x%20y", "redis://:a%20b%26c@host/x%20y");

    [Fact]
    public Task Expressions_nest() => IsAsync(
        ReferenceExpression.Create($"<{ReferenceExpression.Create($"({_password:uri}){{1}}")}>"), "<({password.value}){1}>", "<(a%20b%26c){1}>");

    [Fact]
    public async Task A_builder_makes_one_piece_by_piece()
    {
        var builder = new ReferenceExpressionBuilder();
        var before = builder.IsEmpty;

        builder.AppendLiteral("{literal}");
        builder.Append($";{_password}");
        builder.AppendFormatted("a b", "uri");
        builder.AppendFormatted(_endpoint.Property(EndpointProperty.Port));

        Assert.Equal((true, false), (before, builder.IsEmpty));
        await IsAsync(builder.Build(), "{literal};{password.value}a%20b{cache.bindings.tcp.port}", "{literal};a b&ca%20b50000");
    }

    [Fact]
    public void An_endpoint_is_spelled_as_it_was_declared()
    {
        Assert.Equal("{cache.bindings.tcp.url}", new EndpointReference(_endpoint.Resource, "TCP").ValueExpression);
    }

    [Fact]
    public void An_expression_knows_what_it_is_made_of()
    {
        var nested = ReferenceExpression.Create($"{ReferenceExpression.Create($"{_endpoint.Property(EndpointProperty.Port)}")}{_password}");

        Assert.Equal(["cache", "password"], ValueReferences.ResourcesIn(nested).Select(resource => resource.Name).Order());
    }

    [Fact]
    public async Task A_value_is_waited_for()
    {
        var later = _folder.ForRun().AddParameter("later");
        var expression = ReferenceExpression.Create($"{later}!");

        var value = expression.GetValueAsync(TestContext.Current.CancellationToken);
        var known = value.IsCompleted;
        later.Resource.Resolve("now");

        Assert.Equal((false, "now!"), (known, await value));
    }

    private static async Task IsAsync(ReferenceExpression expression, string manifest, string value)
    {
        Assert.Equal(manifest, expression.ValueExpression);
        Assert.Equal(value, await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }
}
