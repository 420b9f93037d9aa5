using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Platform.Deploy.Manifests;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Tests.Manifests;

/// <summary>
/// The whole of a record as text, to be compared: a line a member, without those that are null, false or empty. An expression in a text stands in ⟨⟩, so that
/// it differs from braces that are none.
/// </summary>
internal static class Dump
{
    public static string Of(ManifestReading reading)
    {
        var text = new StringBuilder();
        foreach (var resource in reading.Manifest.Resources)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"{resource.GetType().Name} {resource.Name} ({resource.Type})\n");
            Members(text, resource, "  ");
        }

        foreach (var (resource, hints) in reading.Manifest.Hints)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"hints of {resource}\n");
            Members(text, hints, "  ");
        }

        foreach (var note in reading.Notes)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"note {note.Subject}: {note.Text}\n");
        }

        return text.Append(Of(reading.Problems)).ToString();
    }

    public static string Of(IEnumerable<Problem> problems)
    {
        var text = new StringBuilder();
        foreach (var problem in problems)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"error {problem.Code}: {problem.Summary}\n");
            _ = problem.Subject is null ? text : text.Append(CultureInfo.InvariantCulture, $"  at  {problem.Subject}\n");
            _ = problem.Detail is null ? text : text.Append(CultureInfo.InvariantCulture, $"    | {problem.Detail.Replace("\n", "\n    | ", StringComparison.Ordinal)}\n");
            _ = text.Append(CultureInfo.InvariantCulture, $"  fix {problem.Fix}\n");
        }

        return text.ToString();
    }

    private static void Members(StringBuilder text, object value, string indent)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.DeclaringType != typeof(ManifestResource)))
        {
            Member(text, property.Name, property.GetValue(value), indent);
        }
    }

    private static void Member(StringBuilder text, string name, object? value, string indent)
    {
        switch (value)
        {
            case null or false:
                break;
            case ManifestText parts:
                _ = text.Append(indent).Append(name).Append(": ").Append(Shown(parts)).Append('\n');
                break;
            case string or int or bool or Enum:
                _ = text.Append(indent).Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
                break;
            case IDictionary map:
                foreach (DictionaryEntry entry in map)
                {
                    if (entry.Value is null)
                    {
                        _ = text.Append(indent).Append(CultureInfo.InvariantCulture, $"{name}.{entry.Key}: from the environment\n");
                    }
                    else
                    {
                        Member(text, $"{name}.{entry.Key}", entry.Value, indent);
                    }
                }

                break;
            case IEnumerable list:
                foreach (var element in list)
                {
                    Member(text, name, element, indent);
                }

                break;
            default:
                _ = text.Append(indent).Append(name).Append(": ").Append(value.GetType().Name).Append('\n');
                Members(text, value, indent + "  ");
                break;
        }
    }

    private static string Shown(ManifestText text) => string.Concat(text.Parts.Select(part => part switch
    {
        ManifestTextPart.Reference reference => $"⟨{reference.Resource}|{string.Join('|', reference.Members)}⟩",
        _ => part.ToString(),
    }));
}
