using System.Collections.Immutable;
using System.Globalization;

namespace Platform.Deploy.Model;

/// <summary>A text with everything resolved that can be resolved before anything is applied.</summary>
internal abstract record Value
{
    private Value()
    {
    }

    public sealed record Literal(string Text) : Value;

    /// <summary>The value of a secret, which never leaves the target.</summary>
    /// <param name="Key"><see cref="SecretModel.Key"/>.</param>
    public sealed record Secret(string Key) : Value;

    /// <summary>Known only after a stack was deployed.</summary>
    public sealed record Late(LateValue Source) : Value;

    /// <summary>Two or more parts in a row; no part is itself joined and no two literals are neighbours.</summary>
    public sealed record Joined(ImmutableArray<Value> Parts) : Value
    {
        public bool Equals(Joined? other) => other is not null && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => HashCode.Combine(Parts.Length, Parts[0], Parts[^1]);
    }

    public static Value Of(string text) => new Literal(text);

    public static Value Of(int number) => new Literal(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Flattens, merges neighbouring literals, and gives the part itself where only one is left.</summary>
    public static Value Join(IEnumerable<Value> values)
    {
        var parts = ImmutableArray.CreateBuilder<Value>();
        foreach (var part in values.SelectMany(value => value is Joined joined ? joined.Parts : [value]))
        {
            if (part is Literal { Text: "" })
            {
                continue;
            }

            if (part is Literal next && parts.Count > 0 && parts[^1] is Literal last)
            {
                parts[^1] = new Literal(last.Text + next.Text);
            }
            else
            {
                parts.Add(part);
            }
        }

        return parts.Count switch
        {
            0 => new Literal(""),
            1 => parts[0],
            _ => new Joined(parts.ToImmutable()),
        };
    }

    /// <summary>This value's parts in order; itself where it is not joined.</summary>
    public ImmutableArray<Value> Flat => this is Joined joined ? joined.Parts : [this];
}

/// <summary>An output of a stack. Until it is known it is written <c>${STACK.OUTPUT}</c>, and every artifact that has one is listed.</summary>
/// <param name="Stack">Short name, such as <c>network</c>.</param>
/// <param name="Output">Name of the output, such as <c>VpcId</c>.</param>
internal sealed record LateValue(string Stack, string Output)
{
    public override string ToString() => $"${{{Stack}.{Output}}}";
}
