using System.Collections.Immutable;
using System.CommandLine;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform completion SHELL</c>: a script that asks the tool itself what can follow, so that it never grows old.</summary>
internal static class CompletionCommand
{
    private static readonly ImmutableSortedDictionary<string, string> Scripts = ImmutableSortedDictionary<string, string>.Empty
        .Add("bash", """
            # platform completion bash
            _platform() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(platform "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _platform platform

            """)
        .Add("zsh", """
            #compdef platform
            # platform completion zsh
            _platform() {
              local -a words_found
              words_found=("${(@f)$(platform "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              if [[ -n "${words_found[1]}" ]]; then compadd -a words_found; else _files; fi
            }
            compdef _platform platform

            """)
        .Add("fish", """
            # platform completion fish
            complete -c platform -a '(platform "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'

            """)
        .Add("pwsh", """
            # platform completion pwsh
            Register-ArgumentCompleter -Native -CommandName platform -ScriptBlock {
              param($word, $line, $position)
              platform "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """);

    public static Verb Verb()
    {
        var shell = new Argument<string>("shell") { HelpName = "SHELL", Description = $"One of {string.Join(", ", Scripts.Keys)}." };
        shell.CompletionSources.Add(_ => Scripts.Keys.Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        return new Verb("completion", "Prints a script that completes what is typed after 'platform'.")
        {
            Arguments = { shell },
            Run = (parsed, screen, _) => RunAsync(parsed.GetRequiredValue(shell), screen),
            Examples =
            [
                new Example("source <(platform completion bash)", "in ~/.bashrc; zsh: the same in ~/.zshrc, after compinit"),
                new Example("platform completion fish > ~/.config/fish/completions/platform.fish", "once"),
                new Example("platform completion pwsh | Out-String | Invoke-Expression", "in $PROFILE"),
            ],
        };
    }

    private static async Task<int> RunAsync(string shell, Screen screen)
    {
        await screen.Out.WriteAsync(Scripts.GetValueOrDefault(shell) ?? throw new DeployException(UsageProblems.InvalidValue("shell", shell, [.. Scripts.Keys])));
        return ExitCode.Ok;
    }
}
