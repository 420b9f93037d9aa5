using System.Diagnostics;

namespace Platform.Deploy.Tests.Commands;

public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CompletionTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Only on Linux and macOS, where bash is.");
        Shop.WriteTo(_folder, "shop");
        Directory.CreateDirectory(_folder.File("bin"));
        File.CreateSymbolicLink(_folder.File("bin/platform"), Path.Combine(AppContext.BaseDirectory, "Platform.Deploy"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("platform ren", "render")]
    [InlineData("platform render --env", "--environment")]
    [InlineData("platform render -e pro", "production")]
    [InlineData("platform render --environment ", "dev production")]
    [InlineData("platform completion ", "bash fish pwsh zsh")]
    [InlineData("platform render --manifest asp", "")]
    public async Task Bash_completes_what_is_typed(string line, string expected)
    {
        var found = await BashAsync($$"""
            eval "$(platform completion bash)"
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            read -ra COMP_WORDS <<< "$COMP_LINE"
            case "$COMP_LINE" in *' ') COMP_WORDS+=('') ;; esac
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _platform
            printf '%s\n' "${COMPREPLY[@]}"
            """);

        Assert.Equal(expected, string.Join(' ', found.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(word => !word.StartsWith('-') || line.Contains('-', StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Every_shell_has_its_script(string shell)
    {
        var command = await PlatformCommand.RunAsync("completion", shell);

        Golden.Matches(command.Out, $"Commands/completion-{shell}.txt");
    }

    private async Task<string> BashAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = _folder.File("shop") };
        start.Environment["PATH"] = $"{_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        var (exitCode, output, error) = await Command.RunAsync(start);
        Assert.True(exitCode == 0 && error.Length == 0, error);
        return output;
    }
}
