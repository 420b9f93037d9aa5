using System.Collections.Immutable;
using Platform.Deploy.Apply;
using Platform.Deploy.Aws;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Tests.Apply;

/// <summary>Each problem of a run that changes something, as the user sees it.</summary>
public sealed class ApplyProblemTests
{
    private const string Stack = "shop-dev-network";

    private static readonly ResourceChange Replacement = new()
    {
        Action = "Modify",
        LogicalResourceId = "Vpc",
        ResourceType = "AWS::EC2::VPC",
        PhysicalResourceId = "vpc-0123456789abcdef0",
        Details = [new ResourceChangeDetail { Target = new ResourceTarget("Properties", "CidrBlock", "Always", "/Properties/CidrBlock", "10.0.0.0/16", "10.1.0.0/16", "Modify") }],
    };

    private static readonly Problem Denied = new("DEP320", "You may not.", "Ask.", ExitCode.Environment) { Detail = "User: arn:aws:iam::123456789012:user/me is not authorized to perform: ec2:DeleteSecurityGroup" };

    [Fact]
    public void What_CloudFormation_does_not_do()
    {
        var text = Shown(
            ApplyProblems.ChangeSetRefused(Stack, ChangeSetOf("UNAVAILABLE", "Template error"), [new OperationEvent { EventId = "1", EventType = "VALIDATION_ERROR", LogicalResourceId = "Vpc", ValidationPath = "/Properties/CidrBlock", ValidationStatusReason = "is no CIDR" }]),
            ApplyProblems.ChangeSetRefused(Stack, ChangeSetOf("OBSOLETE", reason: null), []),
            ApplyProblems.ChangeSetLate(Stack, TimeSpan.FromMinutes(10)),
            ApplyProblems.DoesNotSettle(Stack, 6),
            ApplyProblems.StaysBroken(Stack, new StackEnding(State: null, [])),
            ApplyProblems.UnknownState(Stack, "IMPORT_ROLLBACK_FAILED"),
            ApplyProblems.NotRemoved(Stack, new StackEnding(State: null, [])),
            ApplyProblems.Replaces(Stack, Replacement),
            ApplyProblems.Replaces(Stack, Replacement with { Action = "Remove", Details = [] }),
            ApplyProblems.NotOurs(Stack, Replacement),
            ApplyProblems.ChangedMeanwhile(Stack),
            ApplyProblems.ClusterUnhealthy("shop-dev", "ACTIVE", [new HealthIssue { Code = "Ec2SubnetNotFound", Message = "Subnets are not there any more." }]),
            ApplyProblems.MissingOutput(Stack, ["VpcId", "SubnetIds"]),
            StackInputProblems.NoCallerAddress("Connection refused (checkip.amazonaws.com:443)"),
            StackInputProblems.NoAddonVersion("metrics-server", "1.36"),
            ApplyProblems.NeedsAdministrator("shop-dev-access", [Denied]));

        Golden.Matches(text, "Apply/problems-of-stacks.txt");
    }

    [Fact]
    public void What_a_run_is_refused_or_stopped_for()
    {
        var holder = new LockHolder { Run = "1a2b3c4d", Who = "arn:aws:iam::123456789012:user/other", Host = "elsewhere", Command = "deploy", Since = new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero) };
        var text = Shown(
            ApplyProblems.LockHeld("shop-dev", holder, TimeSpan.FromSeconds(95)),
            ApplyProblems.LockLost("shop-dev", holder.Who),
            ApplyProblems.TimedOut(TimeSpan.FromSeconds(90), ["shop-dev-edge", "shop-dev-cluster"]),
            ApplyProblems.TimedOut(TimeSpan.FromMinutes(20), []),
            ApplyProblems.NobodyToAsk("Is shop-dev to be destroyed?", "Look at what goes and what stays, above, then give --confirm shop-dev."),
            ApplyProblems.WrongName("shop-dev", "shop"),
            ApplyProblems.Protected("shop-production", ["shop-production-network", "shop-production-cluster"], withAccess: false),
            ApplyProblems.Protected("shop-production", ["shop-production-access"], withAccess: true),
            ApplyProblems.NotKnown("shop-production"),
            ApplyProblems.HasData("shop-dev", 2, 1, ["volume vol-1, 8 GiB, of data-cache-0", "volume vol-2, 20 GiB"]),
            ApplyProblems.MayNotSweep("security group sg-1", [Denied]),
            ApplyProblems.Orphans("shop-dev", [new Remnant("arn:aws:ec2:eu-west-1:123456789012:volume/vol-1", "it should be gone", IsMeant: false)]));

        Golden.Matches(text, "Apply/problems-of-runs.txt");
    }

    private static ChangeSet ChangeSetOf(string execution, string? reason) => new() { ChangeSetId = "1", ChangeSetName = "deploy", StackId = Stack, StackName = Stack, Status = "FAILED", ExecutionStatus = execution, StatusReason = reason };

    private static string Shown(params ImmutableArray<Problem> problems) => ProblemText.Render(problems, new Palette(Colours: false));
}
