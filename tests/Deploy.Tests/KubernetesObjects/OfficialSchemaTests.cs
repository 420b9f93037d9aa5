using System.Text.Json;
using k8s;
using k8s.Models;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Tests.Binding;

namespace Platform.Deploy.Tests.KubernetesObjects;

public sealed class OfficialSchemaTests
{
    // Kinds that Kubernetes itself does not have; their shape is that of our records.
    private static readonly string[] Extensions = ["IngressClassParams", "NodeClass", "NodePool", "SecretProviderClass"];

    private static readonly Lazy<OfficialSchema> Schema = new(() => new OfficialSchema(Path.Combine(Need.SharedData("kubernetes"), "openapi-v2.json")));

    public static TheoryData<string> AllVariants => [.. Variants.All.Keys];

    public static TheoryData<string> ValidScenarios => [.. Scenario.Names.Where(name => !name.StartsWith("invalid-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(AllVariants))]
    public void Every_object_is_as_Kubernetes_defines_its_kind(string variant)
    {
        _ = Need.SharedData("kubernetes");

        var objects = ObjectRenderer.Render(Variants.All[variant]).Objects;

        Assert.Empty(Findings(objects));
    }

    [Theory]
    [MemberData(nameof(ValidScenarios))]
    public void Every_object_of_a_scenario_is_as_Kubernetes_defines_its_kind(string name)
    {
        _ = Need.SharedData("kubernetes");

        var objects = ObjectRenderer.Render(Scenario.Run(name).Model).Objects;

        Assert.Empty(Findings(objects));
    }

    [Fact]
    public void What_is_unknown_missing_or_of_another_type_is_found()
    {
        _ = Need.SharedData("kubernetes");
        using var json = JsonDocument.Parse(
            """{ "apiVersion": "apps/v1", "kind": "Deployment", "spec": { "replicas": "3", "template": { "spec": { "containers": [{ "image": "a", "tty": 1, "colour": "red", "imagePullPolicy": "Often" }] } } } }""");

        var findings = Schema.Value.Findings("apps/v1", "Deployment", json.RootElement);

        Assert.Equal(
            [
                ".spec.replicas: integer expected, String found",
                ".spec.template.spec.containers[0].tty: boolean expected, Number found",
                ".spec.template.spec.containers[0].colour: unknown",
                ".spec.template.spec.containers[0].imagePullPolicy: 'Often' is none of its words",
                ".spec.template.spec.containers[0].name: missing",
                ".spec.selector: missing",
            ],
            findings);
    }

    private static IEnumerable<string> Findings(IEnumerable<Platform.Deploy.KubernetesObjects.KubernetesObject> objects) =>
        from item in objects
        where !Extensions.Contains(item.Kind)
        from finding in Findings(item.Body)
        select $"{item.Kind} {item.Name}{finding}";

    private static IEnumerable<string> Findings(IKubernetesObject<V1ObjectMeta> body)
    {
        using var json = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ObjectJson.Default));
        return Schema.Value.Knows(body.ApiVersion, body.Kind)
            ? [.. Schema.Value.Findings(body.ApiVersion, body.Kind, json.RootElement)]
            : [$": Kubernetes has no {body.ApiVersion} {body.Kind}"];
    }
}
