using System.Globalization;

namespace Platform.EndToEnd.Tests;

/// <summary>One application with everything that a model can put into variables and arguments; the tests read what arrived in the process.</summary>
[Trait("Category", "EndToEnd")]
public sealed class EnvironmentTests(EnvironmentTests.Running running) : IClassFixture<EnvironmentTests.Running>
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Text_arrives_unchanged()
    {
        var variables = await running.App.EnvironmentAsync("service");

        Assert.Equal("a {{.Name}} b {{ oops }} c }} d", variables["BRACES"]);
        Assert.Equal("$HOME \"quoted\" back\\slash ünïcode", variables["SIGNS"]);
        Assert.Equal("", variables["EMPTY"]);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Endpoints_become_addresses()
    {
        var variables = await running.App.EnvironmentAsync("service");

        var other = running.App.GetEndpoint("other");
        Assert.Equal($"http://localhost:{other.Port}", variables["OTHER_URL"]);
        Assert.Equal($"port={other.Port} host=localhost both=localhost:{other.Port}", variables["OTHER_PARTS"]);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Parameters_expressions_and_callbacks_are_resolved()
    {
        var variables = await running.App.EnvironmentAsync("service");

        Assert.Equal("s3cret", variables["PASSWORD"]);
        Assert.Equal("user=app;password=s3cret;escaped=a%2Fb%20c", variables["COMPOSED"]);
        Assert.Equal("later", variables["FROM_FUNCTION"]);
        Assert.Equal("service in Run", variables["FROM_CALLBACK"]);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_reference_to_a_service_can_be_discovered()
    {
        var variables = await running.App.EnvironmentAsync("service");

        var url = $"http://localhost:{running.App.GetEndpoint("other").Port}";
        Assert.Equal(
            new SortedDictionary<string, string>
            {
                ["services__other__http__0"] = url,
                ["OTHER_HTTP"] = url,
                ["services__partner__https__0"] = "https://partner.example/",
                ["PARTNER"] = "https://partner.example/",
                ["services__named__default__0"] = "http://named.example/",
            },
            new SortedDictionary<string, string>(variables.Where(variable =>
                variable.Key.StartsWith("services__", StringComparison.Ordinal) || variable.Key is "OTHER_HTTP" or "PARTNER").ToDictionary()));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Connection_strings_get_their_names()
    {
        var variables = await running.App.EnvironmentAsync("service");

        Assert.Equal(
            new SortedDictionary<string, string>
            {
                ["ConnectionStrings__composed"] = "Host=db;Password=s3cret",
                ["ConnectionStrings__renamed"] = "Server=from-settings",
            },
            new SortedDictionary<string, string>(variables.Where(variable => variable.Key.StartsWith("ConnectionStrings__", StringComparison.Ordinal)).ToDictionary()));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_port_to_listen_on_is_a_private_one()
    {
        var variables = await running.App.EnvironmentAsync("service");

        var port = int.Parse(variables["ADMIN_PORT"], CultureInfo.InvariantCulture);
        Assert.NotEqual(running.App.GetEndpoint("service", "admin").Port, port);
        Assert.Matches("^http://localhost:[0-9]+$", variables["ASPNETCORE_URLS"]);
        Assert.NotEqual(running.App.GetEndpoint("service").Port, new Uri(variables["ASPNETCORE_URLS"]).Port);
        Assert.Equal(variables["ADMIN_PORT"], variables["OWN_TARGET"]);
        Assert.Equal("4711", variables["FIXED_PORT"]);
        Assert.Equal(4711, running.App.GetEndpoint("service", "fixed").Port);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Arguments_arrive_one_by_one()
    {
        var arguments = await running.App.AskAsync<string[]>("service", "args");

        var port = running.App.GetEndpoint("other").Port;
        Assert.Equal(
            ["--plain", "two words", "{{ braces }}", "$HOME", "", "s3cret", $"http://localhost:{port}", $"--to=localhost:{port}", "from callback", "42"], arguments);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_project_is_told_its_environment_and_nothing_of_the_hosts()
    {
        var variables = await running.App.EnvironmentAsync("service");

        Assert.Equal("Development", variables["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("Development", variables["DOTNET_ENVIRONMENT"]);
        Assert.Equal("true", variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);
        Assert.Equal(
            [],
            variables.Keys.Where(name => name.StartsWith("DCP_", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)
                || name.StartsWith("DOTNET_LAUNCH", StringComparison.Ordinal)));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public void The_dashboard_gets_what_the_model_sets_and_nothing_inherited()
    {
        var shown = running.App.Snapshot("service").EnvironmentVariables;

        Assert.Contains(new EnvironmentVariableSnapshot("SIGNS", "$HOME \"quoted\" back\\slash ünïcode", IsFromSpec: true), shown);
        Assert.DoesNotContain(shown, variable => variable.Name is "PATH" or "HOME");
    }

    public sealed class Running : IAsyncLifetime
    {
        private DistributedApplication? _app;

        internal DistributedApplication App => _app ?? throw new InvalidOperationException("It was not started.");

        public async ValueTask InitializeAsync()
        {
            _app = await Applications.StartAsync(Define, "--ConnectionStrings:configured", "Server=from-settings");
            await _app.HealthyAsync("other");
            await _app.HealthyAsync("service");
        }

        public async ValueTask DisposeAsync() => await App.DisposeAsync();

        private static void Define(IDistributedApplicationTestingBuilder builder)
        {
            var password = builder.AddParameter("password", "s3cret", secret: true);
            var path = builder.AddParameter("path", "a/b c");
            var partner = builder.AddExternalService("partner", "https://partner.example/");
            var composed = builder.AddConnectionString("composed", ReferenceExpression.Create($"Host=db;Password={password}"));
            var configured = builder.AddConnectionString("configured");
            var other = builder.AddService("other");
            var endpoint = other.GetEndpoint("http");
            var service = builder.AddService("service");
            service
                .WithHttpEndpoint(name: "admin", env: "ADMIN_PORT")
                .WithHttpEndpoint(name: "fixed", env: "FIXED_PORT", targetPort: 4711, isProxied: false)
                .WithEnvironment("BRACES", "a {{.Name}} b {{ oops }} c }} d")
                .WithEnvironment("SIGNS", "$HOME \"quoted\" back\\slash ünïcode")
                .WithEnvironment("EMPTY", "")
                .WithEnvironment("OTHER_URL", endpoint)
                .WithEnvironment("OTHER_PARTS", $"port={endpoint.Property(EndpointProperty.Port)} host={endpoint.Property(EndpointProperty.Host)} both={endpoint.Property(EndpointProperty.HostAndPort)}")
                .WithEnvironment("OWN_TARGET", $"{service.GetEndpoint("admin").Property(EndpointProperty.TargetPort)}")
                .WithEnvironment("PASSWORD", password)
                .WithEnvironment("COMPOSED", ReferenceExpression.Create($"user=app;password={password};escaped={path:uri}"))
                .WithEnvironment("FROM_FUNCTION", () => "later")
                .WithEnvironment(context => context.EnvironmentVariables["FROM_CALLBACK"] = $"{context.Resource.Name} in {context.ExecutionContext.Operation}")
                .WithReference(other)
                .WithReference(partner)
                .WithReference("named", new Uri("http://named.example"))
                .WithReference(composed)
                .WithReference(configured, connectionName: "renamed")
                .WithArgs("--plain", "two words", "{{ braces }}", "$HOME", "")
                .WithArgs(password, endpoint, ReferenceExpression.Create($"--to={endpoint.Property(EndpointProperty.HostAndPort)}"))
                .WithArgs(context => context.Args.Add("from callback"))
                .WithArgs(42);
        }
    }
}
