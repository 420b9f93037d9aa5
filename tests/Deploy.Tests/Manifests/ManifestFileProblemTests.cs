using System.Text;
using Platform.Deploy.Manifests;

namespace Platform.Deploy.Tests.Manifests;

/// <summary>What can be wrong with a file before anybody looks at what it says.</summary>
public sealed class ManifestFileProblemTests
{
    private const string Anew = "Write it anew: dotnet run --project APPHOST -- --publisher manifest --output-path aspire-manifest.json";

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    public void An_empty_file(string file) => AssertProblem($"error DEP010: The manifest is empty.\n  fix {Anew}\n", Encoding.UTF8.GetBytes(file));

    [Theory]
    [InlineData("{", 1, 2)]
    [InlineData("{\n  \"resources\": {\n    \"web\": { \"type\": \"proj", 3, 27)]
    [InlineData("{ \"é\": tru", 1, 11)]
    [InlineData("[ 1, ", 1, 6)]
    public void A_truncated_file(string file, int line, int column) =>
        AssertProblem($"error DEP011: The manifest ends in the middle of something, at line {line}, column {column}.\n  fix {Anew}\n", Encoding.UTF8.GetBytes(file));

    [Theory]
    [InlineData("resources:\n  web:\n", 1, 1, "'r' is an invalid start of a value.")]
    [InlineData("{ \"resources\": { } } more", 1, 22, "'m' is invalid after a single JSON value. Expected end of data.")]
    [InlineData("{\n  \"ä\": 1, // comment\n}", 2, 11, "'/' is an invalid start of a property name. Expected a '\"'.")]
    public void A_file_that_is_not_JSON(string file, int line, int column, string reason) =>
        AssertProblem(
            $"error DEP012: The manifest is not JSON at line {line}, column {column}.\n    | {reason}\n  fix Correct it there.\n", Encoding.UTF8.GetBytes(file));

    [Fact]
    public void A_file_in_UTF_16() =>
        AssertProblem(
            "error DEP013: The manifest is written in UTF-16.\n  fix Save it as UTF-8; in PowerShell by --output-path rather than by '>'.\n",
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{ \"resources\": { } }")]);

    [Fact]
    public void A_file_in_Latin_1() =>
        AssertProblem(
            "error DEP013: The manifest is not UTF-8 at line 2, column 12.\n  fix Save it as UTF-8.\n",
            Encoding.Latin1.GetBytes("{ \"resources\":\n { \"caf\": \"é\" } }"));

    [Theory]
    [InlineData(@"{ ""resources"": { ""a"": { ""error"": ""\ud83d"" } } }", 35)]
    [InlineData(@"{ ""resources"": { ""a"": { ""error"": ""\\\uDE00 \ud83d\ude00"" } } }", 37)]
    [InlineData(@"{ ""resources"": { ""a"": { ""\ud83dx"": 1 } } }", 26)]
    public void Half_of_a_character(string file, int column) =>
        AssertProblem(
            $"error DEP013: The escape at line 1, column {column} is half of a character.\n  fix Write both halves, or the character itself.\n",
            Encoding.UTF8.GetBytes(file));

    [Fact]
    public void A_pair_of_escapes_and_an_escaped_backslash_are_text()
    {
        const string File = @"{ ""resources"": { ""a"": { ""error"": ""\ud83d\ude00 \\ud83d \u00e9"" } } }";

        var reading = ManifestReader.Read(Encoding.UTF8.GetBytes(File), "/app");

        Assert.Equal("Failed a ()\n  Error: 😀 \\ud83d é\n", Dump.Of(reading));
    }

    [Fact]
    public void A_file_that_is_too_large() =>
        AssertProblem("error DEP014: The manifest is larger than 50 MB.\n  fix Name a file that an AppHost wrote.\n", new byte[60_000_000]);

    [Theory]
    [InlineData(65)]
    [InlineData(1_000_000)]
    public void A_bomb_of_brackets(int depth) =>
        AssertProblem(
            "error DEP015: The manifest is nested deeper than 64 levels at line 1, column 65.\n  fix Take the inner levels out.\n",
            Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)));

    [Fact]
    public void What_is_nested_as_deep_as_may_be_is_read()
    {
        var parameters = string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60));

        var reading = ManifestReader.Read(Encoding.UTF8.GetBytes($$"""{ "resources": { "a": { "type": "azure.bicep.v0", "params": {{parameters}} } } }"""), "/app");

        Assert.Equal("Foreign a (azure.bicep.v0)\n", Dump.Of(reading));
    }

    [Theory]
    [InlineData("[]", "error DEP018: This should be an object and is a list.\n  fix Write an object.\n")]
    [InlineData("\"text\"", "error DEP018: This should be an object and is a text.\n  fix Write an object.\n")]
    [InlineData("{ }", "error DEP019: A manifest needs the member 'resources'.\n  fix Add 'resources'.\n")]
    [InlineData("""{ "resources": [] }""", "error DEP018: This should be an object and is a list.\n  at  resources\n  fix Write an object.\n")]
    [InlineData("""{ "resources": {}, "resources": {} }""", "error DEP017: 'resources' is there twice.\n  at  resources\n  fix Remove one of the two.\n")]
    [InlineData("""{ "resources": {}, "deploymentHints": 5 }""", "error DEP018: This should be an object and is a number.\n  at  deploymentHints\n  fix Write an object.\n")]
    public void JSON_that_is_no_manifest(string file, string problem) => AssertProblem(problem, Encoding.UTF8.GetBytes(file));

    [Fact]
    public void A_file_of_rubbish_is_not_told_in_full()
    {
        var file = $$"""{ "resources": { {{string.Join(", ", Enumerable.Range(0, 30_000).Select(i => $"\"a{i}\": {i}"))}} } }""";

        var problems = ManifestReader.Read(Encoding.UTF8.GetBytes(file), "/app").Problems;

        Assert.Equal(1001, problems.Length);
        Assert.Equal("error DEP016: 29000 further problems are not shown.\n  fix Mend those that are shown, and run it again.\n", Dump.Of(problems[1000..]));
    }

    private static void AssertProblem(string expected, byte[] file) => Assert.Equal(expected, Dump.Of(ManifestReader.Read(file, "/app").Problems));
}
