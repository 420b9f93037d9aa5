using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Deploy.Settings;
using YamlDotNet.Serialization;

namespace Platform.Deploy.Images.Tests;

/// <summary>WebApp/Dockerfile and docker-compose.yml: the other way to an image like those that <c>images push</c> makes.</summary>
public sealed class WebAppImageTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_Dockerfile_stands_on_the_base_that_images_have_by_default()
    {
        var setting = ApplicationCatalogue.Settings.Single(setting => setting.Key == "images.baseImage");

        var standsOn = Dockerfile("ARG BASE=");

        Assert.Equal(setting.DefaultInWords, standsOn);
    }

    [Fact]
    public void Compose_builds_the_Dockerfile_and_isolates_the_application_as_the_cluster_does() =>
        Golden.Matches(Compose()["services"]!["webapp"]!.ToJsonString(Indented) + "\n", "compose-webapp.json");

    [Fact]
    public void Compose_runs_the_application_as_the_user_of_the_Dockerfile()
    {
        var user = Dockerfile("USER ");

        Assert.Equal(user, Compose()["services"]!["webapp"]!["user"]!.GetValue<string>());
    }

    [Fact]
    public void Compose_and_the_Dockerfile_ask_the_application_itself_for_its_health_and_equally_often()
    {
        var health = Compose()["services"]!["webapp"]!["healthcheck"]!;
        var test = health["test"]!.AsArray().Select(part => part!.GetValue<string>()).ToArray();

        var inWords = $"--interval={health["interval"]} --timeout={health["timeout"]} --start-period={health["start_period"]} --retries={health["retries"]} {test[0]} [\"{test[1]}\", \"{test[2]}\"]";

        Assert.Equal(Dockerfile("HEALTHCHECK "), inWords);
    }

    [Fact]
    public void Only_what_is_named_gets_into_the_context_of_the_build()
    {
        var rules = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.Length > 0 && line[0] != '#').ToList();

        Assert.Equal("*", rules[0]);
        Assert.All(["**/bin", "**/obj"], folder => Assert.True(rules.IndexOf(folder) > rules.FindLastIndex(rule => rule[0] == '!')));
    }

    private static string Dockerfile(string beginning) =>
        File.ReadLines(Path.Combine(Repository.Root, "WebApp", "Dockerfile")).Last(line => line.StartsWith(beginning, StringComparison.Ordinal))[beginning.Length..];

    private static JsonNode Compose()
    {
        var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml")));
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(yaml!))!;
    }
}
