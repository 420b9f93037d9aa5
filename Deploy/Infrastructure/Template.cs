using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>A CloudFormation template. It is written in the order of its members.</summary>
internal sealed record Template(string Description) : Part
{
    public ImmutableArray<TemplateParameter> Parameters { get; init; } = [];

    public ImmutableArray<GivenCondition> Conditions { get; init; } = [];

    public required ImmutableArray<Resource> Resources { get; init; }

    public ImmutableArray<Output> Outputs { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        ("AWSTemplateFormatVersion", "2010-09-09"),
        (nameof(Description), Description),
        (nameof(Parameters), Section(Parameters, parameter => parameter.Name)),
        (nameof(Conditions), Section(Conditions, condition => condition.Name)),
        (nameof(Resources), Section(Resources, resource => resource.LogicalId)),
        (nameof(Outputs), Section(Outputs, output => output.Name)));

    private static CfnValue.Map? Section<T>(ImmutableArray<T> items, Func<T, string> name)
        where T : Part =>
        items.IsEmpty ? null : new CfnValue.Map([.. items.Select(item => KeyValuePair.Create<string, CfnValue>(name(item), item.Lower()))]);
}

/// <param name="Type">AWS's name, such as <c>String</c> or <c>CommaDelimitedList</c>.</param>
/// <param name="Default">Null: a value has to be passed.</param>
internal sealed record TemplateParameter(string Name, string Type, string Description, string? Default) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Type), Type), (nameof(Description), Description), (nameof(Default), Default));
}

/// <summary>True where a parameter whose default is empty was given a value.</summary>
internal sealed record GivenCondition(string Name, string Parameter) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        ("Fn::Not", CfnValue.List.Of(CfnValue.Map.Of(("Fn::Equals", CfnValue.List.Of(new CfnValue.Ref(Parameter), ""))))));
}

/// <param name="LogicalId">Letters and digits. Another id is another resource: the old one is deleted.</param>
internal sealed record Resource(string LogicalId, ResourceProperties Properties) : Part
{
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>What happens to it when it leaves the template or is replaced; null: AWS's default, which is to delete.</summary>
    public Removal? Removal { get; init; }

    /// <summary>Made only where this condition holds; null: always.</summary>
    public string? Condition { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(Properties.Type), Properties.Type),
        (nameof(Condition), Condition),
        (nameof(DependsOn), CfnValue.Texts(DependsOn)),
        ("DeletionPolicy", Removal?.ToString()),
        ("UpdateReplacePolicy", Removal?.ToString()),
        (nameof(Properties), Properties.Lower() is { Members.Length: > 0 } properties ? properties : null));
}

/// <summary>Becomes both <c>DeletionPolicy</c> and <c>UpdateReplacePolicy</c>.</summary>
internal enum Removal
{
    Delete,
    Retain,
}

/// <summary>The properties of one resource type.</summary>
internal abstract record ResourceProperties : Part
{
    /// <summary>Such as <c>AWS::EC2::VPC</c>.</summary>
    public abstract string Type { get; }
}

/// <param name="Export">Full name under which other stacks import it; null: only the tool reads it.</param>
internal sealed record Output(string Name, string Description, CfnValue Value, string? Export) : Part
{
    /// <summary>One that other stacks import by its name.</summary>
    public static Output Exported(DeploymentModel model, string name, string description, CfnValue value) => new(name, description, value, model.Names.Export(name));

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(Description), Description),
        (nameof(Value), Value),
        (nameof(Export), Export is null ? null : CfnValue.Map.Of((nameof(Name), Export))));
}

internal sealed record Tag(string Key, CfnValue Value) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Key), Key), (nameof(Value), Value));
}
