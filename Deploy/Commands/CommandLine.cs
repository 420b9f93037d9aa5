using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary>From the words of the command line to the verb that is meant.</summary>
internal static class CommandLine
{
    public const string Name = "platform";
    private const string JsonOption = "--json";

    /// <exception cref="DeployException">The command line is not understood, or the verb found problems.</exception>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, Screen screen, CancellationToken cancellationToken)
    {
        var parsed = Root(screen).Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            throw new DeployException(Misunderstandings(parsed));
        }

        return parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = screen.Out, Error = screen.Error },
            cancellationToken);
    }

    /// <summary>Of a verb that has a result for machines.</summary>
    public static Option<bool> Json() => new(JsonOption) { Description = "The result as JSON on stdout." };

    /// <summary>What to type for a command, such as <c>platform images build</c>.</summary>
    public static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : Name;

    private static RootCommand Root(Screen screen)
    {
        var root = new RootCommand("Compiles an Aspire application to what AWS and Kubernetes take.");
        var plain = new Option<bool>("--plain") { Description = "No colours, tables or moving lines.", Recursive = true };
        root.Options.Add(plain);
        foreach (var option in root.Options)
        {
            option.Action = option switch
            {
                HelpOption help => Named(help, new Showing(parsed => screen.Out.Write(HelpText.Of(parsed.CommandResult.Command, screen)))),
                VersionOption => new Showing(_ => screen.Out.WriteLine($"{Name} {Version()}")),
                _ => option.Action,
            };
        }

        root.SetAction(_ => screen.Out.Write(HelpText.Of(root, screen)));
        foreach (var verb in Verbs.All())
        {
            Attach(verb, plain, screen);
            root.Subcommands.Add(verb);
        }

        return root;
    }

    // Windows' own way of asking would be offered among the words that complete.
    private static Showing Named(HelpOption help, Showing action)
    {
        help.Aliases.Clear();
        help.Aliases.Add("-h");
        return action;
    }

    private static void Attach(Verb verb, Option<bool> plain, Screen screen)
    {
        foreach (var inner in verb.Subcommands.OfType<Verb>())
        {
            Attach(inner, plain, screen);
        }

        if (verb.Run is { } run)
        {
            verb.SetAction((parsed, cancellationToken) => run(parsed, parsed.GetValue(plain) ? screen.Plain() : screen, cancellationToken));
        }
        else
        {
            verb.SetAction(_ => screen.Out.Write(HelpText.Of(verb, screen)));
        }
    }

    // The commit that the build adds to the version is for bug reports, where the log has it.
    private static string Version() =>
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    private static List<Problem> Misunderstandings(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var help = $"{PathOf(command)} --help";
        var unknown = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).ToList();
        if (unknown.Count == 0)
        {
            // The word after an unknown option is its value and no mistake of its own.
            unknown = [.. parsed.UnmatchedTokens.Take(1)];
        }

        var known = OptionsOf(command).SelectMany(option => option.Aliases.Append(option.Name)).Concat(command.Subcommands.Select(verb => verb.Name)).ToList();
        var problems = unknown.Select(word => UsageProblems.UnknownWord(word, known, help)).Concat(
            from error in parsed.Errors
            let option = error.SymbolResult as OptionResult
            where option is not null
            select option.Tokens.Count == 0 ? UsageProblems.MissingValue(option.Option.Name, help) : UsageProblems.TakesOneValue(option.Option.Name, help)).Concat(
            from error in parsed.Errors
            let argument = error.SymbolResult as ArgumentResult
            where argument is not null && argument.Tokens.Count == 0
            select UsageProblems.Missing(argument.Argument.HelpName ?? argument.Argument.Name, help)).Distinct().ToList();
        return problems.Count > 0 ? problems : [UsageProblems.Missing("A word", help)];
    }

    /// <summary>Its own and those that it inherits.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive)).Where(option => !option.Hidden);

    private sealed class Showing(Action<ParseResult> show) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            show(parseResult);
            return ExitCode.Ok;
        }
    }
}
