using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Deploy.KubernetesObjects;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Platform.Deploy.Tests.KubernetesObjects;

public sealed class YamlWriterTests
{
    // What readers of YAML 1.1 or 1.2 take for something else than this text, unless it is written with care.
    private static readonly string[] Nasty =
    [
        "", " ", "  two", "end ", "\t", "a\tb", "y", "N", "yes", "No", "ON", "off", "true", "FALSE", "null", "Null", "~", "nil", "none",
        "0", "1", "-1", "+1", "01", "0o17", "017", "0x1F", "0b101", "1_000", "1,000", "1.0", "1.", ".5", "1e3", "1E-3", "1.36", "12:30", "12:30:45", "-.inf", ".NaN", "Infinity", "1e", "0x",
        "2001-12-14", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43", "10.0.0.1", "10.0.0.0/16", "::1", "250m", "1Gi", "10%", "5d", "1ST", "123abc", "123e4567-e89b",
        "a: b", "a:", ":a", "a:b", "http://a:80/b?c=d#e", "a #b", "a# b", "#a", "- a", "-", "--", "---", "...", "?", "? a", "!tag", "&anchor", "*alias", "|", ">", "%a", "@a", "`a`", "=", "<<",
        "{a}", "[a]", "{}", "[]", "a, b", "'", "''", "\"", "\\", "\\n", "it's", "say \"hi\"", "'a' \"b\" \\c", "[{\"HTTP\":80}]", "$(A)", "${a.b}", "$$",
        "\n", "\n\n", "a\n", "a\n\n", "a\n\n\n", "\na", "\n\na", "  a\nb", "\ta\nb", "a\n  b\n", "a \nb", "a\n \nb", "a\nb ", "a\n\tb", "a\n\n\nb\n", "a\r\nb", "a\rb", "a\n# b\n", "a\n---\nb", "key: value\nother: value\n",
        "\0", "\a\b\u001b\u007f", "a\u0085b", "a\u00a0b", "a\u2028b\u2029c\n", "\ufeffa", "a\n\ufeffb", "ä", "日本語\nテキスト\n", "🎉", "🎉\nb", "\ufffe", "e\u0301",
    ];

    public static TheoryData<string> NastyTexts => [.. Nasty];

    [Theory]
    [MemberData(nameof(NastyTexts))]
    public void A_text_is_read_back_as_it_was(string text)
    {
        var json = new JsonObject { ["value"] = text, ["list"] = new JsonArray(text, new JsonArray(text), new JsonObject { ["in"] = text }), [$"key{text}"] = "end" };

        var yaml = Yaml(json);

        Assert.Equal(json.ToJsonString(), Read(yaml).ToJsonString());
    }

    [Theory]
    [MemberData(nameof(NastyTexts))]
    public void A_text_is_a_string_to_every_reader(string text)
    {
        var yaml = Yaml(new JsonObject { ["value"] = text });

        var scalar = Assert.IsType<YamlScalarNode>(Document(yaml).Children.Single().Value);
        Assert.True(scalar.Style != ScalarStyle.Plain || !CouldBeSomethingElse(text), yaml);
    }

    [Fact]
    public void Structures_are_written_in_the_style_of_kubectl()
    {
        var json = new JsonObject
        {
            ["empty"] = new JsonObject(),
            ["none"] = new JsonArray(),
            ["number"] = 80,
            ["real"] = 1.5,
            ["yes"] = true,
            ["nothing"] = null,
            ["map"] = new JsonObject { ["a"] = "b", ["deep"] = new JsonObject { ["c"] = new JsonArray(1, 2) } },
            ["list"] = new JsonArray(
                "a",
                new JsonObject { ["name"] = "x", ["ports"] = new JsonArray(new JsonObject { ["port"] = 1 }) },
                new JsonObject(),
                new JsonArray("b", new JsonArray("c")),
                new JsonArray()),
            ["text"] = "first\nsecond\n",
            ["lines"] = new JsonArray("first\nsecond"),
        };

        var yaml = Yaml(json);

        Assert.Equal(
            """
            empty: {}
            none: []
            number: 80
            real: 1.5
            "yes": true
            nothing: null
            map:
              a: b
              deep:
                c:
                - 1
                - 2
            list:
            - a
            - name: x
              ports:
              - port: 1
            - {}
            - - b
              - - c
            - []
            text: |
              first
              second
            lines:
            - |-
              first
              second

            """.ReplaceLineEndings("\n"),
            yaml);
        Assert.Equal(json.ToJsonString(), Read(yaml, typed: true).ToJsonString());
    }

    [Fact]
    public void An_empty_document_is_written_as_such()
    {
        Assert.Equal("{}\n", Yaml(new JsonObject()));
        Assert.Equal("[]\n", Yaml(new JsonArray()));
    }

    [Fact]
    public async Task Kustomize_reads_a_text_as_it_was()
    {
        var kubectl = Need.Kubectl();
        using var folder = new TemporaryFolder();
        var texts = Nasty.Where(KustomizeWrites).Select((text, index) => KeyValuePair.Create($"k{index:D3}", (JsonNode?)JsonValue.Create(text)));
        var map = new JsonObject { ["apiVersion"] = "v1", ["data"] = new JsonObject(texts), ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = "texts" } };
        folder.Write("texts.yaml", Yaml(map));
        folder.Write("kustomization.yaml", "resources:\n- texts.yaml\n");

        var built = await Command.OutputAsync(kubectl, "kustomize", folder.Path);

        Assert.Equal(map.ToJsonString(), Read(built).ToJsonString());
    }

    // It reads all of them, but what it writes itself of rare line ends, control characters and a tab before several lines no reader takes.
    private static bool KustomizeWrites(string text) =>
        text.All(character => character is '\n' or '\t' or (>= ' ' and <= '~') or (> '\u00a0' and not ('\u2028' or '\u2029' or '\ufeff' or '\ufffe')))
        && !(text.StartsWith('\t') && text.Contains('\n', StringComparison.Ordinal));

    private static string Yaml(JsonNode json)
    {
        var output = new ArrayBufferWriter<byte>();
        YamlWriter.Write(JsonSerializer.SerializeToUtf8Bytes(json), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static YamlMappingNode Document(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private static JsonNode Read(string yaml, bool typed = false) => Node(Document(yaml), typed)!;

    private static JsonNode? Node(YamlNode node, bool typed) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Node(pair.Value, typed)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(child => Node(child, typed))]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when typed && scalar.Value is "null" or "true" or "false" or "1" or "2" or "80" or "1.5" => JsonNode.Parse(scalar.Value!),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // Wider than any reader's rules.
    private static bool CouldBeSomethingElse(string text) =>
        text.Length == 0
        || new[] { "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~" }.Contains(text.ToLowerInvariant())
        || (char.IsAsciiDigit(text[0]) && text.All(character => char.IsAsciiHexDigit(character) || "+-.:_,xXoOtTzZ ".Contains(character, StringComparison.Ordinal)))
        || (!char.IsAsciiLetterOrDigit(text[0]) && text[0] is not ('/' or '_' or '$'));
}
