using System.Text;
using Platform.Deploy.Aws;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Tests.Planning;

public sealed class PlannerTests
{
    [Theory]
    [InlineData(nameof(Profile.Dev))]
    [InlineData(nameof(Profile.Production))]
    public void A_first_deployment_makes_everything(string profile)
    {
        var world = World.Empty(Enum.Parse<Profile>(profile));

        var reading = world.Plan();

        Golden.Matches(Shown(reading), $"Planning/first-{profile.ToLowerInvariant()}.txt");
    }

    [Theory]
    [InlineData(60)]
    [InlineData(44)]
    public void A_plan_fits_a_narrow_terminal(int width)
    {
        var world = Changed();

        var text = PlanText.Render(world.Plan().Plan, Screen(width));

        Golden.Matches(text, $"Planning/narrow-{width}.txt");
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= width || !line.TrimStart().Contains(' ', StringComparison.Ordinal) || line.TrimStart().Split(' ').Max(word => word.Length) > width - 12, line));
    }

    [Fact]
    public void Nothing_has_to_be_done_where_everything_is_as_it_was()
    {
        var world = World.Deployed(Sample.Model(Profile.Production));

        var reading = world.Plan();

        Assert.True(reading.Plan.IsEmpty);
        Golden.Matches(Shown(reading), "Planning/nothing.txt");
    }

    [Fact]
    public void Changes_are_told_as_CloudFormation_tells_them()
    {
        var world = Changed();

        var reading = world.Plan("SecretsKey");

        Golden.Matches(Shown(reading), "Planning/changes.txt");
        Golden.Matches(PlanMarkdown.Render(reading.Plan), "Planning/changes.md");
        Golden.Matches(Encoding.UTF8.GetString(PlanFile.Write(reading.Plan)), "Planning/changes.json");
    }

    [Theory]
    [InlineData("REVIEW_IN_PROGRESS")]
    [InlineData("CREATE_IN_PROGRESS")]
    [InlineData("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")]
    [InlineData("CREATE_FAILED")]
    [InlineData("ROLLBACK_COMPLETE")]
    [InlineData("ROLLBACK_FAILED")]
    [InlineData("UPDATE_FAILED")]
    [InlineData("UPDATE_ROLLBACK_COMPLETE")]
    [InlineData("UPDATE_ROLLBACK_FAILED")]
    [InlineData("DELETE_FAILED")]
    public void A_stack_in_an_odd_state_is_brought_in_order(string status)
    {
        var world = World.Deployed(Sample.Model(Profile.Dev)).InState("shop-dev-network", status, "Resource NatGateway1 failed.");

        var reading = world.Plan();

        Golden.Matches(Shown(reading), $"Planning/states/{status}.txt");
    }

    [Fact]
    public void A_stack_of_somebody_else_is_not_touched()
    {
        var world = World.Deployed(Sample.Model(Profile.Dev)).With("shop-dev-network", stack => stack with { State = stack.State with { Tags = [new AwsTag("app", "store")] } });

        var problem = Assert.Single(world.Plan().Problems);

        Assert.Equal(("DEP401", ExitCode.Environment, "shop-dev-network"), (problem.Code, problem.ExitCode, problem.Subject));
        Golden.Matches(Text(problem), "Planning/problems/not-ours.txt");
    }

    [Fact]
    public void What_would_be_lost_is_refused_until_it_is_named()
    {
        var world = Changed();

        var refused = world.Plan();
        var allowed = world.Plan("Cluster", "SecretsKey", "NatGatway1");

        Golden.Matches(string.Concat(refused.Problems.Select(Text)), "Planning/problems/refused.txt");
        Golden.Matches(string.Concat(allowed.Problems.Select(Text)), "Planning/problems/allowed-by-a-wrong-name.txt");
    }

    [Fact]
    public void An_administrator_is_refused_only_for_the_stacks_that_are_his()
    {
        var world = World.Deployed(Sample.Model(Profile.Dev))
            .With("shop-bootstrap", stack => stack with { ChangeSet = World.ChangeSet(Change("Modify", "StateBucket", "AWS::S3::Bucket", "shop-state", "True")) })
            .With("shop-dev-network", stack => stack with { ChangeSet = World.ChangeSet(Change("Modify", "Vpc", "AWS::EC2::VPC", "vpc-1", "True")) })
            .With("shop-dev-cluster", stack => stack with { State = stack.State with { Tags = [new AwsTag("app", "store")] } })
            .With("shop-dev-access", stack => stack with { State = stack.State with { Tags = [new AwsTag("app", "store")] } });
        var (desired, allowing) = (new Desired(world.Model, world.Stacks, []), new Desired(world.Model, world.Stacks, ["StateBucket"]));

        var refused = Planner.AdministratorProblems(desired, world.Observed, Planner.Plan(desired, world.Observed).Plan);
        var allowed = Planner.AdministratorProblems(allowing, world.Observed, Planner.Plan(allowing, world.Observed).Plan);

        Assert.Equal([("DEP401", "shop-dev-access"), ("DEP420", "shop-bootstrap: StateBucket")], refused.Select(problem => (problem.Code, problem.Subject)));
        Assert.Equal([("DEP401", "shop-dev-access")], allowed.Select(problem => (problem.Code, problem.Subject)));
    }

    [Fact]
    public void Roles_without_stacks_were_made_for_another_region()
    {
        var world = World.Empty(Profile.Dev);

        var reading = (world with { Observed = world.Observed with { DeployerRole = "arn:aws:iam::123456789012:role/shop/dev_access/shop-dev-deployer" } }).Plan();

        Golden.Matches(Text(Assert.Single(reading.Problems)), "Planning/problems/other-region.txt");
    }

    [Fact]
    public void A_stack_that_nobody_wants_any_more_goes()
    {
        var world = World.Deployed(Sample.Model(Profile.Production));
        var edge = World.Deployed(world.Stacks.Single(stack => stack.ShortName == "edge"));

        var reading = world.With("shop-production-edge-2", edge).Plan();

        Golden.Matches(Shown(reading), "Planning/unwanted.txt");
    }

    [Fact]
    public void Protection_that_is_missing_is_a_change_too()
    {
        var world = World.Deployed(Sample.Model(Profile.Production))
            .With("shop-production-network", stack => stack with { State = stack.State with { EnableTerminationProtection = false } })
            .With("shop-production-cluster", stack => stack with { Policy = null });

        var plans = world.Plan().Plan.Stacks.Where(stack => stack.Action == StackAction.Update).Select(stack => (stack.ShortName, stack.Because));

        Assert.Equal([("network", "it is protected against deletion"), ("cluster", "its stack policy is set")], plans);
    }

    [Fact]
    public void The_same_world_has_the_same_fingerprint_and_a_changed_one_says_what_changed()
    {
        var world = World.Deployed(Sample.Model(Profile.Dev));

        var plan = world.Plan().Plan;
        var later = (world with { Observed = world.Observed with { At = World.Now.AddHours(1) } }).Plan().Plan;
        var changed = world.InState("shop-dev-network", "UPDATE_ROLLBACK_COMPLETE").Plan().Plan;

        Assert.Equal(plan.Fingerprint, later.Fingerprint);
        Assert.Equal(
            ["shop-dev-network: state: was UPDATE_COMPLETE since 2026-11-20T10:20:30Z, is UPDATE_ROLLBACK_COMPLETE since 2026-11-20T10:20:30Z"],
            Fingerprint.Differences(plan.Facts, changed.Facts));
    }

    private static World Changed()
    {
        var world = World.Deployed(Sample.Model(Profile.Production));
        return (world with { Observed = world.Observed with { Images = world.Observed.Images?.SetItem("web", world.Observed.Images["web"] with { Findings = "2 critical, 1 low" }) } })
            .With("shop-production-cluster", stack => stack with
            {
                ChangeSet = World.ChangeSet(
                    Change("Modify", "Cluster", "AWS::EKS::Cluster", "shop-production", "True", Detail("/Properties/EncryptionConfig/0/Provider/KeyArn", "Always", "arn:aws:kms:1", "arn:aws:kms:2")),
                    Change("Add", "ApiFromBastion", "AWS::EC2::SecurityGroupIngress", null, null)),
            })
            .With("shop-production-identity", stack => stack with
            {
                ChangeSet = World.ChangeSet(
                    Change("Remove", "SecretsKey", "AWS::KMS::Key", "1234", null) with { PolicyAction = "Delete" },
                    Change("Modify", "NodeRole", "AWS::IAM::Role", "shop-production-node", "False", Detail("/Properties/ManagedPolicyArns/1", "Never", null, "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore")),
                    Change("Dynamic", "WebPodsRole", "AWS::IAM::Role", "shop-production-web-pods", "Conditional", Detail("/Properties/Path", "Conditionally", "/shop/", null))),
            })
            .With("shop-production-network", stack => stack with { Unasked = "it needs 'x' of y, which is not there yet", Template = stack.Template!.Replace("10.2.0.0/16", "10.3.0.0/16", StringComparison.Ordinal) });
    }

    private static ResourceChange Change(string action, string id, string type, string? physicalId, string? replacement, params ResourceChangeDetail[] details) => new()
    {
        Action = action,
        LogicalResourceId = id,
        ResourceType = type,
        PhysicalResourceId = physicalId,
        Replacement = replacement,
        Details = [.. details],
    };

    private static ResourceChangeDetail Detail(string path, string recreation, string? before, string? after) =>
        new() { Target = new ResourceTarget("Properties", path.Split('/')[2], recreation, path, before, after, "Modify") };

    private static string Shown(PlanReading reading) =>
        PlanText.Render(reading.Plan, Screen(120)) + (reading.Problems.IsEmpty ? "" : "── problems\n" + string.Concat(reading.Problems.Select(Text)));

    private static string Text(Problem problem) => ProblemText.Render([problem], new Palette(Colours: false));

    private static Screen Screen(int width) => new(TextWriter.Null, TextWriter.Null) { Tables = false, Live = false, Colours = false, Width = width };
}
