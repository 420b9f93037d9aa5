using System.Security.Cryptography;
using System.Text;

namespace Platform.Deploy.Model;

/// <summary>A text that nobody may see: it shows as <c>***</c> in every message, log and record that holds it, and as an empty object in JSON.</summary>
internal sealed class SecretText(string value) : IEquatable<SecretText>
{
    private readonly string _value = value;

    /// <summary>The text itself, for the one place that has to send it.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";

    public bool Equals(SecretText? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_value), Encoding.UTF8.GetBytes(other._value));

    public override bool Equals(object? obj) => Equals(obj as SecretText);

    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);
}
