using System.CommandLine;

namespace Platform.Deploy.Commands;

/// <summary>What <c>render</c> was asked for.</summary>
/// <param name="Application">Where the application and its settings are.</param>
/// <param name="Output">The folder to write, as the user wrote it.</param>
/// <param name="CompareWith">The folder of an earlier rendering to compare with instead of writing; null: write.</param>
/// <param name="Json">The result as JSON.</param>
internal sealed record RenderOptions(ApplicationInput Application, string Output, string? CompareWith, bool Json);

/// <summary>The options of <c>render</c> on the command line.</summary>
internal sealed class RenderCommandLine
{
    private const string DefaultOutput = "out";

    private readonly ApplicationOptions _application = new();

    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "DIR", Description = $"The folder to write; it is replaced as a whole. Default: {DefaultOutput}." };

    private readonly Option<string?> _diff = new("--diff")
    {
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Writes nothing, but shows what would change in the folder of an earlier rendering (default: that of --output). Exit code 0: nothing, 2: something, 3: that is no rendering.",
    };

    private readonly Option<bool> _json = CommandLine.Json();

    public void AddTo(Command command)
    {
        command.Options.Add(_output);
        command.Options.Add(_diff);
        _application.AddTo(command);
        command.Options.Add(_json);
    }

    public RenderOptions Read(ParseResult parsed)
    {
        var output = parsed.GetValue(_output) ?? DefaultOutput;
        var compare = parsed.GetResult(_diff) is null ? null : parsed.GetValue(_diff) ?? output;
        return new RenderOptions(_application.Read(parsed), output, compare, parsed.GetValue(_json));
    }
}
