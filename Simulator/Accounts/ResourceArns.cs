using System.Collections.Frozen;

namespace Platform.Simulator.Accounts;

/// <summary>The ARNs that the tagging service knows resources by. EC2's own interface names them by their ids alone.</summary>
internal static class ResourceArns
{
    private static readonly FrozenDictionary<string, string> Ec2Types = new Dictionary<string, string>
    {
        ["AWS::EC2::VPC"] = "vpc",
        ["AWS::EC2::Subnet"] = "subnet",
        ["AWS::EC2::InternetGateway"] = "internet-gateway",
        ["AWS::EC2::NatGateway"] = "natgateway",
        ["AWS::EC2::RouteTable"] = "route-table",
        ["AWS::EC2::EIP"] = "elastic-ip",
        ["AWS::EC2::SecurityGroup"] = "security-group",
        ["AWS::EC2::NetworkInterface"] = "network-interface",
        ["AWS::EC2::VPCEndpoint"] = "vpc-endpoint",
        ["AWS::EC2::FlowLog"] = "vpc-flow-log",
        ["AWS::EC2::LaunchTemplate"] = "launch-template",
        ["AWS::EC2::Instance"] = "instance",
        ["AWS::EC2::Volume"] = "volume",
        ["AWS::EC2::Snapshot"] = "snapshot",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null: things of its type have none.</summary>
    public static string? Of(SimulatedAccount account, CloudResource resource) => Ec2Types.TryGetValue(resource.Type, out var type)
        ? account.Arn("ec2", $"{type}/{(resource.Type == "AWS::EC2::EIP" ? resource.Text("AllocationId") ?? resource.Id : resource.Id)}")
        : resource.Arn;
}
