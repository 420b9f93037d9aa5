using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// For the AWS Load Balancer Controller, which has to be in a cluster without Auto Mode. It works on what it tagged for this cluster itself,
/// and on the security group of the cluster, which it opens to its load balancers.
/// </summary>
internal static class LoadBalancerControllerRole
{
    public const string LogicalId = "LoadBalancerControllerRole";

    /// <summary>Of the controller, in <c>kube-system</c>.</summary>
    public const string ServiceAccount = "aws-load-balancer-controller";

    private const string ClusterTag = "elbv2.k8s.aws/cluster";

    public static bool IsNeeded(DeploymentModel model) =>
        model.Settings.Cluster is { Existing: null, Compute: not Compute.Auto }
        && (!model.Ingresses.IsEmpty || model.Workloads.Any(workload => !workload.ExternalPorts.IsEmpty));

    public static Resource Of(DeploymentModel model)
    {
        var made = new PolicyCondition("StringEquals", $"aws:ResourceTag/{ClusterTag}", model.Names.Cluster);
        var making = new PolicyCondition("StringEquals", $"aws:RequestTag/{ClusterTag}", model.Names.Cluster);
        var loadBalancers = Arn.Regional("elasticloadbalancing", "loadbalancer/*");
        var targetGroups = Arn.Regional("elasticloadbalancing", "targetgroup/*");
        return new Resource(LogicalId, Roles.Of(
            model, model.Names.Role("load-balancers"), "Makes load balancers for Ingresses and Services", Roles.TrustOfPods(model, "kube-system", ServiceAccount)) with
        {
            Policies =
            [
                new InlinePolicy("load-balancers", new PolicyDocument(
                    Read(),
                    PolicyStatement.Allow("ServiceRole") with
                    {
                        Action = ["iam:CreateServiceLinkedRole"],
                        Resource = [Arn.Global("iam", "role/aws-service-role/elasticloadbalancing.amazonaws.com/*")],
                        Condition = [new PolicyCondition("StringEquals", "iam:AWSServiceName", "elasticloadbalancing.amazonaws.com")],
                    },
                    PolicyStatement.Allow("Firewalls") with
                    {
                        Action = ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"],
                        Resource = [Arn.Regional("elasticloadbalancing", "loadbalancer/app/*"), Arn.Regional("wafv2", $"regional/webacl/{model.Names.Prefix}/*")],
                    },
                    PolicyStatement.Allow("MakeSecurityGroups") with { Action = ["ec2:CreateSecurityGroup"], Resource = [Arn.Regional("ec2", "security-group/*")], Condition = [making] },
                    PolicyStatement.Allow("InVpc") with { Action = ["ec2:CreateSecurityGroup"], Resource = [Arn.Regional("ec2", "vpc/*")] },
                    PolicyStatement.Allow("TagSecurityGroups") with
                    {
                        Action = ["ec2:CreateTags"],
                        Resource = [Arn.Regional("ec2", "security-group/*")],
                        Condition = [making, new PolicyCondition("StringEquals", "ec2:CreateAction", "CreateSecurityGroup")],
                    },
                    PolicyStatement.Allow("OpenCluster") with
                    {
                        Action = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
                        Resource = [Arn.Regional("ec2", "security-group/*")],
                        Condition = [new PolicyCondition("StringEquals", "aws:ResourceTag/aws:eks:cluster-name", model.Names.Cluster)],
                    },
                    PolicyStatement.Allow("OwnSecurityGroups") with
                    {
                        Action = ["ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags", "ec2:DeleteSecurityGroup", "ec2:DeleteTags", "ec2:RevokeSecurityGroupIngress"],
                        Resource = [Arn.Regional("ec2", "security-group/*")],
                        Condition = [made],
                    },
                    PolicyStatement.Allow("Make") with
                    {
                        Action = ["elasticloadbalancing:AddTags", "elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
                        Resource = [loadBalancers, targetGroups],
                        Condition = [making],
                    },
                    PolicyStatement.Allow("Own") with
                    {
                        Action =
                        [
                            "elasticloadbalancing:AddTags", "elasticloadbalancing:CreateListener", "elasticloadbalancing:DeleteLoadBalancer",
                            "elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:ModifyLoadBalancerAttributes",
                            "elasticloadbalancing:ModifyTargetGroup", "elasticloadbalancing:ModifyTargetGroupAttributes", "elasticloadbalancing:RegisterTargets",
                            "elasticloadbalancing:RemoveTags", "elasticloadbalancing:SetIpAddressType", "elasticloadbalancing:SetSecurityGroups",
                            "elasticloadbalancing:SetSubnets", "elasticloadbalancing:SetWebAcl",
                        ],
                        Resource = [loadBalancers, targetGroups],
                        Condition = [made],
                    },
                    PolicyStatement.Allow("Listeners") with
                    {
                        Action =
                        [
                            "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:AddTags", "elasticloadbalancing:CreateRule",
                            "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteRule", "elasticloadbalancing:ModifyListener",
                            "elasticloadbalancing:ModifyListenerAttributes", "elasticloadbalancing:ModifyRule", "elasticloadbalancing:RemoveListenerCertificates",
                            "elasticloadbalancing:RemoveTags", "elasticloadbalancing:SetRulePriorities",
                        ],
                        Resource = [Arn.Regional("elasticloadbalancing", "listener*/*")],
                    })),
            ],
        });
    }

    private static PolicyStatement Read() => PolicyStatement.Allow("Read") with
    {
        Action =
        [
            "acm:DescribeCertificate", "acm:ListCertificates", "cognito-idp:DescribeUserPoolClient", "ec2:DescribeAccountAttributes", "ec2:DescribeAddresses",
            "ec2:DescribeAvailabilityZones", "ec2:DescribeCoipPools", "ec2:DescribeInstances", "ec2:DescribeInternetGateways", "ec2:DescribeIpamPools",
            "ec2:DescribeNetworkInterfaces", "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeTags",
            "ec2:DescribeVpcPeeringConnections", "ec2:DescribeVpcs", "ec2:GetCoipPoolUsage", "ec2:GetSecurityGroupsForVpc",
            "elasticloadbalancing:DescribeCapacityReservation", "elasticloadbalancing:DescribeListenerAttributes", "elasticloadbalancing:DescribeListenerCertificates",
            "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeSSLPolicies", "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
            "elasticloadbalancing:DescribeTrustStores", "iam:GetServerCertificate", "iam:ListServerCertificates", "shield:DescribeProtection",
            "shield:GetSubscriptionState", "wafv2:GetWebACL", "wafv2:GetWebACLForResource",
        ],
        Resource = ["*"],
    };
}
