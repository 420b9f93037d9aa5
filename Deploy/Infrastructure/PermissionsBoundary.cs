using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// The most that a role of an environment can ever do, whatever policies it is given: the services of applications and nodes, in one region, without
/// the power to make or change identities.
/// </summary>
internal static class PermissionsBoundary
{
    private static readonly ImmutableArray<string> Services =
    [
        "acm", "aps", "autoscaling", "cloudwatch", "cognito-idp", "dynamodb", "ec2", "ec2messages", "ecr", "eks", "eks-auth", "elasticfilesystem",
        "elasticloadbalancing", "events", "kinesis", "kms", "logs", "route53", "s3", "secretsmanager", "ses", "shield", "sns", "sqs", "ssm", "ssmmessages",
        "states", "sts", "waf-regional", "wafv2", "xray",
    ];

    // They answer in one region for all.
    private static readonly ImmutableArray<string> Global = ["iam:*", "route53:*", "shield:*", "sts:*"];

    public static ManagedPolicy Of(DeploymentModel model) => new()
    {
        ManagedPolicyName = model.Names.Boundary(model.Settings.Region),
        Path = $"/{model.Names.Application}/",
        Description = $"Bounds the roles of {model.Names.Application}",
        PolicyDocument = new PolicyDocument(
            PolicyStatement.Allow("Services") with { Action = [.. Services.Select(service => $"{service}:*")], Resource = ["*"] },
            PolicyStatement.Allow("ReadIdentities") with { Action = ["iam:GetInstanceProfile", "iam:GetRole", "iam:GetServerCertificate", "iam:ListServerCertificates"], Resource = ["*"] },
            PolicyStatement.Allow("PassNodeRole") with
            {
                Action = ["iam:PassRole"],
                Resource = [Arn.Global("iam", $"role/{model.Names.Application}/*-node")],
                Condition = [new PolicyCondition("StringEquals", "iam:PassedToService", "ec2.amazonaws.com")],
            },
            // What AmazonEKSComputePolicy does for Auto Mode.
            PolicyStatement.Allow("ProfilesOfNodes") with { Action = ["iam:AddRoleToInstanceProfile"], Resource = [Arn.Global("iam", "instance-profile/eks*")] },
            PolicyStatement.Allow("ServiceRoles") with
            {
                Action = ["iam:CreateServiceLinkedRole"],
                Resource = [Arn.Global("iam", "role/aws-service-role/*")],
                Condition = [new PolicyCondition("StringEquals", "iam:AWSServiceName", "elasticloadbalancing.amazonaws.com", "spot.amazonaws.com")],
            },
            Deny("OtherAccounts", ["sts:AssumeRole"], ["*"], new PolicyCondition("StringNotEquals", "aws:ResourceAccount", new CfnValue.Ref("AWS::AccountId"))),
            Deny("AccountAndOrganization", ["account:*", "organizations:*"], ["*"]),
            Deny("Records", ["s3:*"], [new CfnValue.Sub($"arn:${{AWS::Partition}}:s3:::{BootstrapStack.StateBucket(model)}"), new CfnValue.Sub($"arn:${{AWS::Partition}}:s3:::{BootstrapStack.StateBucket(model)}/*")]),
            Deny("EndOfKeys", ["kms:DisableKey", "kms:ScheduleKeyDeletion"], ["*"]),
            Deny("EndOfBoundary", ["iam:DeletePolicy", "iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"], ["*"]),
            new PolicyStatement("OtherRegions", PolicyEffect.Deny)
            {
                Action = [],
                NotAction = Global,
                Resource = ["*"],
                Condition = [new PolicyCondition("StringNotEquals", "aws:RequestedRegion", new CfnValue.Ref("AWS::Region"))],
            }),
    };

    private static PolicyStatement Deny(string sid, ImmutableArray<string> actions, ImmutableArray<CfnValue> resources, params ImmutableArray<PolicyCondition> conditions) =>
        new(sid, PolicyEffect.Deny) { Action = actions, Resource = resources, Condition = conditions };
}
