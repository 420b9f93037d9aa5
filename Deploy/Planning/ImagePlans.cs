using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Planning;

/// <summary>What happens to the images that the application is built into.</summary>
internal static class ImagePlans
{
    /// <param name="model">With the images.</param>
    /// <param name="observed">By resource; null: they were not compared with the registry.</param>
    public static ImmutableArray<ImagePlan> Of(DeploymentModel model, ImmutableSortedDictionary<string, ObservedImage>? observed) =>
    [
        .. model.Images.Where(image => image.Source is not ImageSource.Build { BuildOnly: true }).Select(image => observed?.GetValueOrDefault(image.Resource) is { } found
            ? new ImagePlan(image.Resource, found.Repository, found.Action, found.Digest, found.BytesToSend) { Because = found.Because, Findings = found.Findings }
            : new ImagePlan(image.Resource, $"{ImageRegistry.Of(model.Settings)}/{image.Repository}", ImageAction.BuiltAtDeploy, Digest: null, BytesToSend: null)),
    ];
}
