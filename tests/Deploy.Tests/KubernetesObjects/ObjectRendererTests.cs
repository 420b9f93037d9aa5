using System.Text;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.KubernetesObjects;

public sealed class ObjectRendererTests
{
    public static TheoryData<string> AllVariants => [.. Variants.All.Keys];

    [Theory]
    [MemberData(nameof(AllVariants))]
    public void Every_file_is_as_it_was_reviewed(string variant)
    {
        var rendering = ObjectRenderer.Render(Variants.All[variant]);

        foreach (var file in rendering.Objects.GroupBy(item => item.File))
        {
            Golden.Matches(Encoding.UTF8.GetString(KubernetesYaml.Write(file).Span), $"Kubernetes/{variant}/{file.Key}");
        }

        Golden.Matches(Summary(rendering), $"Kubernetes/{variant}/summary.txt");
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        var first = KubernetesYaml.Write(ObjectRenderer.Render(Variants.Wide(Profile.Production)).Objects);

        var second = KubernetesYaml.Write(ObjectRenderer.Render(Variants.Wide(Profile.Production)).Objects);

        Assert.True(first.Span.SequenceEqual(second.Span));
    }

    [Theory]
    [MemberData(nameof(AllVariants))]
    public void An_object_lists_exactly_the_late_values_in_it(string variant)
    {
        var objects = ObjectRenderer.Render(Variants.All[variant]).Objects;

        foreach (var item in objects)
        {
            var yaml = Encoding.UTF8.GetString(KubernetesYaml.Write([item]).Span);
            Assert.Equal(LateValuesIn(yaml), item.LateValues.Select(value => value.ToString()));
        }
    }

    private static string Summary(ObjectRendering rendering)
    {
        var text = new StringBuilder();
        foreach (var item in rendering.Objects)
        {
            text.Append(item.Phase).Append(' ').Append(item.Wave).Append(' ').Append(item.Kind).Append(' ')
                .Append(item.Namespace is null ? "" : item.Namespace + "/").Append(item.Name).Append(' ').Append(item.File).Append('\n');
        }

        foreach (var requirement in rendering.Requirements)
        {
            text.Append("requires: ").Append(requirement).Append('\n');
        }

        foreach (var problem in rendering.Problems)
        {
            text.Append(problem.Code).Append(' ').Append(problem.Subject).Append(' ').Append(problem.Summary).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> LateValuesIn(string yaml) =>
        yaml.Split("${").Skip(1).Select(rest => "${" + rest[..(rest.IndexOf('}') + 1)]).Distinct().Order(StringComparer.Ordinal);
}
