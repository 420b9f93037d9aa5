namespace Platform.Deploy.Terminal;

/// <summary>The few styles that words have on a terminal; nothing is added where colours are off.</summary>
internal sealed record Palette(bool Colours)
{
    public string Bad(string text) => Styled("31;1", text);

    public string Careful(string text) => Styled("33", text);

    public string Gone(string text) => Styled("31", text);

    public string Good(string text) => Styled("32", text);

    public string Quiet(string text) => Styled("2", text);

    public string Strong(string text) => Styled("1", text);

    private string Styled(string code, string text) => Colours ? $"\e[{code}m{text}\e[0m" : text;
}
