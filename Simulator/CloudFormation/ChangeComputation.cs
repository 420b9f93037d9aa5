using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>Computes what a change set would do: the stack as it is against the template as it shall be.</summary>
internal sealed class ChangeComputation(SimulatedAccount account, StackStore stacks, StackRecord stack, ChangeSetRecord changeSet)
{
    private readonly Template _new = stacks.Template(changeSet.Content.TemplateBody);
    private readonly Template? _old = stack.Content is { } content ? stacks.Template(content.TemplateBody) : null;
    private readonly SortedDictionary<string, ChangeRecord?> _changes = new(StringComparer.Ordinal);
    private TemplateEvaluation? _evaluation;

    /// <summary>Names of the exports that were read so far.</summary>
    public IEnumerable<string> Imports => Evaluation.Imports;

    private TemplateEvaluation Evaluation => _evaluation ??= stacks.Evaluation(stack, changeSet.Content, Known);

    /// <exception cref="EvaluationException">The template has no meaning with these values.</exception>
    public List<ChangeRecord> Changes()
    {
        var wanted = _new.Resources.Where(resource => Evaluation.Holds(resource.Condition)).ToList();
        foreach (var resource in wanted)
        {
            ChangeOf(resource.LogicalId);
        }

        var names = wanted.Select(resource => resource.LogicalId).ToHashSet();
        var removed = stack.Resources.Where(record => record.Exists && !names.Contains(record.LogicalId)).Select(Removal);
        return [.. _changes.Values.OfType<ChangeRecord>().Concat(removed).OrderBy(change => change.LogicalId, StringComparer.Ordinal)];
    }

    /// <summary>Whether outputs would be other ones.</summary>
    public bool OutputsChange()
    {
        var outputs = _new.Outputs.Where(output => Evaluation.Holds(output.Condition)).Select(output => (
            output.Key,
            Value: Evaluation.Text(output.Value),
            output.Description,
            Export: output.ExportName is null ? null : Evaluation.Text(output.ExportName)));
        var now = stack.Outputs.Select(output => (output.Key, output.Value, output.Description, Export: output.ExportName));
        return !outputs.OrderBy(output => output.Key, StringComparer.Ordinal).SequenceEqual(now.OrderBy(output => output.Key, StringComparer.Ordinal));
    }

    private KnownResource? Known(string logicalId) =>
        ChangeOf(logicalId) is { Action: "Add" } or { Replacement: "True" } ? null
        : _changes.GetValueOrDefault(logicalId) is { Action: "Import", PhysicalId: { } id } import ? new KnownResource(id, account.Resources.Find(import.Type, id)?.Attributes ?? [])
        : stacks.Known(stack.Resource(logicalId));

    private ChangeRecord? ChangeOf(string logicalId)
    {
        if (_changes.TryGetValue(logicalId, out var known))
        {
            return known;
        }

        var resource = _new.Resource(logicalId) ?? throw new EvaluationException($"Template error: {logicalId} is no resource.");
        if (!Evaluation.Holds(resource.Condition))
        {
            throw new EvaluationException($"Template format error: Unresolved resource dependencies [{logicalId}] in the Resources block of the template");
        }

        var change = stack.Resource(logicalId) is { Exists: true } record && record.Status != "CREATE_FAILED" ? Modification(resource, record) : Addition(resource);
        return _changes[logicalId] = change;
    }

    private ChangeRecord Addition(TemplateResource resource)
    {
        var properties = Evaluation.Properties(resource.Properties);
        var existing = changeSet.ResourcesToImport.TryGetValue(resource.LogicalId, out var id) ? account.Resources.Find(resource.Type, id)
            : changeSet.ImportExistingResources ? CustomNames.Existing(account.Resources, resource.Type, properties)
            : null;
        return new ChangeRecord
        {
            Action = existing is null ? "Add" : "Import",
            LogicalId = resource.LogicalId,
            PhysicalId = existing?.Id,
            Type = resource.Type,
            After = Context(properties),
        };
    }

    private static ChangeRecord Removal(ResourceRecord record) => new()
    {
        Action = "Remove",
        PolicyAction = record.DeletionPolicy is "Delete" or "Snapshot" ? record.DeletionPolicy : "Retain",
        LogicalId = record.LogicalId,
        PhysicalId = record.PhysicalId,
        Type = record.Type,
        Before = Context(record.Properties),
    };

    private ChangeRecord? Modification(TemplateResource resource, ResourceRecord record)
    {
        var after = Evaluation.Properties(resource.Properties);
        var before = changeSet.DeploymentMode == "REVERT_DRIFT" ? account.Resources.Find(record.Type, record.PhysicalId ?? "")?.Properties ?? [] : record.Properties;
        var details = PropertyDetails(resource, before, after).Concat(TagDetails(resource, record)).Concat(PolicyDetails(resource, record)).ToList();
        if (details.Count == 0)
        {
            return null;
        }

        var recreations = details.Where(detail => detail.RequiresRecreation != "Never").ToList();
        var replacement = recreations.Count == 0 ? "False" : recreations.Any(detail => detail.Evaluation == "Static") ? "True" : "Conditional";
        return new ChangeRecord
        {
            Action = "Modify",
            PolicyAction = replacement == "False" ? null : resource.UpdateReplacePolicy is "Delete" ? "ReplaceAndDelete" : $"ReplaceAnd{resource.UpdateReplacePolicy}",
            LogicalId = resource.LogicalId,
            PhysicalId = record.PhysicalId,
            Type = resource.Type,
            Replacement = replacement,
            Scope = [.. details.Select(detail => detail.Attribute).Distinct()],
            Details = details,
            Before = Context(before),
            After = Context(after),
            DriftStatus = record.DriftStatus,
        };
    }

    private IEnumerable<ChangeDetailRecord> PropertyDetails(TemplateResource resource, JsonObject before, JsonObject after)
    {
        var type = ResourceTypes.Get(resource.Type);
        foreach (var name in before.Select(property => property.Key).Union(after.Select(property => property.Key)).Order(StringComparer.Ordinal))
        {
            var source = Source(resource, name);
            if (JsonText.Same(before[name], after[name]))
            {
                if (source is { Source: "ResourceAttribute" })
                {
                    yield return Detail(type, name, $"/Properties/{name}", before[name], after[name], source) with { Evaluation = "Dynamic", RequiresRecreation = RecreationByName(type, name) };
                }

                continue;
            }

            var path = PropertyPaths.Difference($"/Properties/{name}", before[name], after[name]);
            var isUnknown = after[name]?.ToJsonString().Contains("changeSet:KNOWN_AFTER_APPLY", StringComparison.Ordinal) == true;
            yield return Detail(type, name, path.Path, path.Before, path.After, source ?? new ChangeCause("DirectModification", null)) with
            {
                RequiresRecreation = type.CreateOnly.Any(property => (property == name || property.StartsWith(name + ".", StringComparison.Ordinal))
                    && !JsonText.Same(before.At(property), after.At(property))) ? "Always" : "Never",
                Evaluation = isUnknown && source is { Source: "ResourceAttribute" } ? "Dynamic" : "Static",
            };
        }
    }

    private static string RecreationByName(ResourceType type, string name) =>
        type.CreateOnly.Contains(name) ? "Always" : type.CreateOnly.Any(property => property.StartsWith(name + ".", StringComparison.Ordinal)) ? "Conditionally" : "Never";

    private static ChangeDetailRecord Detail(ResourceType type, string name, string path, JsonNode? before, JsonNode? after, ChangeCause cause) => new()
    {
        Attribute = name == "Tags" && type.IsTagged ? "Tags" : "Properties",
        Name = name == "Tags" && type.IsTagged ? null : name,
        Path = path,
        Before = PropertyPaths.Shown(before),
        After = PropertyPaths.Shown(after),
        ChangeType = before is null ? "Add" : after is null ? "Remove" : "Modify",
        ChangeSource = cause.Source,
        CausingEntity = cause.Entity,
    };

    private IEnumerable<ChangeDetailRecord> TagDetails(TemplateResource resource, ResourceRecord record) =>
        ResourceTypes.Get(resource.Type).IsTagged && !record.StackTags.SequenceEqual(changeSet.Content.Tags)
            ? [new ChangeDetailRecord { Attribute = "Tags", Path = "/Properties/Tags", Before = PropertyPaths.Shown(Tags(record.StackTags)), After = PropertyPaths.Shown(Tags(changeSet.Content.Tags)) }]
            : [];

    private static IEnumerable<ChangeDetailRecord> PolicyDetails(TemplateResource resource, ResourceRecord record)
    {
        if (resource.DeletionPolicy != record.DeletionPolicy)
        {
            yield return new ChangeDetailRecord { Attribute = "DeletionPolicy", Path = "/DeletionPolicy", Before = record.DeletionPolicy, After = resource.DeletionPolicy };
        }

        if (resource.UpdateReplacePolicy != record.UpdateReplacePolicy)
        {
            yield return new ChangeDetailRecord { Attribute = "UpdateReplacePolicy", Path = "/UpdateReplacePolicy", Before = record.UpdateReplacePolicy, After = resource.UpdateReplacePolicy };
        }
    }

    // Null: nothing that it refers to changes.
    private ChangeCause? Source(TemplateResource resource, string property)
    {
        if (!JsonText.Same(resource.Properties[property], _old?.Resource(resource.LogicalId)?.Properties[property]))
        {
            return new ChangeCause("DirectModification", null);
        }

        var references = TemplateReferences.Of(resource.Properties[property]);
        foreach (var reference in references)
        {
            if (_new.Resource(reference.Name) is not null)
            {
                switch (reference.Kind, ChangeOf(reference.Name))
                {
                    case (ReferenceKind.Attribute, { Action: "Modify" } target) when target.Scope is not (["Tags"] or ["DeletionPolicy"] or ["UpdateReplacePolicy"]):
                        return new ChangeCause("ResourceAttribute", $"{reference.Name}.{reference.Attribute}");
                    case (ReferenceKind.Ref, { Replacement: "True" } or { Action: "Add" }):
                        return new ChangeCause("ResourceReference", reference.Name);
                }
            }
            else if (reference.Kind == ReferenceKind.Ref && ValueOf(changeSet.Content, reference.Name) != ValueOf(stack.Content, reference.Name))
            {
                return new ChangeCause("ParameterReference", reference.Name);
            }
        }

        return null;
    }

    private static string? ValueOf(StackContent? content, string parameter) => content?.Parameters.Find(record => record.Key == parameter) is { } found ? found.ResolvedValue ?? found.Value : null;

    private static JsonArray Tags(SortedDictionary<string, string> tags) => new([.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]);

    private static string Context(JsonObject properties) => new JsonObject { ["Properties"] = properties.DeepClone() }.Write();

    private sealed record ChangeCause(string Source, string? Entity);
}
