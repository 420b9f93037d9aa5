using System.Collections.Immutable;

namespace Platform.Deploy.Aws;

/// <summary>One service of AWS, as its model describes it.</summary>
/// <param name="Id">The model's <c>serviceId</c>; names the service in <c>AWS_ENDPOINT_URL_…</c> and in <c>[services]</c> sections.</param>
/// <param name="HostPrefix">First part of its host name.</param>
/// <param name="SigningName">In the scope of a signature, and in IAM's actions where <see cref="ActionPrefix"/> says nothing else.</param>
/// <param name="Version">Protocol query: the version of the interface. JSON 1.1: the prefix of <c>X-Amz-Target</c>. REST: unused.</param>
internal sealed record AwsApi(string Id, string HostPrefix, string SigningName, string Version)
{
    public static readonly AwsApi Sts = new("STS", "sts", "sts", "2011-06-15");

    public static readonly AwsApi CloudFormation = new("CloudFormation", "cloudformation", "cloudformation", "2010-05-15");

    public static readonly AwsApi Eks = new("EKS", "eks", "eks", "2017-11-01");

    public static readonly AwsApi Ecr = new("ECR", "api.ecr", "ecr", "AmazonEC2ContainerRegistry_V20150921");

    public static readonly AwsApi LoadBalancing = new("Elastic Load Balancing v2", "elasticloadbalancing", "elasticloadbalancing", "2015-12-01");

    public static readonly AwsApi Acm = new("ACM", "acm", "acm", "CertificateManager");

    public static readonly AwsApi Tagging = new("Resource Groups Tagging API", "tagging", "tagging", "ResourceGroupsTaggingAPI_20170126") { ActionPrefix = "tag" };

    public static readonly AwsApi Ec2 = new("EC2", "ec2", "ec2", "2016-11-15");

    public static readonly AwsApi SecretsManager = new("Secrets Manager", "secretsmanager", "secretsmanager", "secretsmanager");

    public static readonly AwsApi Ssm = new("SSM", "ssm", "ssm", "AmazonSSM");

    public static readonly AwsApi ServiceQuotas = new("Service Quotas", "servicequotas", "servicequotas", "ServiceQuotasV20190624");

    public static readonly AwsApi Logs = new("CloudWatch Logs", "logs", "logs", "Logs_20140328");

    public static readonly AwsApi Iam = new("IAM", "iam", "iam", "2010-05-08") { IsGlobal = true };

    public static readonly ImmutableArray<AwsApi> All =
        [Sts, CloudFormation, Eks, Ecr, LoadBalancing, Acm, Tagging, Ec2, SecretsManager, Ssm, ServiceQuotas, Logs, Iam];

    /// <summary>One endpoint for a whole partition, signed for that partition's first region.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>Before the colon of IAM's actions, such as <c>ecr:PutImage</c>.</summary>
    public string ActionPrefix { get; init; } = SigningName;
}
