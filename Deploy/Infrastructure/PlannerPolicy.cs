using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>What a plan on a pull request does: reads, and makes change sets that it can neither execute nor leave to others under another name.</summary>
internal static class PlannerPolicy
{
    public static PolicyDocument Of(DeploymentModel model) => new(
        DeployerPolicy.ReadStacks(model),
        DeployerPolicy.ListStacks(),
        PolicyStatement.Allow("Plans") with
        {
            Action = ["cloudformation:CreateChangeSet", "cloudformation:DeleteChangeSet"],
            Resource = DeployerPolicy.Stacks(model),
            Condition = [new PolicyCondition("StringLike", "cloudformation:ChangeSetName", "plan-*")],
        },
        new PolicyStatement("NoChange", PolicyEffect.Deny)
        {
            Action = ["cloudformation:DeleteStack", "cloudformation:ExecuteChangeSet", "cloudformation:SetStackPolicy", "cloudformation:UpdateTerminationProtection"],
            Resource = ["*"],
        },
        PolicyStatement.Allow("ReadImages") with
        {
            Action = ["ecr:BatchGetImage", "ecr:DescribeImageScanFindings", "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:ListImages"],
            Resource = [Arn.Regional("ecr", $"repository/{model.Names.Application}/*")],
        },
        DeployerPolicy.ReadCluster(model),
        DeployerPolicy.ReadVersions(),
        DeployerPolicy.ReadLoadBalancers(),
        DeployerPolicy.ReadInventory(),
        DeployerPolicy.Preflight(),
        DeployerPolicy.ReadState(model));
}
