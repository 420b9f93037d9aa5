using Platform.Hosting.Problems;

namespace Platform.Hosting.Tests;

public sealed class ProblemTextTests
{
    [Fact]
    public void A_problem_says_what_where_and_the_cure()
    {
        var problem = new Problem("HST999", "'web' has no port.", "Give it one.", ExitCode.Input) { Subject = "resources.web", Detail = "one\ntwo" };

        var text = ProblemText.Render([problem]);

        Assert.Equal(
            """
            error HST999: 'web' has no port.
              at  resources.web
                | one
                | two
              fix Give it one.   see docs/errors.md#hst999

            """,
            text);
    }
}
