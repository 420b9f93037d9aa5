using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>Who a resource belongs to. Stacks hand their tags down; what a launch template makes has to be given them.</summary>
internal static class Tags
{
    /// <summary>Of what all environments of the application share. The tags of the settings are one environment's.</summary>
    public static ImmutableSortedDictionary<string, string> OfApplication(DeploymentModel model) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("app", model.Names.Application).Add("managed-by", Names.ManagedBy);

    public static ImmutableSortedDictionary<string, string> OfEnvironment(DeploymentModel model) => model.Settings.Tags.SetItems(OfApplication(model)).SetItem("env", model.Names.Environment);

    /// <param name="part">What the instance is, such as <c>node</c>.</param>
    public static ImmutableArray<Tag> OfInstances(DeploymentModel model, string part) =>
        [new Tag("Name", $"{model.Names.Prefix}-{part}"), .. OfEnvironment(model).Select(tag => new Tag(tag.Key, tag.Value))];
}
