using System.Collections.Immutable;

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
        ObjectFiles.LateValues(environments),
        ComposeRenderer.File(environments[0].Model),
        ReadmeFile.Of(environments),
    ]);
}
