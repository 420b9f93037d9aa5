using System.Text.Json;

namespace Platform.Deploy.Manifests;

/// <summary>Reads one entry of <c>resources</c>, by its type.</summary>
internal sealed class EntryReader(ManifestTextParser texts, ReadingFindings findings)
{
    private static readonly MemberNames Value = new("A 'value.v0'", ["type", "connectionString"]);
    private static readonly MemberNames Annotated = new("An 'annotated.string'", ["type", "value", "filter"]);

    private static readonly Words<string> Filters = new([("uri", "uri")]);

    private readonly WorkloadReader _workloads = new(texts, findings);
    private readonly ParameterReader _parameters = new(texts, findings);

    /// <summary>Always something, so that those who refer to a wrong entry are not wrong as well.</summary>
    public ManifestResource Read(string name, JsonElement entry, Place place)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            findings.Add(ManifestProblems.WrongKind(place.Subject, "an object", entry));
            return Unreadable(name);
        }

        if (TextOf(entry, "error", place) is { } error)
        {
            return new ManifestResource.Failed { Name = name, Type = TextOf(entry, "type", place) ?? "", Error = error };
        }

        if (TextOf(entry, "type", place) is not { Length: > 0 } type)
        {
            if (!entry.TryGetProperty("type", out var found) || found.ValueKind is JsonValueKind.Null or JsonValueKind.String)
            {
                findings.Add(ManifestProblems.Missing(place.Subject, "A resource", "type"));
            }

            return Unreadable(name);
        }

        return type switch
        {
            // The higher versions say how Azure is to deploy the same thing.
            "project.v0" or "project.v1" or "project.v2" => _workloads.ReadProject(name, type, entry, place),
            "container.v0" or "container.v1" or "container.v2" => _workloads.ReadContainer(name, type, entry, place),
            "dockerfile.v0" => _workloads.ReadDockerfile(name, type, entry, place),
            "executable.v0" => _workloads.ReadExecutable(name, type, entry, place),
            "parameter.v0" => _parameters.Read(name, type, entry, place),
            "value.v0" => ReadValue(name, type, entry, place),
            "annotated.string" => ReadAnnotated(name, type, entry, place),
            _ => new ManifestResource.Foreign { Name = name, Type = type },
        };
    }

    private static ManifestResource.Failed Unreadable(string name) => new() { Name = name, Type = "", Error = "The entry could not be read." };

    private ManifestResource.Connection ReadValue(string name, string type, JsonElement entry, Place place)
    {
        var members = Members.OfObject(entry, place, Value, findings);
        return new ManifestResource.Connection { Name = name, Type = type, ConnectionString = texts.Parse(members.RequiredText("connectionString")) };
    }

    private ManifestResource.Filtered ReadAnnotated(string name, string type, JsonElement entry, Place place)
    {
        var members = Members.OfObject(entry, place, Annotated, findings);
        return new ManifestResource.Filtered
        {
            Name = name,
            Type = type,
            Value = texts.Parse(members.RequiredText("value")),
            Filter = members.Word("filter", Filters),
        };
    }

    // A second 'type' is told when the members are read; here the last one counts, as everywhere.
    private string? TextOf(JsonElement entry, string member, Place place)
    {
        if (!entry.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        findings.Add(ManifestProblems.WrongKind(place.ToString(member), "a text", value));
        return null;
    }
}
