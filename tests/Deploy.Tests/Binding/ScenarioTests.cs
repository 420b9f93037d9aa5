using System.Text;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;

namespace Platform.Deploy.Tests.Binding;

/// <summary>Each folder of <c>Scenarios</c> is a test, with a golden file a stage.</summary>
public sealed class ScenarioTests
{
    // A stage is one line: its file, and what writes it. Those after binding have nothing to write for what is invalid.
    private static readonly (string File, bool ForInvalid, Func<object, string> Write)[] Stages =
    [
        Stage("problems.txt", scenario => Texts.Problems(scenario.Problems), forInvalid: true),
        Stage("coverage.txt", scenario => Texts.Coverage(scenario.Model.Coverage), forInvalid: true),
        Stage("model.json", scenario => ModelJson.Write(scenario.Model), forInvalid: false),
        Stage("objects.yaml", scenario => Encoding.UTF8.GetString(KubernetesYaml.Write(ObjectRenderer.Render(scenario.Model).Objects).Span), forInvalid: false),
    ];

    public static TheoryData<string> Names => [.. Scenario.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_scenario_gives_what_its_golden_files_say(string name)
    {
        var scenario = Scenario.Run(name);

        Assert.True(scenario.IsInvalid == (scenario.Problems.Length > 0), Texts.Problems(scenario.Problems));
        Assert.All(Stages.Where(stage => stage.ForInvalid || !scenario.IsInvalid), stage => Golden.Matches(stage.Write(scenario), $"Scenarios/{name}/{stage.File}"));
    }

    /// <summary>Models of all that has to succeed and in which no operator lowers the guard, for checks over everything that is rendered.</summary>
    internal static IEnumerable<DeploymentModel> Valid() =>
        Scenario.Names.Select(Scenario.Run).Where(scenario => scenario is { IsInvalid: false, IsLax: false }).Select(scenario => scenario.Model);

    private static (string File, bool ForInvalid, Func<object, string> Write) Stage(string file, Func<Scenario, string> write, bool forInvalid) =>
        (file, forInvalid, scenario => write((Scenario)scenario));
}
