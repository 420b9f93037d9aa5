using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Deploy.Infrastructure;

/// <summary>A value in a template: a literal, a structure, or one of CloudFormation's functions. <c>Fn::GetAtt</c> is written as a list.</summary>
internal abstract record CfnValue
{
    private CfnValue()
    {
    }

    public sealed record Text(string Value) : CfnValue;

    public sealed record Number(long Value) : CfnValue;

    public sealed record Flag(bool Value) : CfnValue;

    public sealed record List(ImmutableArray<CfnValue> Items) : CfnValue
    {
        public static List Of(params ReadOnlySpan<CfnValue> items) => new([.. items]);
    }

    /// <summary>Members are written in this order.</summary>
    public sealed record Map(ImmutableArray<KeyValuePair<string, CfnValue>> Members) : CfnValue
    {
        /// <summary>Members without a value are left out.</summary>
        public static Map Of(params ReadOnlySpan<(string Name, CfnValue? Value)> members)
        {
            var present = ImmutableArray.CreateBuilder<KeyValuePair<string, CfnValue>>(members.Length);
            foreach (var (name, value) in members)
            {
                if (value is not null)
                {
                    present.Add(new(name, value));
                }
            }

            return new Map(present.ToImmutable());
        }
    }

    /// <param name="Name">A parameter, a resource's logical id, or a pseudo parameter such as <c>AWS::Region</c>.</param>
    public sealed record Ref(string Name) : CfnValue;

    public sealed record GetAtt(string LogicalId, string Attribute) : CfnValue;

    /// <param name="Template">With <c>${NAME}</c> and <c>${NAME.ATTRIBUTE}</c>.</param>
    public sealed record Sub(string Template) : CfnValue;

    public sealed record Join(string Delimiter, ImmutableArray<CfnValue> Values) : CfnValue;

    public sealed record Split(string Delimiter, CfnValue Source) : CfnValue;

    /// <param name="Export">Full name of the export, such as <c>shop-production-VpcId</c>.</param>
    public sealed record ImportValue(string Export) : CfnValue;

    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator CfnValue?(string? text) => text is null ? null : new Text(text);

    public static implicit operator CfnValue(long number) => new Number(number);

    public static implicit operator CfnValue(bool flag) => new Flag(flag);

    [return: NotNullIfNotNull(nameof(part))]
    public static implicit operator CfnValue?(Part? part) => part?.Lower();

    /// <summary>Null where there is no item, so that the property is left out.</summary>
    public static CfnValue? Each<T>(ImmutableArray<T> parts)
        where T : Part =>
        parts.IsDefaultOrEmpty ? null : new List([.. parts.Select(part => part.Lower())]);

    /// <summary>Null where there is no item, so that the property is left out.</summary>
    public static CfnValue? Texts(ImmutableArray<string> texts) =>
        texts.IsDefaultOrEmpty ? null : new List([.. texts.Select(text => new Text(text))]);
}

/// <summary>A structure with named members, as AWS documents it. Property names are AWS's, letter by letter.</summary>
internal abstract record Part
{
    /// <summary>The members that have a value, in the order in which they are written.</summary>
    public abstract CfnValue.Map Lower();
}
