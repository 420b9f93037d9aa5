using Platform.Deploy.Model;

namespace Platform.Deploy.Tests.Binding;

public sealed class ExpressionTests
{
    private const string Generated = """, "default": { "generate": { "minLength": 22 } }""";

    [Fact]
    public void A_text_without_expressions_stays_as_it_is()
    {
        var binding = Bound.Of(Bound.Project("web", """ "JSON": "{\"a\": {\"b\": 1}} {} {x} {a b.c}" """));

        Assert.Equal(Value.Of("""{"a": {"b": 1}} {} {x} {a b.c}"""), binding.Workload("web").Environment["JSON"]);
        Assert.Empty(binding.Problems);
    }

    [Fact]
    public void A_secret_that_is_generated_is_its_own_encoded_form()
    {
        var binding = Bound.Of($$"""
            {{Bound.Secret("password", Generated)}},
            "encoded": { "type": "annotated.string", "value": "a/{password.value}", "filter": "uri" },
            {{Bound.Project("web", """ "URL": "amqp://guest:{encoded.value}@broker" """)}}
            """);

        Assert.Equal(Value.Join([Value.Of("amqp://guest:a%2F"), new Value.Secret("password"), Value.Of("@broker")]), binding.Workload("web").Environment["URL"]);
        Assert.Equal(["password"], binding.Model.Secrets.Select(secret => secret.Key));
    }

    [Fact]
    public void A_secret_that_is_given_has_a_second_one_that_is_encoded()
    {
        var binding = Bound.Of($$"""
            {{Bound.Secret("key", "")}},
            "encoded": { "type": "annotated.string", "value": "{key.value}", "filter": "uri" },
            {{Bound.Project("web", """ "URL": "https://api/?key={encoded.value}" """)}}
            """);

        Assert.Equal(Value.Join([Value.Of("https://api/?key="), new Value.Secret("key-uri")]), binding.Workload("web").Environment["URL"]);
        Assert.Equal(
            [
                new SecretModel("key", "shop/dev/key", "KeySecret", new SecretOrigin.Given(Description: null)),
                new SecretModel("key-uri", "shop/dev/key-uri", "KeySecretUri", new SecretOrigin.Encoded("key")),
            ],
            binding.Model.Secrets);
    }

    [Fact]
    public void A_secret_that_nothing_deployed_uses_is_not_made()
    {
        var binding = Bound.Of($$"""{{Bound.Secret("password", Generated)}}, {{Bound.Connection("db", "Password={password.value}")}}, {{Bound.Project("web", "")}}""");

        Assert.Empty(binding.Model.Secrets);
        Assert.Equal("nothing: what is deployed does not need it", binding.Coverage[0].Becomes);
    }

    [Fact]
    public void What_is_wrong_in_a_value_is_said_once_however_many_use_it()
    {
        var binding = Bound.Of($"{Bound.Connection("db", "{nothing.value}")}, {Bound.Project("a", """ "DB": "{db.connectionString}" """)}, {Bound.Project("b", """ "DB": "{db.connectionString}" """)}");

        Assert.Equal(["resources.db.connectionString"], binding.Problems.Select(problem => problem.Subject));
    }

    [Fact]
    public void Values_that_double_at_each_step_are_refused_before_they_fill_the_memory()
    {
        var doubling = string.Join(", ", Enumerable.Range(0, 60).Select(i => Bound.Connection($"d{i}", $"{{d{i + 1}.connectionString}}{{d{i + 1}.connectionString}}")));

        var binding = Bound.Of($"{doubling}, {Bound.Connection("d60", "laugh")}, {Bound.Project("web", """ "BIG": "{d0.connectionString}" """)}");

        Assert.Equal(["DEP064"], binding.Problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void How_deep_values_may_be_made_of_values_does_not_depend_on_their_order(bool backwards)
    {
        var chain = Enumerable.Range(0, 70).Select(i => Bound.Connection($"c{i}", $"{{c{i + 1}.connectionString}}")).Append(Bound.Connection("c70", "end"));

        var binding = Bound.Of(string.Join(", ", backwards ? chain.Reverse() : chain));

        Assert.Equal(["DEP063"], binding.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void An_operator_mends_a_value_that_has_no_counterpart_by_setting_the_variable()
    {
        var binding = Bound.Of(
            $$"""
            "pg": { "type": "azure.bicep.v0", "path": "pg.bicep" },
            {{Bound.Project("web", """ "DB_HOST": "{pg.outputs.hostName}" """)}}
            """,
            hints: "",
            settings: """ "allowMissing": ["pg"], "resources": { "web": { "env": { "DB_HOST": "db.example.com" } } } """);

        Assert.Equal(Value.Of("db.example.com"), binding.Workload("web").Environment["DB_HOST"]);
        Assert.Empty(binding.Problems);
    }

    [Fact]
    public void Names_of_settings_have_no_case()
    {
        var binding = Bound.Of(
            $$"""
            "Size": { "type": "parameter.v0", "value": "{Size.inputs.value}", "inputs": { "value": { "type": "string" } } },
            {{Bound.Project("Web", """ "SIZE": "{Size.value}" """)}}
            """,
            hints: "",
            settings: """ "parameters": { "SIZE": "3" }, "resources": { "WEB": { "env": { "MORE": "4" } } } """);

        Assert.Equal((Value.Of("3"), Value.Of("4")), (binding.Workload("web").Environment["SIZE"], binding.Workload("web").Environment["MORE"]));
    }

    [Fact]
    public void A_workload_that_names_its_own_host_may_call_itself()
    {
        var binding = Bound.Of($"{Bound.Project("silo", """ "PORT": "{silo.bindings.http.targetPort}", "SELF": "{silo.bindings.http.host}" """)}, {Bound.Project("web", """ "PORT": "{web.bindings.http.port}" """)}");

        Assert.Equal([new FlowModel("silo", 8080, 80, Udp: false)], binding.Workload("silo").Calls);
        Assert.Empty(binding.Workload("web").Calls);
    }
}
