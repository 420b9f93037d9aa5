using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Tests.Planning;

/// <summary>Each problem of a plan and of the account, as the user sees it.</summary>
public sealed class PlanProblemTests
{
    [Fact]
    public void What_an_account_is_that_it_should_not_be_or_lacks()
    {
        var text = Shown(
            TargetProblems.OtherAccount("production", "123456789012", new CallerIdentity("999999999999", "arn:aws:iam::999999999999:user/me", "AIDA")),
            TargetProblems.StackNotOurs("shop-dev-network", "app=shop, env=dev", "app=store"),
            TargetProblems.StackNotOurs("shop-dev-network", "app=shop, env=dev", ""),
            TargetProblems.OtherRegion("dev", "eu-west-1", "arn:aws:iam::123456789012:role/shop/dev_access/shop-dev-deployer"),
            TargetProblems.UnknownVersion("1.63", "eu-west-1", ["1.35", "1.36"]),
            TargetProblems.UnknownVersion("1.36", "eu-west-1", []),
            TargetProblems.ExtendedWithoutWish("1.31", new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero), "1.36"),
            TargetProblems.ExtendedWithoutWish("1.31", ended: null, "1.36"),
            TargetProblems.Overlap("10.0.0.0/16", "vpc-0123456789abcdef0", "10.0.128.0/17", "10.1.0.0/16"),
            TargetProblems.Quota("VPCs", 5, 1, 5, "L-F678F1CE", "use one that is there with 'network.existing'"),
            TargetProblems.Quota("elastic addresses", 4, 3, 5, "L-0263D0A3", cure: null),
            TargetProblems.Quota("processors of spot instances", have: null, 2, 1, "L-34B43A08", cure: null),
            TargetProblems.MissingPermissions("arn:aws:iam::123456789012:user/me", ["cloudformation:CreateChangeSet", "eks:DescribeCluster"], "to plan"),
            TargetProblems.TimedOut(TimeSpan.FromSeconds(30)));

        Golden.Matches(text, "Planning/problems/target.txt");
    }

    [Fact]
    public void What_a_plan_is_refused_for()
    {
        var loss = new Risk(RiskKind.DataLoss, "shop-dev-identity", "SecretsKey", "SecretsKey is removed, and with it everything that is encrypted with it.") { NeedsAllowance = true, IsAllowed = false, AllowanceName = "SecretsKey" };
        var text = Shown(
            PlanProblems.Refused(loss),
            PlanProblems.Refused(loss with { LogicalId = null, AllowanceName = "identity" }),
            PlanProblems.UnknownAllowance("SecretKey", ["SecretsKey"]),
            PlanProblems.UnknownAllowance("Vpc", ["SecretsKey", "Cluster"]),
            PlanProblems.UnknownAllowance("Vpc", []),
            PlanProblems.ChangeSetRefused("shop-dev-edge", "Template format error: Unresolved resource dependencies [Zone]"),
            PlanProblems.FileMissing("plan.json"),
            PlanProblems.FileOfAnotherEnvironment("plan.json", "shop dev in 123456789012, eu-west-1", "shop production in 123456789012, eu-west-1"),
            PlanProblems.Outdated("plan.json", ["shop-dev-network: template differs"]),
            PlanProblems.Outdated("plan.json", ["shop-dev-network: template differs", "shop-dev-edge: is not there any more"]),
            PlanProblems.Unwritable("no/such/folder/plan.json", "Could not find a part of the path."),
            PlanProblems.Slow("shop-dev-network", TimeSpan.FromMinutes(10)));

        Golden.Matches(text, "Planning/problems/plan.txt");
    }

    private static string Shown(params ImmutableArray<Problem> problems) => ProblemText.Render(problems, new Palette(Colours: false));
}
