using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Resources;

/// <summary>Machines outside of the cluster: the bastion.</summary>
internal static class ComputeTypes
{
    public const string LaunchTemplate = "AWS::EC2::LaunchTemplate";

    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = LaunchTemplate,
            Id = work => work.Ec2Id("lt"),
            Arn = work => work.Account.Arn("ec2", $"launch-template/{work.Id}"),
            AttributeNames = ["DefaultVersionNumber", "LatestVersionNumber", "LaunchTemplateId"],
            Attributes = work => new JsonObject
            {
                ["DefaultVersionNumber"] = "1",
                ["LatestVersionNumber"] = "1",
                ["LaunchTemplateId"] = work.Id,
                ["LaunchTemplateName"] = work.NameOr("LaunchTemplateName", 128),
            },
            Required = ["LaunchTemplateData"],
            CreateOnly = ["LaunchTemplateName"],
            Times = TypeTimes.Seconds(5, 5, 3),
            OnChanged = work => work.Know(new JsonObject
            {
                ["LatestVersionNumber"] = ((work.Resource?.Attributes["LatestVersionNumber"].AsNumber() ?? 1) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
            }),
        },
        new()
        {
            Name = "AWS::AutoScaling::AutoScalingGroup",
            Id = work => work.NameOr("AutoScalingGroupName", 255),
            Arn = work => work.Account.Arn("autoscaling", $"autoScalingGroup:{work.Account.Ids.Guid(work.Purpose)}:autoScalingGroupName/{work.Id}"),
            AttributeNames = ["AutoScalingGroupARN"],
            Attributes = work => new JsonObject { ["AutoScalingGroupARN"] = work.Resource?.Arn },
            Required = ["MinSize", "MaxSize"],
            CreateOnly = ["AutoScalingGroupName", "InstanceId"],
            Times = TypeTimes.Seconds(14, 10, 20),
        },
    ];
}
