using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>All files of an application in its environments.</summary>
internal static class ApplicationRendering
{
    /// <param name="environments">At least one, in the order in which the user named them.</param>
    /// <param name="coverage">Of the same environments.</param>
    public static ArtifactTree Files(ImmutableArray<EnvironmentRendering> environments, ImmutableArray<EnvironmentCoverage> coverage) => ArtifactTree.Of(
    [
        .. CoverageReport.Files(coverage),
        .. environments.SelectMany(StackFiles.Of),
        .. environments.SelectMany(ObjectFiles.Of),
        .. KustomizeFiles.Of(environments),
        .. environments.Select(environment => ArgoCdFile.Of(environment.Model)),
        PlanInputs(environments),
        ObjectFiles.LateValues(environments),
        ComposeRenderer.File(environments[0].Model),
        ReadmeFile.Of(environments),
    ]);

    private static Artifact PlanInputs(ImmutableArray<EnvironmentRendering> environments) => new("plan-inputs.json", () => JsonText.Json(json =>
    {
        json.WriteStartObject();
        foreach (var environment in environments)
        {
            json.WritePropertyName(environment.Name);
            ModelJson.Write(json, environment.Model);
        }

        json.WriteEndObject();
    }));
}
