using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>The tags of a resource: the stack's, over them its own, and those that CloudFormation puts on everything.</summary>
internal static class ResourceTags
{
    public static ImmutableSortedDictionary<string, string> Of(ResourceType type, ResourceOrigin origin, JsonObject properties, IReadOnlyDictionary<string, string> stackTags)
    {
        if (!type.IsTagged)
        {
            return CloudResource.EmptyTags;
        }

        var tags = CloudResource.EmptyTags.SetItems(stackTags).SetItems(Own(properties));
        return tags.SetItems([
            KeyValuePair.Create("aws:cloudformation:logical-id", origin.LogicalId),
            KeyValuePair.Create("aws:cloudformation:stack-id", origin.StackId),
            KeyValuePair.Create("aws:cloudformation:stack-name", origin.StackName)]);
    }

    // Most types take a list of keys and values; some a map.
    private static IEnumerable<KeyValuePair<string, string>> Own(JsonObject properties) => properties["Tags"] switch
    {
        JsonArray list => list.Select(tag => KeyValuePair.Create(tag.At("Key").AsScalar() ?? "", tag.At("Value").AsScalar() ?? "")),
        JsonObject map => map.Select(tag => KeyValuePair.Create(tag.Key, tag.Value.AsScalar() ?? "")),
        _ => [],
    };
}
