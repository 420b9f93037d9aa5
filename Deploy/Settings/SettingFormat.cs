namespace Platform.Deploy.Settings;

/// <summary>How a text has to look.</summary>
/// <param name="Name">Ends the sentence "… is not".</param>
/// <param name="Example">One that is accepted; empty where every text is.</param>
/// <param name="Accepts">Whether a text looks like that.</param>
internal sealed record SettingFormat(string Name, string Example, Func<string, bool> Accepts)
{
    /// <summary>The same as a regular expression for editors, or less strict; null: none.</summary>
    public string? Pattern { get; init; }
}
