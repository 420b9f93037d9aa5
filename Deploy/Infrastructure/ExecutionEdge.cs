using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>Buckets, certificate, firewall, DNS, alarms and budget.</summary>
internal static class ExecutionEdge
{
    public static PolicyDocument Of(DeploymentModel model) => new(
    [
        PolicyStatement.Allow("Buckets") with
        {
            Action =
            [
                "s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:GetAccelerateConfiguration", "s3:GetAnalyticsConfiguration", "s3:GetBucketAcl",
                "s3:GetBucketCORS", "s3:GetBucketLogging", "s3:GetBucketMetadataTableConfiguration", "s3:GetBucketNotification", "s3:GetBucketObjectLockConfiguration",
                "s3:GetBucketOwnershipControls", "s3:GetBucketPolicy", "s3:GetBucketPublicAccessBlock", "s3:GetBucketTagging", "s3:GetBucketVersioning",
                "s3:GetBucketWebsite", "s3:GetEncryptionConfiguration", "s3:GetIntelligentTieringConfiguration", "s3:GetInventoryConfiguration",
                "s3:GetLifecycleConfiguration", "s3:GetMetricsConfiguration", "s3:GetReplicationConfiguration", "s3:ListBucket", "s3:PutBucketOwnershipControls",
                "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging", "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration",
                "s3:PutLifecycleConfiguration",
            ],
            Resource = [new CfnValue.Sub($"arn:${{AWS::Partition}}:s3:::{model.Names.Prefix}-*")],
        },
        PolicyStatement.Allow("Certificates") with
        {
            Action =
            [
                "acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:DescribeCertificate", "acm:ListTagsForCertificate", "acm:RemoveTagsFromCertificate",
                "acm:UpdateCertificateOptions",
            ],
            Resource = [Arn.Regional("acm", "certificate/*")],
        },
        PolicyStatement.Allow("RequestCertificates") with
        {
            Action = ["acm:RequestCertificate"],
            Resource = ["*"],
            Condition = [new PolicyCondition("StringEquals", "acm:ValidationMethod", "DNS")],
        },
        PolicyStatement.Allow("Firewall") with
        {
            Action = ["wafv2:CreateWebACL", "wafv2:DeleteWebACL", "wafv2:GetWebACL", "wafv2:ListTagsForResource", "wafv2:TagResource", "wafv2:UntagResource", "wafv2:UpdateWebACL"],
            Resource =
            [
                Arn.Regional("wafv2", "regional/managedruleset/*"),
                Arn.Regional("wafv2", $"regional/webacl/{model.Names.Prefix}/*"),
            ],
        },
        .. model.Settings.Edge.HostedZoneId is { } zone ? Names(zone) : [],
        PolicyStatement.Allow("Alarms") with
        {
            Action = ["cloudwatch:DeleteAlarms", "cloudwatch:ListTagsForResource", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
            Resource = [Arn.Regional("cloudwatch", $"alarm:{model.Names.Prefix}-*")],
        },
        PolicyStatement.Allow("FindAlarms") with { Action = ["cloudwatch:DescribeAlarms"], Resource = ["*"] },
        PolicyStatement.Allow("AlarmTopic") with
        {
            Action =
            [
                "sns:CreateTopic", "sns:DeleteTopic", "sns:GetDataProtectionPolicy", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic", "sns:ListTagsForResource",
                "sns:SetTopicAttributes", "sns:Subscribe", "sns:TagResource", "sns:Unsubscribe", "sns:UntagResource",
            ],
            Resource = [Arn.Regional("sns", $"{model.Names.Prefix}-*")],
        },
        PolicyStatement.Allow("Budget") with
        {
            Action = ["budgets:ListTagsForResource", "budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource", "budgets:ViewBudget"],
            Resource = [Arn.Global("budgets", $"budget/{model.Names.Prefix}-*")],
        },
    ]);

    // ACM's answers to Route 53 and the aliases of load balancers.
    private static IEnumerable<PolicyStatement> Names(string zone) =>
    [
        PolicyStatement.Allow("Records") with
        {
            Action = ["route53:ChangeResourceRecordSets", "route53:GetHostedZone", "route53:ListResourceRecordSets"],
            Resource = [new CfnValue.Sub($"arn:${{AWS::Partition}}:route53:::hostedzone/{zone}")],
        },
        PolicyStatement.Allow("RecordChanges") with { Action = ["route53:GetChange"], Resource = [new CfnValue.Sub("arn:${AWS::Partition}:route53:::change/*")] },
    ];
}
