using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// What a deployment does itself. It makes nothing but change sets, images and records: EC2, EKS, IAM and KMS are changed by CloudFormation alone, with
/// the execution role. Kubernetes needs no permission, as its token is a signed question who one is.
/// </summary>
internal static class DeployerPolicy
{
    private static readonly ImmutableArray<string> Whole = [NetworkStack.ShortName, ClusterStack.ShortName];

    // They go on as NAME-2.
    private static readonly ImmutableArray<string> Split = [MirrorStack.ShortName, IdentityStack.ShortName, AddonsStack.ShortName, EdgeStack.ShortName, OperationsStack.ShortName];

    /// <summary>What it asks, apart from <see cref="Of"/>: IAM takes 10,240 characters of policies inside a role.</summary>
    public static PolicyDocument Reading(DeploymentModel model) =>
        new(ReadStacks(model), ListStacks(), ReadCluster(model), ReadVersions(), ReadLoadBalancers(), ReadInventory(), Preflight(), ReadState(model));

    public static PolicyDocument Of(DeploymentModel model) => new(
    [
        PolicyStatement.Allow("ChangeStacks") with
        {
            Action = ["cloudformation:ContinueUpdateRollback", "cloudformation:CreateChangeSet", "cloudformation:DeleteStack", "cloudformation:RollbackStack"],
            Resource = Stacks(model),
            Condition = [new PolicyCondition("StringEquals", "cloudformation:RoleArn", Roles.AccessArn(model, "execution"))],
        },
        PolicyStatement.Allow("FinishStacks") with
        {
            Action =
            [
                "cloudformation:CancelUpdateStack", "cloudformation:DeleteChangeSet", "cloudformation:DetectStackDrift", "cloudformation:ExecuteChangeSet",
                "cloudformation:SetStackPolicy", "cloudformation:TagResource", "cloudformation:UpdateTerminationProtection",
            ],
            Resource = Stacks(model),
        },
        PolicyStatement.Allow("PassExecutionRole") with
        {
            Action = ["iam:PassRole"],
            Resource = [Roles.AccessArn(model, "execution")],
            Condition = [new PolicyCondition("StringEquals", "iam:PassedToService", "cloudformation.amazonaws.com")],
        },
        PolicyStatement.Allow("RegistryToken") with { Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] },
        PolicyStatement.Allow("PushImages") with
        {
            Action =
            [
                "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImageScanFindings", "ecr:DescribeImages",
                "ecr:DescribeRepositories", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:ListImages", "ecr:PutImage", "ecr:UploadLayerPart",
            ],
            Resource = [Arn.Regional("ecr", $"repository/{model.Names.Application}/*")],
        },
        PolicyStatement.Allow("State") with
        {
            Action = ["ssm:AddTagsToResource", "ssm:DeleteParameter", "ssm:PutParameter"],
            Resource = [Arn.Regional("ssm", $"parameter{model.Names.Path}deploy*")],
        },
        PolicyStatement.Allow("KnowOneself") with
        {
            Action = ["iam:GetRole", "iam:SimulatePrincipalPolicy"],
            Resource = [Roles.AccessArn(model, "deployer"), Roles.AccessArn(model, "execution")],
        },
        PolicyStatement.Allow("Records") with
        {
            Action = ["s3:GetObject", "s3:PutObject"],
            Resource = [new CfnValue.Sub($"arn:${{AWS::Partition}}:s3:::{BootstrapStack.StateBucket(model)}/{model.Names.Environment}/*")],
        },
        .. SecretStatements(model),
        .. Tunnel(model),
    ]);

    public static PolicyStatement ReadStacks(DeploymentModel model) => PolicyStatement.Allow("ReadStacks") with
    {
        Action =
        [
            "cloudformation:DescribeChangeSet", "cloudformation:DescribeEvents", "cloudformation:DescribeStackEvents", "cloudformation:DescribeStackResourceDrifts",
            "cloudformation:DescribeStackResources", "cloudformation:DescribeStacks", "cloudformation:GetStackPolicy", "cloudformation:GetTemplate",
            "cloudformation:GetTemplateSummary", "cloudformation:ListChangeSets", "cloudformation:ListStackResources",
        ],
        Resource = Stacks(model),
    };

    public static PolicyStatement ListStacks() => PolicyStatement.Allow("ListStacks") with
    {
        Action =
        [
            "cloudformation:DescribeStackDriftDetectionStatus", "cloudformation:ListExports", "cloudformation:ListImports", "cloudformation:ListStacks",
            "cloudformation:ValidateTemplate",
        ],
        Resource = ["*"],
    };

    public static PolicyStatement ReadCluster(DeploymentModel model) => PolicyStatement.Allow("ReadCluster") with
    {
        Action =
        [
            "eks:DescribeAccessEntry", "eks:DescribeAddon", "eks:DescribeCluster", "eks:DescribeInsight", "eks:DescribeUpdate", "eks:ListAccessEntries",
            "eks:ListAddons", "eks:ListInsights", "eks:ListNodegroups", "eks:ListUpdates",
        ],
        Resource =
        [
            Arn.Regional("eks", $"access-entry/{model.ClusterName}/*"), Arn.Regional("eks", $"addon/{model.ClusterName}/*"),
            Arn.Regional("eks", $"cluster/{model.ClusterName}"),
        ],
    };

    public static PolicyStatement ReadVersions() =>
        PolicyStatement.Allow("ReadVersions") with { Action = ["eks:DescribeAddonVersions", "eks:DescribeClusterVersions"], Resource = ["*"] };

    public static PolicyStatement ReadLoadBalancers() => PolicyStatement.Allow("ReadLoadBalancers") with
    {
        Action =
        [
            "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
        ],
        Resource = ["*"],
    };

    public static PolicyStatement ReadInventory() => PolicyStatement.Allow("ReadInventory") with
    {
        Action =
        [
            "autoscaling:DescribeAutoScalingGroups", "ec2:DescribeAddresses", "ec2:DescribeAvailabilityZones", "ec2:DescribeInstanceTypeOfferings",
            "ec2:DescribeInstances", "ec2:DescribeLaunchTemplates", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroupRules",
            "ec2:DescribeSecurityGroups", "ec2:DescribeSnapshots", "ec2:DescribeVolumes", "ec2:DescribeVpcEndpoints", "ec2:DescribeVpcs", "eks:ListClusters",
            "logs:DescribeLogGroups", "tag:GetResources",
        ],
        Resource = ["*"],
        Condition = [new PolicyCondition("StringEquals", "aws:RequestedRegion", new CfnValue.Ref("AWS::Region"))],
    };

    public static PolicyStatement Preflight() => PolicyStatement.Allow("Preflight") with
    {
        Action = ["acm:DescribeCertificate", "acm:ListCertificates", "pricing:GetProducts", "servicequotas:GetAWSDefaultServiceQuota", "servicequotas:GetServiceQuota"],
        Resource = ["*"],
    };

    /// <summary>Who deploys now, and what was deployed last. A path is asked for as the parameter of its name.</summary>
    public static PolicyStatement ReadState(DeploymentModel model) => PolicyStatement.Allow("ReadState") with
    {
        Action = ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
        Resource = [Arn.Regional("ssm", $"parameter{model.Names.Path.TrimEnd('/')}"), Arn.Regional("ssm", $"parameter{model.Names.Path}*")],
    };

    /// <summary>The way to a private endpoint: scale the bastion up and have SSM forward a port through it.</summary>
    public static ImmutableArray<PolicyStatement> Tunnel(DeploymentModel model) => !model.Settings.Operations.Bastion || model.Settings.Cluster.Existing is not null
        ? []
        :
        [
            PolicyStatement.Allow("ForwardPorts") with
            {
                Action = ["ssm:StartSession"],
                Resource = [new CfnValue.Sub("arn:${AWS::Partition}:ssm:${AWS::Region}::document/AWS-StartPortForwardingSessionToRemoteHost")],
            },
            PolicyStatement.Allow("ThroughBastion") with
            {
                Action = ["ssm:StartSession"],
                Resource = [Arn.Regional("ec2", "instance/*")],
                Condition =
                [
                    new PolicyCondition("StringEquals", "ssm:resourceTag/app", model.Names.Application),
                    new PolicyCondition("StringEquals", "ssm:resourceTag/env", model.Names.Environment),
                    new PolicyCondition("BoolIfExists", "ssm:SessionDocumentAccessCheck", "true"),
                ],
            },
            PolicyStatement.Allow("EndOwnSessions") with
            {
                Action = ["ssm:TerminateSession"],
                Resource = [Arn.Regional("ssm", "session/*")],
                Condition = [new PolicyCondition("StringLike", "ssm:resourceTag/aws:ssmmessages:session-id", "${aws:userid}")],
            },
            PolicyStatement.Allow("ScaleBastion") with
            {
                Action = ["autoscaling:SetDesiredCapacity"],
                Resource = [Arn.Regional("autoscaling", $"autoScalingGroup:*:autoScalingGroupName/{model.Names.Prefix}-bastion")],
            },
        ];

    /// <summary>The stacks of the environment, but for the one with these roles, and those with the images of all environments.</summary>
    public static ImmutableArray<CfnValue> Stacks(DeploymentModel model) =>
    [
        .. Whole.Concat(Split).Select(model.Names.Stack).Append(model.Names.RegistryStack).Select(stack => Arn.Regional("cloudformation", $"stack/{stack}/*")),
        .. Split.Select(model.Names.Stack).Append(model.Names.RegistryStack).Select(stack => Arn.Regional("cloudformation", $"stack/{stack}-*/*")),
    ];

    // Whether a secret that a person has to give is there; and the encoded forms, which the deployment makes.
    private static IEnumerable<PolicyStatement> SecretStatements(DeploymentModel model)
    {
        yield return PolicyStatement.Allow("FindSecrets") with
        {
            Action = ["secretsmanager:DescribeSecret"],
            Resource = [Arn.Regional("secretsmanager", $"secret:{model.Names.Application}/{model.Names.Environment}/*")],
        };
        ImmutableArray<SecretModel> encoded = [.. model.Secrets.Where(secret => secret.Origin is SecretOrigin.Encoded)];
        if (!encoded.IsEmpty)
        {
            var sources = encoded.Select(secret => ((SecretOrigin.Encoded)secret.Origin).OfKey).ToImmutableHashSet(StringComparer.Ordinal);
            yield return PolicyStatement.Allow("ReadToEncode") with { Action = ["secretsmanager:GetSecretValue"], Resource = [.. model.Secrets.Where(secret => sources.Contains(secret.Key)).Select(Secret)] };
            yield return PolicyStatement.Allow("WriteEncoded") with
            {
                Action =
                [
                    "secretsmanager:CreateSecret", "secretsmanager:DeleteSecret", "secretsmanager:PutSecretValue", "secretsmanager:RestoreSecret",
                    "secretsmanager:TagResource",
                ],
                Resource = [.. encoded.Select(Secret)],
            };
        }
    }

    private static CfnValue Secret(SecretModel secret) => Arn.Regional("secretsmanager", $"secret:{secret.SecretName}-??????");
}
