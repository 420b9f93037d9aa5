using System.Collections.Immutable;
using Platform.Simulator.Protocols;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>What is asked of templates.</summary>
internal sealed class TemplateCalls(StackStore stacks)
{
    private static readonly ImmutableArray<string> NamedTypes =
        [AccessTypes.Role, AccessTypes.Policy, AccessTypes.Profile, "AWS::IAM::Policy", "AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::AccessKey", "AWS::IAM::UserToGroupAddition"];

    /// <summary>What a change set with this template has to name; null: nothing.</summary>
    public static string? CapabilityOf(Template template)
    {
        var resources = template.Resources.Where(resource => NamedTypes.Contains(resource.Type)).ToList();
        return resources.Exists(resource => CustomNames.PropertyOf(resource.Type) is { } name && resource.Properties.ContainsKey(name)) ? "CAPABILITY_NAMED_IAM"
            : resources.Count > 0 ? "CAPABILITY_IAM"
            : null;
    }

    public Answer Get(CallInput input)
    {
        var name = input.Required("StackName");
        var stack = stacks.Find(name) ?? throw StackErrors.NoStack(name);
        var body = input.Text("ChangeSetName") is { } changeSet
            ? (stack.ChangeSets.Find(record => record.Name == changeSet || record.Id == changeSet) ?? throw StackErrors.NoChangeSet(changeSet)).Content.TemplateBody
            : stack.Content?.TemplateBody;
        return Answer.Of(Elements.Text("TemplateBody", body), Elements.Texts("StagesAvailable", ["Original", "Processed"]));
    }

    public Answer Summary(CallInput input)
    {
        var template = input.Text("TemplateBody") is { } body ? stacks.Template(body) : OfStack(input.Required("StackName"));
        return Answer.Of(
            Elements.List("Parameters", template.Parameters.Values, parameter =>
            [
                Elements.Text("ParameterKey", parameter.Key), Elements.Text("DefaultValue", parameter.Default), Elements.Text("ParameterType", parameter.Type),
                Elements.Flag("NoEcho", parameter.NoEcho), Elements.Text("Description", parameter.Description),
                Elements.Structure(
                    "ParameterConstraints", parameter.Constraints["AllowedValues"] is { } allowed ? Elements.Texts("AllowedValues", allowed.AsTexts()) : null),
            ]),
            Elements.Text("Description", template.Description),
            Elements.Texts("Capabilities", CapabilityOf(template) is { } capability ? [capability] : []),
            Elements.Text("CapabilitiesReason", ReasonOf(template)),
            Elements.Texts("ResourceTypes", template.Resources.Select(resource => resource.Type).Distinct().Order(StringComparer.Ordinal)),
            Elements.Text("Version", "2010-09-09"),
            Elements.Texts("DeclaredTransforms", template.Transforms));
    }

    public Answer Validate(CallInput input)
    {
        var template = stacks.Template(input.Required("TemplateBody"));
        return Answer.Of(
            Elements.List("Parameters", template.Parameters.Values, parameter =>
            [
                Elements.Text("ParameterKey", parameter.Key), Elements.Text("DefaultValue", parameter.Default), Elements.Flag("NoEcho", parameter.NoEcho),
                Elements.Text("Description", parameter.Description),
            ]),
            Elements.Text("Description", template.Description),
            Elements.Texts("Capabilities", CapabilityOf(template) is { } capability ? [capability] : []),
            Elements.Text("CapabilitiesReason", ReasonOf(template)),
            Elements.Texts("DeclaredTransforms", template.Transforms));
    }

    private static string? ReasonOf(Template template) => CapabilityOf(template) is null ? null
        : $"The following resource(s) require capabilities: [{string.Join(", ", template.Resources.Select(resource => resource.Type).Where(NamedTypes.Contains).Distinct().Order(StringComparer.Ordinal))}]";

    private Template OfStack(string name) =>
        stacks.Find(name) is not { } stack ? throw StackErrors.NoStackWithId(name)
        : (stack.Content ?? stack.ChangeSets.LastOrDefault()?.Content) is { } content ? stacks.Template(content.TemplateBody)
        : throw StackErrors.Validation($"Stack {name} has no template");
}
