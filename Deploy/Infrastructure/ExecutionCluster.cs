using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>EKS, its logs, and the images.</summary>
internal static class ExecutionCluster
{
    public static PolicyDocument Of(DeploymentModel model) => new(
    [
        .. model.Settings.Cluster.Existing is null ? [Create(model), Change(model)] : ImmutableArray<PolicyStatement>.Empty,
        PolicyStatement.Allow("InsideCluster") with
        {
            Action =
            [
                "eks:AssociateAccessPolicy", "eks:CreateAccessEntry", "eks:CreateAddon", "eks:CreateNodegroup", "eks:CreatePodIdentityAssociation",
                "eks:DeleteAccessEntry", "eks:DeleteAddon", "eks:DeleteNodegroup", "eks:DeletePodIdentityAssociation", "eks:DescribeAccessEntry",
                "eks:DescribeAddon", "eks:DescribeCluster", "eks:DescribeNodegroup", "eks:DescribePodIdentityAssociation", "eks:DescribeUpdate",
                "eks:DisassociateAccessPolicy", "eks:ListAccessEntries", "eks:ListAddons", "eks:ListAssociatedAccessPolicies", "eks:ListNodegroups",
                "eks:ListPodIdentityAssociations", "eks:ListTagsForResource", "eks:ListUpdates", "eks:TagResource", "eks:UntagResource", "eks:UpdateAccessEntry",
                "eks:UpdateAddon", "eks:UpdateNodegroupConfig", "eks:UpdateNodegroupVersion", "eks:UpdatePodIdentityAssociation",
            ],
            Resource =
            [
                Arn.Regional("eks", $"access-entry/{model.ClusterName}/*"),
                Arn.Regional("eks", $"addon/{model.ClusterName}/*"),
                Arn.Regional("eks", $"cluster/{model.ClusterName}"),
                Arn.Regional("eks", $"nodegroup/{model.ClusterName}/*"),
                Arn.Regional("eks", $"podidentityassociation/{model.ClusterName}/*"),
            ],
        },
        PolicyStatement.Allow("AddonVersions") with { Action = ["eks:DescribeAddonConfiguration", "eks:DescribeAddonVersions"], Resource = ["*"] },
        PolicyStatement.Allow("Logs") with
        {
            Action =
            [
                "logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy", "logs:DisassociateKmsKey",
                "logs:GetDataProtectionPolicy", "logs:ListTagsForResource", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource",
            ],
            Resource = [Arn.Regional("logs", $"log-group:/aws/eks/{model.ClusterName}/*"), Arn.Regional("logs", $"log-group:/aws/vpc/{model.Names.Prefix}/*")],
        },
        PolicyStatement.Allow("FindLogs") with
        {
            Action = ["logs:DescribeIndexPolicies", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies"],
            Resource = ["*"],
        },
        PolicyStatement.Allow("Images") with
        {
            Action =
            [
                "ecr:BatchDeleteImage", "ecr:CreateRepository", "ecr:DeleteLifecyclePolicy", "ecr:DeleteRepository", "ecr:DescribeRepositories",
                "ecr:GetLifecyclePolicy", "ecr:GetRepositoryPolicy", "ecr:ListImages", "ecr:ListTagsForResource", "ecr:PutImageScanningConfiguration",
                "ecr:PutImageTagMutability", "ecr:PutLifecyclePolicy", "ecr:TagResource", "ecr:UntagResource",
            ],
            Resource = [Arn.Regional("ecr", $"repository/{model.Names.Application}/*")],
        },
    ]);

    // In production IAM itself refuses a cluster that is not as hardened as ours.
    private static PolicyStatement Create(DeploymentModel model) => PolicyStatement.Allow("CreateCluster") with
    {
        Action = ["eks:CreateCluster"],
        Resource = [Arn.Regional("eks", $"cluster/{model.Names.Cluster}")],
        Condition = model.Settings.Profile != Profile.Production ? [] :
        [
            new PolicyCondition("StringEquals", "eks:authenticationMode", "API"),
            new PolicyCondition("StringEquals", "eks:supportType", model.Settings.Cluster.Support == SupportType.Extended ? "EXTENDED" : "STANDARD"),
            new PolicyCondition("Bool", "eks:bootstrapClusterCreatorAdminPermissions", "false"),
            new PolicyCondition("Bool", "eks:deletionProtection", "true"),
            new PolicyCondition("Bool", "eks:endpointPublicAccess", model.Settings.Cluster.Endpoint == EndpointAccess.Public ? "true" : "false"),
            new PolicyCondition("Null", "eks:encryptionConfigProviderKeyArns", "false"),
        ],
    };

    private static PolicyStatement Change(DeploymentModel model) => PolicyStatement.Allow("ChangeCluster") with
    {
        Action = ["eks:DeleteCluster", "eks:UpdateClusterConfig", "eks:UpdateClusterVersion"],
        Resource = [Arn.Regional("eks", $"cluster/{model.Names.Cluster}")],
    };
}
