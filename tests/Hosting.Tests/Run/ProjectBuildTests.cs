using Platform.Hosting.Run;

namespace Platform.Hosting.Tests.Run;

public sealed class ProjectBuildTests
{
    [Fact]
    public void The_errors_of_a_build_are_shown_once_and_without_the_project()
    {
        const string output = """
            /src/web/Program.cs(3,1): error CS0103: The name 'x' does not exist in the current context [/src/web/web.csproj]
            /src/web/Program.cs(3,1): error CS0103: The name 'x' does not exist in the current context [/src/web/web.csproj]
            /src/web/Program.cs(4,1): warning CS0168: The variable 'y' is declared but never used [/src/web/web.csproj]
            Build FAILED.
            """;

        Assert.Equal("/src/web/Program.cs(3,1): error CS0103: The name 'x' does not exist in the current context", ProjectBuild.Errors(output));
    }

    [Fact]
    public void A_build_that_fails_without_an_error_line_shows_its_last_lines() =>
        Assert.Equal("one\nBuild FAILED.", ProjectBuild.Errors("one\nBuild FAILED."));
}
