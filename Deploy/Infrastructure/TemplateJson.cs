using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
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

    public static ImmutableArray<byte> Write(CfnValue value)
    {
        var node = Measured(value);
        var json = Write(node, LineLength);
        return json.Length <= TemplateLimit ? json : Write(node, int.MaxValue);
    }

    /// <summary>On one line and without spaces, for properties that hold JSON as text.</summary>
    public static string Compact(CfnValue value)
    {
        var json = new StringBuilder();
        Append(json, Measured(value));
        return json.ToString();
    }

    private static ImmutableArray<byte> Write(Node node, int lineLength)
    {
        var json = new TemplateJson(lineLength);
        json.Append(node, depth: 0, used: 0);
        json.Raw("\n");
        return [.. json._output.WrittenSpan];
    }

    private static Node Measured(CfnValue value) => value switch
    {
        CfnValue.Text text => new Node(Quoted(text.Value)),
        CfnValue.Number number => new Node(number.Value.ToString(CultureInfo.InvariantCulture)),
        CfnValue.Flag flag => new Node(flag.Value ? "true" : "false"),
        CfnValue.List { Items.IsEmpty: true } => new Node("[]"),
        CfnValue.Map { Members.IsEmpty: true } => new Node("{}"),
        CfnValue.List list => new Node(Names: null, Measured(list.Items)),
        CfnValue.Map map => new Node([.. map.Members.Select(member => Quoted(member.Key))], [.. map.Members.Select(member => Measured(member.Value))]),
        CfnValue.Ref reference => Function("Ref", new CfnValue.Text(reference.Name)),
        CfnValue.GetAtt attribute => Function("Fn::GetAtt", CfnValue.List.Of(attribute.LogicalId, attribute.Attribute)),
        CfnValue.Sub sub => Function("Fn::Sub", new CfnValue.Text(sub.Template)),
        CfnValue.Join join => Function("Fn::Join", CfnValue.List.Of(join.Delimiter, new CfnValue.List(join.Values))),
        CfnValue.Split split => Function("Fn::Split", CfnValue.List.Of(split.Delimiter, split.Source)),
        CfnValue.ImportValue import => Function("Fn::ImportValue", new CfnValue.Text(import.Export)),
        _ => throw new UnreachableException(),
    };

    private static ImmutableArray<Node> Measured(ImmutableArray<CfnValue> items) => [.. items.Select(Measured)];

    private static Node Function(string name, CfnValue argument) => new([$"\"{name}\""], [Measured(argument)]);

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static void Append(StringBuilder json, Node node)
    {
        if (node.Scalar is { } scalar)
        {
            json.Append(scalar);
            return;
        }

        json.Append(node.Names is null ? '[' : '{');
        for (var i = 0; i < node.Children.Length; i++)
        {
            json.Append(i == 0 ? "" : ",");
            json.Append(node.Names is { } names ? names[i] + ":" : "");
            Append(json, node.Children[i]);
        }

        json.Append(node.Names is null ? ']' : '}');
    }

    private void Append(Node node, int depth, int used)
    {
        var open = depth < AlwaysOpen || node.Width > _lineLength - (depth * IndentWidth) - used;
        if (node.Scalar is { } scalar)
        {
            Raw(scalar);
        }
        else if (node.Names is { } names)
        {
            Members(node, names, depth, open);
        }
        else
        {
            Items(node, depth, open);
        }
    }

    private void Members(Node node, ImmutableArray<string> names, int depth, bool open)
    {
        var indent = open ? Indent(depth + 1) : " ";
        Raw("{");
        for (var i = 0; i < names.Length; i++)
        {
            Raw(i == 0 ? "" : ",");
            Raw(indent);
            Raw(names[i]);
            Raw(": ");
            Append(node.Children[i], depth + 1, names[i].Length + 2);
        }

        Raw(open ? Indent(depth) : " ");
        Raw("}");
    }

    // Texts and numbers fill their lines; what is larger begins one of its own.
    private void Items(Node node, int depth, bool open)
    {
        var indent = Indent(depth + 1);
        var left = 0;
        Raw("[");
        for (var i = 0; i < node.Children.Length; i++)
        {
            var item = node.Children[i];
            var needed = item.Width + 2;
            var breaks = open && (item.Scalar is null || needed > left);
            Raw(i == 0 ? "" : breaks ? "," : ", ");
            Raw(breaks ? indent : "");
            Append(item, depth + 1, used: 0);
            left = item.Scalar is null ? 0 : (breaks ? _lineLength - ((depth + 1) * IndentWidth) : left) - needed;
        }

        Raw(open ? Indent(depth) : "");
        Raw("]");
    }

    private static string Indent(int depth) => "\n" + new string(' ', depth * IndentWidth);

    private void Raw(string text) => Encoding.UTF8.GetBytes(text, _output);

    /// <summary>A value with its columns on one line.</summary>
    /// <param name="Names">Of the children, quoted; null: a list.</param>
    private sealed record Node(ImmutableArray<string>? Names, ImmutableArray<Node> Children)
    {
        public Node(string scalar)
            : this(Names: null, [])
        {
            Scalar = scalar;
            Width = scalar.Length;
        }

        public string? Scalar { get; }

        public int Width { get; } =
            (Children.Length * 2) + (Names is { } names ? 2 + names.Sum(name => name.Length + 2) : 0) + Children.Sum(child => child.Width);
    }
}
