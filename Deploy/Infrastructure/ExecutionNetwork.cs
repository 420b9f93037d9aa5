using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>EC2: the network, launch templates, the bastion's group.</summary>
internal static class ExecutionNetwork
{
    private static readonly PolicyCondition Here = new("StringEquals", "aws:RequestedRegion", new CfnValue.Ref("AWS::Region"));

    public static PolicyDocument Of(DeploymentModel model) => new(
        PolicyStatement.Allow("MakeNetwork") with
        {
            Action =
            [
                "ec2:AllocateAddress", "ec2:AssociateRouteTable", "ec2:AttachInternetGateway", "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress",
                "ec2:CreateFlowLogs", "ec2:CreateInternetGateway", "ec2:CreateLaunchTemplate", "ec2:CreateLaunchTemplateVersion", "ec2:CreateNatGateway",
                "ec2:CreateRoute", "ec2:CreateRouteTable", "ec2:CreateSecurityGroup", "ec2:CreateSubnet", "ec2:CreateTags", "ec2:CreateVpc", "ec2:CreateVpcEndpoint",
                "ec2:DeleteFlowLogs", "ec2:DeleteLaunchTemplate", "ec2:DeleteLaunchTemplateVersions", "ec2:DeleteRoute", "ec2:DeleteTags", "ec2:DeleteVpcEndpoints",
                "ec2:DetachInternetGateway", "ec2:DisassociateAddress", "ec2:DisassociateRouteTable", "ec2:ModifyLaunchTemplate", "ec2:ModifySubnetAttribute",
                "ec2:ModifyVpcAttribute", "ec2:ModifyVpcEndpoint", "ec2:ReleaseAddress", "ec2:ReplaceRoute", "ec2:ReplaceRouteTableAssociation",
                "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress", "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
                "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
            ],
            Resource = ["*"],
            Condition = [Here],
        },
        PolicyStatement.Allow("DeleteOwnNetwork") with
        {
            Action =
            [
                "ec2:DeleteInternetGateway", "ec2:DeleteNatGateway", "ec2:DeleteRouteTable", "ec2:DeleteSecurityGroup", "ec2:DeleteSubnet", "ec2:DeleteVpc",
            ],
            Resource = ["*"],
            Condition = [Here, new PolicyCondition("StringLike", "aws:ResourceTag/aws:cloudformation:stack-name", $"{model.Names.Prefix}-*")],
        },
        PolicyStatement.Allow("ReadNetwork") with
        {
            Action =
            [
                "ec2:DescribeAccountAttributes", "ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute", "ec2:DescribeAvailabilityZones", "ec2:DescribeFlowLogs",
                "ec2:DescribeImages", "ec2:DescribeInstances", "ec2:DescribeInternetGateways", "ec2:DescribeLaunchTemplateVersions", "ec2:DescribeLaunchTemplates",
                "ec2:DescribeNatGateways", "ec2:DescribeNetworkAcls", "ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists", "ec2:DescribeRouteTables",
                "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeTags", "ec2:DescribeVpcAttribute",
                "ec2:DescribeVpcEndpoints", "ec2:DescribeVpcs", "ec2:GetSecurityGroupsForVpc",
            ],
            Resource = ["*"],
            Condition = [Here],
        },
        // EC2 asks for it when a group or a node group is made of a launch template.
        PolicyStatement.Allow("LaunchByTemplate") with
        {
            Action = ["ec2:RunInstances"],
            Resource = ["*"],
            Condition = [Here, new PolicyCondition("ArnLike", "ec2:LaunchTemplate", Arn.Regional("ec2", "launch-template/*"))],
        },
        PolicyStatement.Allow("FlowLogDelivery") with
        {
            Action = ["logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:GetLogDelivery", "logs:ListLogDeliveries", "logs:UpdateLogDelivery"],
            Resource = ["*"],
            Condition = [Here],
        },
        PolicyStatement.Allow("Bastion") with
        {
            Action =
            [
                "autoscaling:CreateAutoScalingGroup", "autoscaling:CreateOrUpdateTags", "autoscaling:DeleteAutoScalingGroup", "autoscaling:DeleteTags",
                "autoscaling:UpdateAutoScalingGroup",
            ],
            Resource = [Arn.Regional("autoscaling", $"autoScalingGroup:*:autoScalingGroupName/{model.Names.Prefix}-*")],
        },
        PolicyStatement.Allow("ReadBastion") with
        {
            Action =
            [
                "autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeLifecycleHooks", "autoscaling:DescribeNotificationConfigurations",
                "autoscaling:DescribeScalingActivities", "autoscaling:DescribeTags",
            ],
            Resource = ["*"],
        },
        PolicyStatement.Allow("BastionImage") with
        {
            Action = ["ssm:GetParameter", "ssm:GetParameters"],
            Resource = [new CfnValue.Sub("arn:${AWS::Partition}:ssm:${AWS::Region}::parameter/aws/service/*")],
        });
}
