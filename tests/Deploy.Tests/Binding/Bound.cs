using System.Text;
using Platform.Deploy.Manifests;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Binding;

/// <summary>Small manifests, bound, for tests of one rule.</summary>
internal static class Bound
{
    /// <param name="resources">What stands in the braces of <c>resources</c>.</param>
    public static ModelBinding Of(string resources) => Of(resources, hints: "", settings: "");

    /// <param name="resources">What stands in the braces of <c>resources</c>.</param>
    /// <param name="hints">What stands in the braces of <c>deploymentHints</c>.</param>
    /// <param name="settings">What stands in the braces of the settings file of dev.</param>
    public static ModelBinding Of(string resources, string hints, string settings)
    {
        var manifest = ManifestReader.Read(Encoding.UTF8.GetBytes($$"""{ "resources": { {{resources}} }, "deploymentHints": { {{hints}} } }"""), "/app");
        var said = SettingsReader.Read(new SettingsInput
        {
            Environment = "dev",
            DefaultApplication = "shop",
            File = new SettingsFile("environments/dev.json", Encoding.UTF8.GetBytes($$"""{ {{settings}} }""")),
        });
        Assert.Equal("", Texts.Problems([.. manifest.Problems, .. said.Problems]));
        return ModelBinder.Bind(manifest.Manifest, said.Settings, MountedFiles.None);
    }

    public static Workload Workload(this ModelBinding binding, string name) => binding.Model.Workloads.Single(workload => workload.Name == name);

    /// <summary>A project with these variables, which are JSON members.</summary>
    public static string Project(string name, string env) => $$"""
        "{{name}}": {
          "type": "project.v0",
          "path": "{{name}}.csproj",
          "env": { {{env}} },
          "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http" } }
        }
        """;

    public static string Connection(string name, string text) => $$"""
        "{{name}}": { "type": "value.v0", "connectionString": "{{text}}" }
        """;

    public static string Secret(string name, string rule) => $$"""
        "{{name}}": { "type": "parameter.v0", "value": "{ {{name}}.inputs.value}", "inputs": { "value": { "type": "string", "secret": true{{rule}} } } }
        """.Replace("{ ", "{", StringComparison.Ordinal);
}
