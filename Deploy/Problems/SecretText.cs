namespace Platform.Deploy.Problems;

/// <summary>A text that nobody may see: it does not print itself, so neither a log nor a message nor a record's text can show it.</summary>
internal sealed class SecretText(string value)
{
    /// <summary>To be handed on to who needs it, and nowhere else.</summary>
    public string Reveal() => value;

    public override string ToString() => "***";
}
