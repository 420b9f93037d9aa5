namespace Platform.Deploy.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help-aws", "aws --help")]
    [InlineData("help-aws-bootstrap", "aws bootstrap --help")]
    [InlineData("help-aws-deploy", "aws deploy --help")]
    [InlineData("help-aws-destroy", "aws destroy --help")]
    [InlineData("help-aws-doctor", "aws doctor --help")]
    [InlineData("help-aws-drift", "aws drift --help")]
    [InlineData("help-aws-outputs", "aws outputs --help")]
    [InlineData("help-aws-plan", "aws plan --help")]
    [InlineData("help-aws-status", "aws status --help")]
    [InlineData("help-completion", "completion --help")]
    [InlineData("help-images", "images --help")]
    [InlineData("help-images-build", "images build --help")]
    [InlineData("help-images-list", "images list --help")]
    [InlineData("help-images-promote", "images promote --help")]
    [InlineData("help-images-push", "images push --help")]
    [InlineData("help-images-update-base", "images update-base --help")]
    [InlineData("help-render", "render --help")]
    [InlineData("help-settings", "settings --help")]
    [InlineData("both-sources", "settings --manifest a.json --app-host b")]
    [InlineData("no-value", "settings --environment")]
    [InlineData("twice", "settings --manifest a.json --manifest b.json")]
    [InlineData("unknown-verb", "compltion bash")]
    [InlineData("unknown-option", "completion bash --plan")]
    [InlineData("no-shell", "completion")]
    [InlineData("unknown-shell", "completion bsh")]
    public async Task The_words_of_a_command_line_have_an_answer(string golden, string arguments)
    {
        var command = await PlatformCommand.RunAsync(arguments.Split(' '));

        Golden.Matches(command.Text, $"Commands/{golden}.txt");
    }

    [Fact]
    public async Task Without_a_word_the_help_is_shown()
    {
        var command = await PlatformCommand.RunAsync();

        Assert.Equal(await PlatformCommand.RunAsync("--help"), command);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var command = await PlatformCommand.RunAsync("--version");

        Assert.Matches(@"^platform \d+\.\d+\.\d+(\+[0-9a-f]{40})?\n$", command.Out);
    }
}
