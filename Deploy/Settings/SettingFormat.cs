namespace Platform.Deploy.Settings;

/// <summary>How a text has to look.</summary>
/// <param name="Name">Ends the sentence "… is not".</param>
/// <param name="Example">One that is accepted.</param>
/// <param name="Accepts">Whether a text looks like that.</param>
internal sealed record SettingFormat(string Name, string Example, Func<string, bool> Accepts)
{
    /// <summary>The same as a regular expression for editors, or less strict; null: none.</summary>
    public string? Pattern { get; init; }

    /// <summary>What is refused may be a secret that was put into the wrong place, such as a URL with a password: no message repeats it.</summary>
    public bool IsConfidential { get; init; }
}
