using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Deploy.Manifests;
using Platform.Deploy.Model;
using Platform.Deploy.Rendering;
using Platform.Deploy.Settings;
using Platform.Deploy.Sources;
using Platform.Deploy.Tests.Binding;
using Platform.Deploy.Tests.Commands;
using Platform.Deploy.Tests.Manifests;

namespace Platform.Deploy.Tests.Rendering;

/// <summary>Whatever a manifest says, all stages end with files or with problems. The seed is fixed, so a failure comes again.</summary>
public sealed class RenderingFuzzTests
{
    private const int Seed = 20_260_102;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private static readonly (string Environment, string File)[] Environments =
    [
        ("dev", "{}"),
        ("staging", """{ "edge": { "allowHttp": true }, "cluster": { "compute": "managedNodeGroups" } }"""),
        ("production", """{ "edge": { "domain": "shop.example.com", "hostedZoneId": "Z0123456789ABCDEFGHIJ" }, "gitHub": { "repository": "example/shop" } }"""),
    ];

    [Fact]
    public void No_mutation_of_a_manifest_is_a_bug_of_any_stage()
    {
        var settings = Environments.Select(environment => Settings(environment.Environment, environment.File)).ToArray();
        var seeds = Scenario.Names.Select(name => (Folder: Path.Combine(Scenario.Root, name), Manifest: File.ReadAllText(Path.Combine(Scenario.Root, name, "manifest.json"))))
            .Append((Scenario.Root, Shop.Manifest)).Append((Scenario.Root, FuzzSeed.Rich)).ToArray();
        var random = new Random(Seed);
        var started = Stopwatch.GetTimestamp();

        var failures = new List<string>();
        var rendered = 0;
        for (var round = 0; round < 20_000 && Stopwatch.GetElapsedTime(started) < Limit; round++)
        {
            var (folder, seed) = seeds[round % seeds.Length];
            var mutant = JsonNode.Parse(seed)!;
            for (var times = random.Next(1, 5); times > 0; times--)
            {
                Mutation.OfTree(random, mutant);
            }

            try
            {
                rendered += Render(Encoding.UTF8.GetBytes(mutant.ToJsonString()), folder, settings[random.Next(settings.Length)]) ? 1 : 0;
            }
#pragma warning disable CA1031 // Any exception at all is what this looks for.
            catch (Exception bug)
#pragma warning restore CA1031
            {
                failures.Add($"round {round}: {bug}\n{mutant.ToJsonString()}");
            }
        }

        Assert.Equal([], failures);
        Assert.NotEqual(0, rendered);
    }

    // As the command does it: stages go on where an earlier one had problems, and files are only made where none had any.
    private static bool Render(byte[] file, string folder, EnvironmentSettings settings)
    {
        var reading = ManifestReader.Read(file, folder);
        var binding = ModelBinder.Bind(reading.Manifest, settings, MountedFiles.Read(reading.Manifest, SourceRoot.At(folder)));
        var rendering = EnvironmentRendering.Of(binding.Model);
        if (!reading.Problems.Concat(binding.Problems).Concat(rendering.Stacks.Problems).Concat(rendering.Objects.Problems).Any())
        {
            var tree = ApplicationRendering.Files([rendering], [new EnvironmentCoverage(rendering.Name, binding.Coverage)]);
            Assert.All(tree.Files, artifact => Assert.NotEqual(0, artifact.Write().Length));
            return true;
        }

        return false;
    }

    private static EnvironmentSettings Settings(string environment, string file) => SettingsReader.Read(new SettingsInput
    {
        Environment = environment,
        DefaultApplication = "shop",
        File = new SettingsFile($"environments/{environment}.json", Encoding.UTF8.GetBytes(file)),
    }).Settings;
}
