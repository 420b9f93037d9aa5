using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

/// <summary>A CloudFormation template. It is written in the order of its members.</summary>
internal sealed record Template(string Description)
{
    public ImmutableArray<TemplateParameter> Parameters { get; init; } = [];

    public ImmutableArray<GivenCondition> Conditions { get; init; } = [];

    public required ImmutableArray<Resource> Resources { get; init; }

    public ImmutableArray<Output> Outputs { get; init; } = [];
}

/// <param name="Type">AWS's name, such as <c>String</c> or <c>CommaDelimitedList</c>.</param>
/// <param name="Default">Null: a value has to be passed.</param>
internal sealed record TemplateParameter(string Name, string Type, string Description, string? Default);

/// <summary>True where a parameter whose default is empty was given a value.</summary>
internal sealed record GivenCondition(string Name, string Parameter);

/// <param name="LogicalId">Letters and digits. Another id is another resource: the old one is deleted.</param>
internal sealed record Resource(string LogicalId, ResourceProperties Properties)
{
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>What happens to it when it leaves the template or is replaced; null: AWS's default, which is to delete.</summary>
    public Removal? Removal { get; init; }

    /// <summary>Made only where this condition holds; null: always.</summary>
    public string? Condition { get; init; }
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
internal sealed record Output(string Name, string Description, CfnValue Value, string? Export)
{
    /// <summary>There only where this condition holds; null: always.</summary>
    public string? Condition { get; init; }
}

internal sealed record Tag(string Key, CfnValue Value) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Key), Key), (nameof(Value), Value));
}
