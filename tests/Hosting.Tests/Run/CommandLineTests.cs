using Platform.Hosting.Run;

namespace Platform.Hosting.Tests.Run;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  one   two ", new[] { "one", "two" })]
    [InlineData("--name \"two words\" x", new[] { "--name", "two words", "x" })]
    [InlineData("--empty \"\"", new[] { "--empty", "" })]
    [InlineData("say \\\"hi\\\"", new[] { "say", "\"hi\"" })]
    [InlineData("C:\\folder\\file", new[] { "C:\\folder\\file" })]
    public void A_command_line_of_a_launch_profile_is_taken_apart_at_blanks_outside_of_quotes(string text, string[] parts) =>
        Assert.Equal(parts, CommandLine.Split(text));
}
