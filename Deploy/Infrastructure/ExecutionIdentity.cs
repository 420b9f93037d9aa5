using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>Roles, keys and secrets of the environment. A role without the boundary cannot be made, nor can the boundary be taken off.</summary>
internal static class ExecutionIdentity
{
    public static PolicyDocument Of(DeploymentModel model)
    {
        var roles = Arn.Global("iam", $"role{model.Names.Path}*");
        var secrets = Arn.Regional("secretsmanager", $"secret:{model.Names.Application}/{model.Names.Environment}/*");
        var viaSecrets = new PolicyCondition("StringEquals", "kms:ViaService", new CfnValue.Sub("secretsmanager.${AWS::Region}.amazonaws.com"));
        return new PolicyDocument(
            PolicyStatement.Allow("BoundedRoles") with
            {
                Action =
                [
                    "iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy",
                ],
                Resource = [roles],
                Condition = [new PolicyCondition("StringEquals", "iam:PermissionsBoundary", Roles.Boundary(model))],
            },
            PolicyStatement.Allow("Roles") with
            {
                Action =
                [
                    "iam:DeleteRole", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies",
                    "iam:ListRoleTags", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription",
                ],
                Resource = [roles],
            },
            PolicyStatement.Allow("PassRoles") with
            {
                Action = ["iam:PassRole"],
                Resource = [roles],
                Condition =
                [
                    new PolicyCondition(
                        "StringEquals", "iam:PassedToService", "ec2.amazonaws.com", "eks.amazonaws.com", "pods.eks.amazonaws.com", "vpc-flow-logs.amazonaws.com"),
                ],
            },
            PolicyStatement.Allow("InstanceProfiles") with
            {
                Action =
                [
                    "iam:AddRoleToInstanceProfile", "iam:CreateInstanceProfile", "iam:DeleteInstanceProfile", "iam:GetInstanceProfile",
                    "iam:RemoveRoleFromInstanceProfile", "iam:TagInstanceProfile", "iam:UntagInstanceProfile",
                ],
                Resource = [Arn.Global("iam", $"instance-profile{model.Names.Path}*")],
            },
            PolicyStatement.Allow("ServiceRoles") with
            {
                Action = ["iam:CreateServiceLinkedRole"],
                Resource = [Arn.Global("iam", "role/aws-service-role/*")],
                Condition =
                [
                    new PolicyCondition(
                        "StringEquals", "iam:AWSServiceName", "autoscaling.amazonaws.com", "eks-nodegroup.amazonaws.com", "eks.amazonaws.com",
                        "elasticloadbalancing.amazonaws.com", "spot.amazonaws.com"),
                ],
            },
            PolicyStatement.Allow("FindServiceRoles") with { Action = ["iam:GetRole"], Resource = [Arn.Global("iam", "role/aws-service-role/*")] },
            PolicyStatement.Allow("MakeKeys") with
            {
                Action = ["kms:CreateKey", "kms:TagResource"],
                Resource = ["*"],
                Condition = [new PolicyCondition("StringEquals", "aws:RequestTag/app", model.Names.Application)],
            },
            PolicyStatement.Allow("Keys") with
            {
                Action =
                [
                    "kms:CreateAlias", "kms:CreateGrant", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey", "kms:DisableKeyRotation", "kms:EnableKey",
                    "kms:EnableKeyRotation", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion",
                    "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
                ],
                Resource = [Arn.Regional("kms", "key/*")],
                Condition = [new PolicyCondition("StringEquals", "aws:ResourceTag/app", model.Names.Application)],
            },
            PolicyStatement.Allow("Aliases") with
            {
                Action = ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
                Resource = [Arn.Regional("kms", $"alias/{model.Names.Prefix}-*")],
            },
            PolicyStatement.Allow("FindKeys") with { Action = ["kms:ListAliases", "kms:ListKeys"], Resource = ["*"] },
            PolicyStatement.Allow("EncryptSecrets") with
            {
                Action = ["kms:Decrypt", "kms:GenerateDataKey"],
                Resource = [Arn.Regional("kms", "key/*")],
                Condition = [viaSecrets],
            },
            // The type's handlers read what they made, value and all; the role is CloudFormation's alone.
            PolicyStatement.Allow("Secrets") with
            {
                Action =
                [
                    "secretsmanager:CreateSecret", "secretsmanager:DeleteSecret", "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue",
                    "secretsmanager:TagResource", "secretsmanager:UntagResource", "secretsmanager:UpdateSecret",
                ],
                Resource = [secrets],
            },
            PolicyStatement.Allow("GenerateSecrets") with { Action = ["secretsmanager:GetRandomPassword"], Resource = ["*"] });
    }
}
