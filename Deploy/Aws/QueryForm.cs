using System.Globalization;
using System.Text;

namespace Platform.Deploy.Aws;

/// <summary>The parameters of a query call: <c>Tags.member.1.Key=app</c>; EC2 leaves <c>.member</c> out. What is null is not sent.</summary>
internal sealed class QueryForm
{
    private readonly StringBuilder _text = new();
    private readonly string _prefix;
    private readonly string _member;

    private QueryForm(StringBuilder text, string prefix, string member) => (_text, _prefix, _member) = (text, prefix, member);

    public static QueryForm Query() => new(new StringBuilder(), "", ".member");

    public static QueryForm Ec2() => new(new StringBuilder(), "", "");

    public QueryForm Text(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? "" : "&").Append(Escaped(_prefix + name)).Append('=').Append(Escaped(value));
        }

        return this;
    }

    public QueryForm Flag(string name, bool? value) => Text(name, value is null ? null : value.Value ? "true" : "false");

    public QueryForm Number(string name, int? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    public QueryForm Texts(string name, IEnumerable<string> values)
    {
        foreach (var (index, value) in values.Index())
        {
            Text(Member(name, index), value);
        }

        return this;
    }

    /// <param name="write">Writes the fields of one value.</param>
    public QueryForm Structures<T>(string name, IEnumerable<T> values, Action<QueryForm, T> write)
    {
        foreach (var (index, value) in values.Index())
        {
            write(new QueryForm(_text, $"{_prefix}{Member(name, index)}.", _member), value);
        }

        return this;
    }

    public byte[] Body(string operation, string version) =>
        Encoding.UTF8.GetBytes($"Action={Escaped(operation)}&Version={version}{(_text.Length == 0 ? "" : "&")}{_text}");

    // As a form has it, and as AWS's own SDKs write it.
    private static string Escaped(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private string Member(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}{_member}.{index + 1}");
}
