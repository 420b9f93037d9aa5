using System.Text;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.KubernetesObjects;

public sealed class ObjectRendererTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("production")]
    public void A_project_with_a_database_is_rendered_by_profile(string profile)
    {
        var model = Sample.Model(Enum.Parse<Profile>(profile, ignoreCase: true));

        var rendering = ObjectRenderer.Render(model);

        Golden.Matches(Yaml(rendering), $"Kubernetes/sample-{profile}.yaml");
        Assert.Empty(rendering.Problems);
    }

    internal static string Yaml(ObjectRendering rendering) => string.Concat(
        rendering.Objects.GroupBy(item => item.File).OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => $"# {file.Key}\n{Encoding.UTF8.GetString(KubernetesYaml.Write(file).Span)}"));
}
