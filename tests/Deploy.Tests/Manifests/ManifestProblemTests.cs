using System.Text;
using Platform.Deploy.Manifests;

namespace Platform.Deploy.Tests.Manifests;

/// <summary>What can be wrong with what a manifest says.</summary>
public sealed class ManifestProblemTests
{
    [Fact]
    public void All_problems_of_a_very_wrong_manifest_are_told_at_once()
    {
        var manifest = File.ReadAllBytes(Path.Combine(Repository.TestProject, "Manifests", "very-wrong.json"));

        var reading = ManifestReader.Read(manifest, "/app");

        Golden.Matches(Dump.Of(reading), "Manifests/very-wrong.txt");
    }

    [Fact]
    public void A_name_steers_no_terminal_and_fills_no_screen()
    {
        var manifest = $$"""{ "resources": { "\u001b[31mred\u202e": { }, "{{new string('x', 300)}} ": { } } }""";

        var problems = ManifestReader.Read(Encoding.UTF8.GetBytes(manifest), "/app").Problems;

        var cut = new string('x', 79) + "…";
        Assert.Equal(
            $"""
            error DEP023: '\u001b[31mred\u202e' is no name of a resource.
              at  resources.\u001b[31mred\u202e
              fix Use ASCII letters, digits, '-', '_' and '.'; begin with a letter or a digit.
            error DEP023: '{cut}' is no name of a resource.
              at  resources.{cut}
              fix Use ASCII letters, digits, '-', '_' and '.'; begin with a letter or a digit.

            """,
            Dump.Of(problems));
    }

    [Fact]
    public void No_problem_and_no_note_shows_the_value_of_a_secret()
    {
        const string Canary = "canary-4711";
        var manifest = $$"""
            { "resources": {
                "key": { "type": "parameter.v0", "value": "{{Canary}}", "valeu": "{{Canary}}", "inputs": { "value": { "secret": true, "default": { "value": "{{Canary}}" } } } },
                "token": { "type": "parameter.v0", "value": [ "{{Canary}}" ], "inputs": "{{Canary}}" },
                "web": { "type": "container.v0", "image": "web", "env": { "KEY": { "value": "{{Canary}}" } }, "args": [ [ "{{Canary}}" ] ], "volumes": "{{Canary}}" } } }
            """;

        var reading = ManifestReader.Read(Encoding.UTF8.GetBytes(manifest), "/app");

        Assert.Equal(7, reading.Problems.Length);
        Assert.DoesNotContain(Canary, Dump.Of(reading.Problems), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, string.Concat(reading.Notes), StringComparison.Ordinal);
    }
}
