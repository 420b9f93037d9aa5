using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Apis;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>The stacks of an account, and what they see of each other and of it.</summary>
internal sealed class StackStore(SimulatedAccount account) : IKept
{
    public const string StackType = "AWS::CloudFormation::Stack";

    private const string PublicParameters = "/aws/service/";

    private readonly Dictionary<string, Template> _templates = new(StringComparer.Ordinal);

    public StackRecords Records { get; private set; } = new();

    public string Name => "cloudformation";

    public ImmutableArray<string> Zones => [.. Zone.Of(account.Region).Select(zone => zone.Name)];

    public IEnumerable<(StackRecord Stack, OutputRecord Output)> Exports =>
        from stack in Records.Stacks
        where !stack.IsDeleted
        from output in stack.Outputs
        where output.ExportName is not null
        select (stack, output);

    /// <summary>Of that name, if it is not deleted; or of that id.</summary>
    public StackRecord? Find(string nameOrId) =>
        Records.Stacks.Find(stack => stack.Id == nameOrId) ?? Records.Stacks.Find(stack => stack.Name == nameOrId && !stack.IsDeleted);

    /// <summary>The same, but not the deleted ones.</summary>
    public StackRecord? FindLive(string nameOrId) => Records.Stacks.Find(stack => !stack.IsDeleted && (stack.Id == nameOrId || stack.Name == nameOrId));

    public Template Template(string body)
    {
        if (!_templates.TryGetValue(body, out var template))
        {
            _templates[body] = template = TemplateReader.Read(body);
        }

        return template;
    }

    /// <summary>The stacks that import an export of a stack, in the order of their names.</summary>
    public List<string> ImportersOf(string export) =>
        [.. Records.Stacks.Where(stack => !stack.IsDeleted && stack.Imports.Contains(export)).Select(stack => stack.Name).Order(StringComparer.Ordinal)];

    /// <summary>The value of a Systems Manager parameter; AWS's own are made up from their names.</summary>
    public string? StoredParameter(string name) => name.StartsWith(PublicParameters, StringComparison.Ordinal)
        ? SsmApi.ValueOfPublic(name)
        : account.Resources.Find("AWS::SSM::Parameter", name)?.Text("Value");

    public TemplateEvaluation Evaluation(StackRecord stack, StackContent content, Func<string, KnownResource?> resource)
    {
        var template = Template(content.TemplateBody);
        return new TemplateEvaluation(template, new EvaluationScope
        {
            AccountId = account.Id,
            Region = account.Region,
            StackName = stack.Name,
            StackId = stack.Id,
            Zones = Zones,
            Parameters = StackParameters.Typed(template, content.Parameters),
            Export = name => Exports.Where(export => export.Output.ExportName == name && export.Stack != stack).Select(export => export.Output.Value).FirstOrDefault(),
            Resource = resource,
        });
    }

    public KnownResource? Known(ResourceRecord? record) => record is { Exists: true, PhysicalId: { } id }
        ? new KnownResource(id, account.Resources.Find(record.Type, id)?.Attributes ?? [])
        : null;

    public static ResourceOrigin Origin(StackRecord stack, string logicalId) => new(stack.Id, stack.Name, logicalId);

    public string NewId(string purpose) => account.Ids.Guid($"cloudformation/{purpose}");

    /// <summary>Of the stack itself.</summary>
    public void Say(StackRecord stack, string status, string? reason)
    {
        (stack.Status, stack.StatusReason) = (status, reason);
        Add(stack, stack.Name, stack.Id, StackType, status, reason, properties: null);
    }

    /// <summary>Of a resource, whose state is now this.</summary>
    public void Say(StackRecord stack, ResourceRecord record, string status, string? reason)
    {
        var changed = record with { Status = status, StatusReason = reason, UpdatedAt = account.Now };
        var index = stack.Resources.FindIndex(other => other.LogicalId == record.LogicalId);
        if (index < 0)
        {
            stack.Resources.Add(changed);
        }
        else
        {
            stack.Resources[index] = changed;
        }

        Tell(stack, changed);
    }

    /// <summary>Only the event: of something that the stack has no more.</summary>
    public void Tell(StackRecord stack, ResourceRecord record) =>
        Add(stack, record.LogicalId, record.PhysicalId ?? "", record.Type, record.Status, record.StatusReason, record.Properties.Write());

    public JsonNode Save() => JsonSerializer.SerializeToNode(Records, StackJson.Default.StackRecords) ?? new JsonObject();

    public void Load(JsonNode saved) => Records = saved.Deserialize(StackJson.Default.StackRecords) ?? new StackRecords();

    private void Add(StackRecord stack, string logicalId, string physicalId, string type, string status, string? reason, string? properties)
    {
        var time = account.Now;
        stack.Events.Add(new EventRecord
        {
            Id = type == StackType
                ? NewId("event")
                : string.Create(CultureInfo.InvariantCulture, $"{logicalId}-{status}-{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}-{++Records.Sequence}"),
            LogicalId = logicalId,
            PhysicalId = physicalId,
            Type = type,
            Status = status,
            Reason = reason,
            Time = time,
            Token = stack.Operation?.Token,
            OperationId = stack.Operation?.Id,
            Properties = properties,
        });
    }
}
