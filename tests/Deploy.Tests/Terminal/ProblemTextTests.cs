using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Tests.Terminal;

public sealed class ProblemTextTests
{
    private static readonly Problem Unknown = new("DEP012", "'{rediss.connectionString}' refers to a resource that the manifest does not contain.", "Did you mean 'redis'?", ExitCode.Input)
    {
        Subject = "resources.web.env.ConnectionStrings__cache",
    };

    private static readonly Problem Failed = new("DEP020", "The AppHost ended with exit code 1.", "Correct it.", ExitCode.Input) { Detail = "line 1\r\nline 2\n" };

    [Fact]
    public void A_problem_has_its_place_what_the_other_side_said_its_cure_and_its_anchor()
    {
        var text = ProblemText.Render([Unknown, Failed], new Palette(Colours: false));

        Golden.Matches(text, "Terminal/problems.txt");
    }

    [Fact]
    public void Colours_show_where_a_problem_begins()
    {
        var text = ProblemText.Render([Unknown], new Palette(Colours: true));

        Golden.Matches(text.Replace("\e", "ESC", StringComparison.Ordinal), "Terminal/problem-colours.txt");
    }

    [Fact]
    public void Of_very_many_problems_the_first_are_shown()
    {
        var text = ProblemText.Render([.. Enumerable.Repeat(Failed, 60)], new Palette(Colours: false));

        Assert.Equal(50, text.Split("error DEP020").Length - 1);
        Assert.EndsWith("\n60 problems, 10 of them not shown (--json lists all).\n", text, StringComparison.Ordinal);
    }
}
