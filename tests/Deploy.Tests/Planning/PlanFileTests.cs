using System.Text;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Tests.Planning;

public sealed class PlanFileTests
{
    [Theory]
    [InlineData(nameof(Profile.Dev))]
    [InlineData(nameof(Profile.Staging))]
    [InlineData(nameof(Profile.Production))]
    public void A_plan_is_read_as_it_was_written(string profile)
    {
        var written = PlanFile.Write(World.Empty(Enum.Parse<Profile>(profile)).Plan().Plan);

        var again = PlanFile.Write(PlanFile.Read("plan.json", written));

        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(again));
    }

    [Fact]
    public void Each_file_that_is_no_plan_is_told_why()
    {
        var plan = Encoding.UTF8.GetString(PlanFile.Write(World.Empty(Profile.Dev).Plan().Plan));
        string[] files =
        [
            "no json",
            "[]",
            "{}",
            "{ \"version\": 1 }",
            plan.Replace("\"version\": 1", "\"version\": 9", StringComparison.Ordinal),
            plan.Replace("not there", "there", StringComparison.Ordinal),
        ];

        var problems = files.Select(file => Assert.Throws<DeployException>(() => PlanFile.Read("plan.json", Encoding.UTF8.GetBytes(file))).Problems[0]);

        Golden.Matches(ProblemText.Render([.. problems], new Palette(Colours: false)), "Planning/problems/files.txt");
    }

    [Fact]
    public void A_plan_of_another_world_or_environment_does_not_hold()
    {
        var world = World.Deployed(Sample.Model(Profile.Dev));
        var written = world.Plan().Plan;

        var same = PlanFile.Compare("plan.json", written, world.Plan().Plan);
        var outdated = PlanFile.Compare("plan.json", written, world.InState("shop-dev-network", "UPDATE_FAILED").Plan().Plan);
        var foreign = PlanFile.Compare("plan.json", written, World.Empty(Profile.Production).Plan().Plan);

        Assert.Empty(same);
        Golden.Matches(ProblemText.Render([.. outdated, .. foreign], new Palette(Colours: false)), "Planning/problems/outdated.txt");
    }
}
