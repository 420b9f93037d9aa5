using Platform.Deploy.Manifests;

namespace Platform.Deploy.Tests.Manifests;

public sealed class ManifestTextParserTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("{cache.connectionString}", "<cache connectionString>")]
    [InlineData("a{cache.value}b{cache.value}c", "a<cache value>b<cache value>c")]
    [InlineData("{a.value}{b.value}", "<a value><b value>")]
    [InlineData("{web.bindings.http.url}/path", "<web bindings http url>/path")]
    [InlineData("{kv.secrets.connectionstrings--db}", "<kv secrets connectionstrings--db>")]
    [InlineData("{my_api-2.outputs.A_B}", "<my_api-2 outputs A_B>")]
    public void An_expression_is_found_wherever_it_stands(string text, string expected) => Assert.Equal(expected, Parsed(text));

    [Theory]
    [InlineData("{cache}")]
    [InlineData("{}")]
    [InlineData("{.}")]
    [InlineData("{.value}")]
    [InlineData("{cache.}")]
    [InlineData("{cache..value}")]
    [InlineData("{cache.value")]
    [InlineData("cache.value}")]
    [InlineData("{ cache.value }")]
    [InlineData("{0.00}")]
    [InlineData("""{"a.b":1}""")]
    [InlineData("""{ "Logging": { "a.b": [1, 2] } }""")]
    [InlineData("{a.b|c}")]
    [InlineData("{{0}}")]
    [InlineData("{café.value}")]
    public void What_else_stands_in_braces_is_text(string text) => Assert.Equal([new ManifestTextPart.Literal(text)], Parser("cache").Parse(text).Parts);

    [Theory]
    [InlineData("{{cache.value}}", "{<cache value>}")]
    [InlineData("{{{cache.value}", "{{<cache value>")]
    [InlineData("{cache.{cache.value}}", "{cache.<cache value>}")]
    [InlineData("""{"password":"{cache.value}"}""", """{"password":"<cache value>"}""")]
    [InlineData("${cache.value}", "$<cache value>")]
    public void Braces_around_an_expression_are_text(string text, string expected) => Assert.Equal(expected, Parsed(text));

    [Theory]
    [InlineData("{my.api.value}", "<my.api value>")]
    [InlineData("{my.api.v2.value}", "<my.api.v2 value>")]
    [InlineData("{my.other.value}", "<my other value>")]
    [InlineData("{my.api}", "<my api>")]
    [InlineData("{1st.value}", "<1st value>")]
    [InlineData("{2nd.value}", "{2nd.value}")]
    public void A_name_with_dots_or_a_digit_in_front_is_understood_where_a_resource_has_it(string text, string expected) =>
        Assert.Equal(expected, Parsed(text, "my", "my.api", "my.api.v2", "1st"));

    [Fact]
    public void A_text_turns_back_into_what_was_written()
    {
        const string Written = "{{a.value}} {b} {c.d.e}{f.g} {";

        Assert.Equal(Written, Parser("a").Parse(Written).ToString());
    }

    private static ManifestTextParser Parser(params string[] names) => new(names);

    private static string Parsed(string text, params string[] names) => string.Concat(Parser(names).Parse(text).Parts.Select(part => part switch
    {
        ManifestTextPart.Reference reference => $"<{reference.Resource} {string.Join(' ', reference.Members)}>",
        _ => part.ToString(),
    }));
}
