using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>Who talked to whom in the VPC.</summary>
internal static class NetworkFlowLogs
{
    private const int DaysInBucket = 90;

    public static IEnumerable<Resource> Of(DeploymentModel model) => model.Settings.Network.FlowLogs switch
    {
        FlowLogs.None => [],
        FlowLogs.Reject => ToLogGroup(model),
        _ => ToBucket(),
    };

    private static IEnumerable<Resource> ToLogGroup(DeploymentModel model) =>
    [
        new Resource("FlowLogGroup", new LogGroup
        {
            LogGroupName = $"/aws/vpc/{model.Names.Prefix}/flow-logs",
            RetentionInDays = model.Settings.Operations.LogRetentionDays,
            LogGroupClass = "STANDARD",
        })
        { Removal = Removal.Delete },
        new Resource("FlowLogRole", Roles.Of(
            model, model.Names.Role("flow-logs"), "Writes the flow logs of the VPC", Roles.TrustOfService("vpc-flow-logs.amazonaws.com", PolicyCondition.SameAccount)) with
        {
            Policies =
            [
                new InlinePolicy("write", new PolicyDocument(PolicyStatement.Allow("Write") with
                {
                    Action = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                    Resource = [new CfnValue.GetAtt("FlowLogGroup", "Arn")],
                })),
            ],
        }),
        new Resource("FlowLog", new FlowLog
        {
            ResourceType = "VPC",
            ResourceId = new CfnValue.Ref("Vpc"),
            TrafficType = "REJECT",
            LogDestinationType = "cloud-watch-logs",
            LogDestination = new CfnValue.GetAtt("FlowLogGroup", "Arn"),
            MaxAggregationInterval = 600,
            DeliverLogsPermissionArn = new CfnValue.GetAtt("FlowLogRole", "Arn"),
        }),
    ];

    private static IEnumerable<Resource> ToBucket() =>
    [
        .. Buckets.Private(
            "FlowLogBucket",
            name: null,
            DaysInBucket,
            PolicyStatement.Allow("Delivery") with
            {
                Principal = PolicyPrincipal.Service("delivery.logs.amazonaws.com"),
                Action = ["s3:PutObject"],
                Resource = [new CfnValue.Sub("${FlowLogBucket.Arn}/AWSLogs/${AWS::AccountId}/*")],
                Condition = [PolicyCondition.SameAccount, new PolicyCondition("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")],
            },
            PolicyStatement.Allow("DeliveryCheck") with
            {
                Principal = PolicyPrincipal.Service("delivery.logs.amazonaws.com"),
                Action = ["s3:GetBucketAcl", "s3:ListBucket"],
                Resource = [new CfnValue.GetAtt("FlowLogBucket", "Arn")],
                Condition = [PolicyCondition.SameAccount],
            }),
        // Without the policy in place EC2 writes one of its own, over ours.
        new Resource("FlowLog", new FlowLog
        {
            ResourceType = "VPC",
            ResourceId = new CfnValue.Ref("Vpc"),
            TrafficType = "ALL",
            LogDestinationType = "s3",
            LogDestination = new CfnValue.GetAtt("FlowLogBucket", "Arn"),
            MaxAggregationInterval = 600,
            DestinationOptions = new FlowLogDestinationOptions("parquet", HiveCompatiblePartitions: false, PerHourPartition: false),
        })
        { DependsOn = ["FlowLogBucketPolicy"] },
    ];
}
