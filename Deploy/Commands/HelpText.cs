using System.CommandLine;
using System.Text;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary>What <c>--help</c> shows.</summary>
internal static class HelpText
{
    private const int Indent = 2;
    private const int WidestText = 100;

    // A longer name has its description on the next line.
    private const int WidestName = 28;

    public static string Of(Command command, Screen screen)
    {
        var palette = new Palette(screen.Colours);
        var width = Math.Min(screen.Width, WidestText);
        var text = new StringBuilder();
        _ = text.Append(Paragraph.Wrap(command.Description ?? "", width, indent: 0)).Append("\n\n");

        Heading("Usage");
        _ = text.Append(' ', Indent).Append(CommandLine.PathOf(command)).Append(Form(command)).Append('\n');
        if (command.Subcommands.Count > 0)
        {
            Heading("\nVerbs");
            Rows(command.Subcommands.Where(verb => !verb.Hidden).Select(verb => (verb.Name, verb.Description ?? "")));
        }

        if (command.Arguments.Count > 0)
        {
            Heading("\nArguments");
            Rows(command.Arguments.Select(argument => (argument.HelpName ?? argument.Name, argument.Description ?? "")));
        }

        Heading("\nOptions");
        Rows(CommandLine.OptionsOf(command).Select(option => (NameOf(option), DescriptionOf(option))));
        if (command is Verb { Examples: { Length: > 0 } examples })
        {
            Heading("\nExamples");
            foreach (var example in examples)
            {
                _ = text.Append(' ', Indent).Append(example.Line).Append('\n')
                    .Append(palette.Quiet(Paragraph.Wrap(example.Purpose, width, 3 * Indent))).Append('\n');
            }
        }
        else
        {
            _ = text.Append('\n').Append(Paragraph.Wrap($"'{CommandLine.Name} VERB --help' shows the options of a verb, with examples.", width, indent: 0)).Append('\n');
        }

        return text.ToString();

        void Heading(string heading) => text.Append(heading[..^heading.TrimStart('\n').Length]).Append(palette.Strong(heading.TrimStart('\n'))).Append('\n');

        void Rows(IEnumerable<(string Name, string Description)> rows)
        {
            var all = rows.ToList();
            var column = Math.Min(all.Max(row => row.Name.Length), WidestName) + (2 * Indent);
            foreach (var (name, description) in all)
            {
                var described = Paragraph.Wrap(description, width, column);
                _ = text.Append(' ', Indent).Append(name)
                    .Append(name.Length + Indent >= column ? "\n" + described : description.Length == 0 ? "" : described[(name.Length + Indent)..])
                    .Append('\n');
            }
        }
    }

    private static string Form(Command command) =>
        (command.Subcommands.Count > 0 ? " VERB" : "")
        + string.Concat(command.Arguments.Select(argument => " " + (argument.HelpName ?? argument.Name)))
        + " [options]";

    private static string NameOf(Option option)
    {
        var shorts = option.Aliases.Where(alias => alias.Length == 2 && alias[0] == '-' && alias[1] != '?').Order(StringComparer.Ordinal);
        var name = string.Join(", ", shorts.Append(option.Name));
        var value = option.HelpName is { } form ? form : option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool) ? "VALUE" : "";
        return value.Length == 0 ? name : option.Arity.MinimumNumberOfValues == 0 && option.ValueType == typeof(string) ? $"{name} [{value}]" : $"{name} {value}";
    }

    private static string DescriptionOf(Option option) => option switch
    {
        System.CommandLine.Help.HelpOption => "This text.",
        VersionOption => "The version of the tool.",
        _ => option.Description ?? "",
    };
}
