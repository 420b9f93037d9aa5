using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Platform.Deploy.Aws;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Terminal;

/// <summary>What was changed by hand, resource by resource.</summary>
internal static class DriftText
{
    public static string Render(ImmutableArray<StackDrift> stacks, Palette palette)
    {
        var text = new StringBuilder();
        foreach (var stack in stacks)
        {
            var (sign, words) = stack.Status switch
            {
                "IN_SYNC" => (palette.Good("✓"), "is as its template says"),
                "DRIFTED" => (palette.Bad("✗"), "differs from its template"),
                var other => (palette.Careful("!"), other),
            };
            _ = text.Append(sign).Append(' ').Append(stack.Name).Append("  ").Append(words).Append('\n');
            foreach (var resource in stack.Resources)
            {
                _ = text.Append("    ").Append(resource.StackResourceDriftStatus == "DELETED" ? palette.Gone("-") : palette.Careful("~"))
                    .Append($" {resource.LogicalResourceId}  {resource.ResourceType}  {resource.PhysicalResourceId}{(resource.StackResourceDriftStatus == "DELETED" ? ", was deleted" : "")}\n");
                foreach (var difference in resource.PropertyDifferences)
                {
                    _ = text.Append($"        {Path(difference)}: {Value(difference.ExpectedValue)} → {Value(difference.ActualValue)}\n");
                }
            }
        }

        var drifted = stacks.Count(stack => stack.IsDrifted);
        return text.Append(stacks.IsEmpty ? "There is nothing to compare: nothing is deployed.\n"
            : drifted == 0 ? "\nNobody changed anything by hand, as far as CloudFormation can tell.\n"
            : "\nThe next deployment does not undo this by itself: change the settings to what is meant, or undo it by hand.\n").ToString();
    }

    public static void WriteTo(Utf8JsonWriter json, ImmutableArray<StackDrift> stacks)
    {
        json.WriteStartArray("stacks");
        foreach (var stack in stacks)
        {
            json.WriteStartObject();
            json.WriteString("name", stack.Name);
            json.WriteString("status", stack.Status);
            json.WriteStartArray("resources");
            foreach (var resource in stack.Resources)
            {
                json.WriteStartObject();
                json.WriteString("logicalId", resource.LogicalResourceId);
                json.WriteString("type", resource.ResourceType);
                json.WriteString("physicalId", resource.PhysicalResourceId);
                json.WriteString("status", resource.StackResourceDriftStatus);
                json.WriteStartArray("properties");
                foreach (var difference in resource.PropertyDifferences)
                {
                    json.WriteStartObject();
                    json.WriteString("path", Path(difference));
                    json.WriteString("expected", difference.ExpectedValue);
                    json.WriteString("actual", difference.ActualValue);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Path(PropertyDifference difference) => difference.PropertyPath.TrimStart('/').Replace('/', '.');

    private static string Value(string json) => json.Length == 0 ? "(none)" : json;
}
