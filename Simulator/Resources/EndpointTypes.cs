using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Resources;

/// <summary>Private ways to AWS's services, and the log of a network's traffic.</summary>
internal static class EndpointTypes
{
    public const string Endpoint = "AWS::EC2::VPCEndpoint";

    private static readonly TimeSpan OfInterfaces = TimeSpan.FromSeconds(75);

    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = Endpoint,
            Id = work => work.Ec2Id("vpce"),
            Arn = work => work.Account.Arn("ec2", $"vpc-endpoint/{work.Id}"),
            AttributeNames = ["Id", "CreationTimestamp", "DnsEntries", "NetworkInterfaceIds"],
            Attributes = work => new JsonObject
            {
                ["Id"] = work.Id,
                ["CreationTimestamp"] = work.Account.Now.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                ["DnsEntries"] = new JsonArray(),
                ["NetworkInterfaceIds"] = new JsonArray([.. work.Texts("SubnetIds").Select(_ => JsonText.Text(work.Ec2Id("eni")))]),
            },
            Required = ["VpcId", "ServiceName"],
            CreateOnly = ["VpcId", "ServiceName", "VpcEndpointType"],
            Times = TypeTimes.Seconds(6, 20, 6),
            CreationTime = work => work.Text("VpcEndpointType") == "Interface" ? OfInterfaces : TimeSpan.FromSeconds(6),
            States = TypeStates.Available,
            OnBegun = AddInterfaces,
            OnGone = work =>
            {
                foreach (var id in work.Resource?.Texts("NetworkInterfaceIds") ?? [])
                {
                    work.Store.Remove(NetworkUse.Interface, id);
                }
            },
        },
        new()
        {
            Name = "AWS::EC2::FlowLog",
            Id = work => work.Ec2Id("fl"),
            Arn = work => work.Account.Arn("ec2", $"vpc-flow-log/{work.Id}"),
            AttributeNames = ["Id"],
            Attributes = work => new JsonObject { ["Id"] = work.Id },
            Required = ["ResourceId", "ResourceType"],
            CreateOnly =
            [
                "DeliverCrossAccountRole", "DeliverLogsPermissionArn", "DestinationOptions", "LogDestination", "LogDestinationType", "LogFormat", "LogGroupName",
                "MaxAggregationInterval", "ResourceId", "ResourceType", "TrafficType",
            ],
            Times = TypeTimes.Seconds(5, 5, 3),
        },
    ];

    private static void AddInterfaces(ResourceWork work)
    {
        foreach (var (subnet, id) in work.Texts("SubnetIds").Zip(work.Resource?.Texts("NetworkInterfaceIds") ?? []))
        {
            work.Plant(Interfaces.In(work, id, subnet, $"VPC Endpoint Interface {work.Id}", "vpc_endpoint", work.Texts("SecurityGroupIds"), publicIp: null));
        }
    }
}
