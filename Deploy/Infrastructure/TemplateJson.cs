using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// Writes templates and policies. What fits a line stands on one line: such a file is half as long as an indented one, which counts
/// as CloudFormation takes 51,200 bytes. A template that is still too long has a line a resource.
/// </summary>
internal sealed class TemplateJson
{
    /// <summary>Bytes of a template that CloudFormation takes without a bucket to fetch it from.</summary>
    public const int TemplateLimit = 51_200;

    private const int LineLength = 120;
    private const int IndentWidth = 2;

    // The document and its sections never stand on one line.
    private const int AlwaysOpen = 2;

    private readonly ArrayBufferWriter<byte> _output = new(16 * 1024);
    private readonly int _lineLength;

    private TemplateJson(int lineLength) => _lineLength = lineLength;

    public static ImmutableArray<byte> Write(Template template)
    {
        var lowered = Lower(template);
        var json = Write(lowered);
        return json.Length <= TemplateLimit ? json : Write(lowered, int.MaxValue);
    }

    public static ImmutableArray<byte> Write(CfnValue value) => Write(value, LineLength);

    /// <summary>On one line and without spaces, for properties that hold JSON as text.</summary>
    public static string Compact(CfnValue value)
    {
        var json = new StringBuilder();
        Append(json, Plain(value));
        return json.ToString();
    }

    private static ImmutableArray<byte> Write(CfnValue value, int lineLength)
    {
        var json = new TemplateJson(lineLength);
        json.Node(Plain(value), depth: 0, used: 0);
        json.Raw("\n");
        return [.. json._output.WrittenSpan];
    }

    private static CfnValue.Map Lower(Template template) => CfnValue.Map.Of(
        ("AWSTemplateFormatVersion", "2010-09-09"),
        ("Description", template.Description),
        ("Parameters", Section(template.Parameters, parameter => parameter.Name, Lower)),
        ("Conditions", Section(template.Conditions, condition => condition.Name, Lower)),
        ("Resources", Section(template.Resources, resource => resource.LogicalId, Lower)),
        ("Outputs", Section(template.Outputs, output => output.Name, Lower)));

    private static CfnValue.Map? Section<T>(ImmutableArray<T> items, Func<T, string> name, Func<T, CfnValue> lower) =>
        items.IsEmpty ? null : new CfnValue.Map([.. items.Select(item => KeyValuePair.Create(name(item), lower(item)))]);

    private static CfnValue Lower(TemplateParameter parameter) => CfnValue.Map.Of(
        ("Type", parameter.Type),
        ("Description", parameter.Description),
        ("Default", parameter.Default));

    private static CfnValue Lower(GivenCondition condition) => CfnValue.Map.Of(
        ("Fn::Not", CfnValue.List.Of(CfnValue.Map.Of(("Fn::Equals", CfnValue.List.Of(new CfnValue.Ref(condition.Parameter), ""))))));

    private static CfnValue Lower(Resource resource) => CfnValue.Map.Of(
        ("Type", resource.Properties.Type),
        ("Condition", resource.Condition),
        ("DependsOn", CfnValue.Texts(resource.DependsOn)),
        ("DeletionPolicy", resource.Removal?.ToString()),
        ("UpdateReplacePolicy", resource.Removal?.ToString()),
        ("Properties", resource.Properties.Lower() is { Members.Length: > 0 } properties ? properties : null));

    private static CfnValue Lower(Output output) => CfnValue.Map.Of(
        ("Description", output.Description),
        ("Condition", output.Condition),
        ("Value", output.Value),
        ("Export", output.Export is { } export ? CfnValue.Map.Of(("Name", export)) : null));

    // Functions become the maps that stand for them.
    private static CfnValue Plain(CfnValue value) => value switch
    {
        CfnValue.Ref reference => CfnValue.Map.Of(("Ref", reference.Name)),
        CfnValue.GetAtt attribute => CfnValue.Map.Of(("Fn::GetAtt", CfnValue.List.Of(attribute.LogicalId, attribute.Attribute))),
        CfnValue.Sub sub => CfnValue.Map.Of(("Fn::Sub", sub.Template)),
        CfnValue.Join join => CfnValue.Map.Of(("Fn::Join", CfnValue.List.Of(join.Delimiter, new CfnValue.List(join.Values)))),
        CfnValue.Split split => CfnValue.Map.Of(("Fn::Split", CfnValue.List.Of(split.Delimiter, split.Source))),
        CfnValue.ImportValue import => CfnValue.Map.Of(("Fn::ImportValue", import.Export)),
        _ => value,
    };

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string? Scalar(CfnValue value) => value switch
    {
        CfnValue.Text text => Quoted(text.Value),
        CfnValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        CfnValue.Flag flag => flag.Value ? "true" : "false",
        CfnValue.Map { Members.IsEmpty: true } => "{}",
        CfnValue.List { Items.IsEmpty: true } => "[]",
        _ => null,
    };

    /// <summary>Columns of the value on one line; more than <paramref name="room"/> as soon as that is certain.</summary>
    private static int Width(CfnValue value, int room)
    {
        if (Scalar(value) is { } scalar)
        {
            return scalar.Length;
        }

        var width = 2;
        if (value is CfnValue.List list)
        {
            foreach (var item in list.Items)
            {
                width += Width(Plain(item), room - width) + 2;
                if (width > room)
                {
                    break;
                }
            }

            return width - 2;
        }

        foreach (var (name, member) in Members(value))
        {
            width += name.Length + 4 + Width(Plain(member), room - width) + 2;
            if (width > room)
            {
                break;
            }
        }

        return width;
    }

    private static ImmutableArray<KeyValuePair<string, CfnValue>> Members(CfnValue value) => ((CfnValue.Map)value).Members;

    private static void Append(StringBuilder json, CfnValue value)
    {
        if (Scalar(value) is { } scalar)
        {
            json.Append(scalar);
        }
        else if (value is CfnValue.List list)
        {
            var separator = '[';
            foreach (var item in list.Items)
            {
                Append(json.Append(separator), Plain(item));
                separator = ',';
            }

            json.Append(']');
        }
        else
        {
            var separator = '{';
            foreach (var (name, member) in Members(value))
            {
                Append(json.Append(separator).Append(Quoted(name)).Append(':'), Plain(member));
                separator = ',';
            }

            json.Append('}');
        }
    }

    private void Node(CfnValue value, int depth, int used)
    {
        if (Scalar(value) is { } scalar)
        {
            Raw(scalar);
            return;
        }

        var room = _lineLength - (depth * IndentWidth) - used;
        var open = depth < AlwaysOpen || Width(value, room) > room;
        if (value is CfnValue.List list)
        {
            Items(list, depth, open);
            return;
        }

        var separator = open ? Indent(depth + 1) : null;
        var first = true;
        Raw("{");
        foreach (var (name, member) in Members(value))
        {
            Raw(first ? separator ?? " " : separator is null ? ", " : "," + separator);
            var quoted = Quoted(name);
            Raw(quoted);
            Raw(": ");
            Node(Plain(member), depth + 1, quoted.Length + 2);
            first = false;
        }

        Raw(open ? Indent(depth) : " ");
        Raw("}");
    }

    // Texts and numbers fill their lines; what is larger begins one of its own.
    private void Items(CfnValue.List list, int depth, bool open)
    {
        var indent = Indent(depth + 1);
        var column = int.MaxValue / 2;
        var first = true;
        Raw("[");
        foreach (var item in list.Items)
        {
            var width = Scalar(Plain(item))?.Length + 2;
            var breaks = open && (width is null || column + width > _lineLength);
            Raw(first ? "" : breaks ? "," : ", ");
            Raw(breaks ? indent : "");
            Node(Plain(item), depth + 1, used: 0);
            column = width is null ? int.MaxValue / 2 : (breaks ? (depth + 1) * IndentWidth : column) + width.Value;
            first = false;
        }

        Raw(open ? Indent(depth) : "");
        Raw("]");
    }

    private static string Indent(int depth) => "\n" + new string(' ', depth * IndentWidth);

    private void Raw(string text) => Encoding.UTF8.GetBytes(text, _output);
}
