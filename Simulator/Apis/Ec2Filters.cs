using System.Collections.Immutable;
using System.IO.Enumeration;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>The filters of EC2: all have to fit, of each one value; <c>*</c> and <c>?</c> are wild.</summary>
internal static class Ec2Filters
{
    /// <exception cref="ServiceError">A filter that things of this type do not have.</exception>
    public static IEnumerable<CloudResource> Filter(SimulatedAccount account, CallInput input, IEnumerable<CloudResource> all)
    {
        var filters = Read(input);
        return all.Where(resource => filters.All(filter => ValuesOf(account, resource, filter.Name).Any(value => Fits(filter, value)))).ToList();
    }

    public static ImmutableArray<(string Name, ImmutableArray<string> Values)> Read(CallInput input) =>
        [.. input.Structures("Filter").Select(filter => (filter.Text("Name") ?? "", filter.Texts("Value")))];

    public static bool Fits((string Name, ImmutableArray<string> Values) filter, string value) =>
        filter.Values.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false));

    private static IEnumerable<string> ValuesOf(SimulatedAccount account, CloudResource resource, string name) => name switch
    {
        _ when name.StartsWith("tag:", StringComparison.Ordinal) => resource.Tags.TryGetValue(name[4..], out var value) ? [value] : [],
        "tag-key" => resource.Tags.Keys,
        "vpc-id" => One(Network.VpcOf(account, resource)),
        "subnet-id" => resource.Texts("SubnetId").AddRange(resource.Texts("SubnetIds")),
        "group-id" => resource.Type == "AWS::EC2::SecurityGroup" ? [resource.Id] : Network.GroupsOf(resource),
        "group-name" => One(resource.Text("GroupName")),
        "description" => One(resource.Text("Description") ?? resource.Text("GroupDescription")),
        "status" or "state" or "vpc-endpoint-state" or "instance-state-name" => One(resource.State),
        "interface-type" => One(resource.Text("InterfaceType") ?? "interface"),
        "requester-managed" => One(resource.Text("RequesterManaged") ?? "false"),
        "attachment.instance-id" => One(resource.Text("InstanceId")),
        "instance-type" => One(resource.Text("InstanceType")),
        "instance-lifecycle" => One(resource.Text("InstanceLifecycle")),
        "allocation-id" => One(resource.Text("AllocationId")),
        "public-ip" => One(resource.Type == "AWS::EC2::EIP" ? resource.Id : null),
        "association-id" => One(resource.Text("AssociationId")),
        "service-name" => One(resource.Text("ServiceName")),
        "vpc-endpoint-type" => One(resource.Text("VpcEndpointType") ?? "Gateway"),
        "launch-template-name" => One(resource.Text("LaunchTemplateName")),
        "volume-id" => One(resource.Type == "AWS::EC2::Volume" ? resource.Id : resource.Text("VolumeId")),
        "cidr" or "cidr-block" or "cidr-block-association.cidr-block" => One(resource.Text("CidrBlock")),
        "is-default" or "isDefault" => One(resource.Text("IsDefault") ?? "false"),
        "network-interface-id" or "vpc-endpoint-id" or "instance-id" or "snapshot-id" or "launch-template-id" => [resource.Id],
        _ => throw new ServiceError("InvalidParameterValue", $"The filter '{name}' is invalid", 400),
    };

    private static IEnumerable<string> One(string? value) => value is null ? [] : [value];
}

/// <summary>What things of a network have to do with each other.</summary>
internal static class Network
{
    /// <summary>The VPC that a thing is in; null where it is in none.</summary>
    public static string? VpcOf(SimulatedAccount account, CloudResource resource) =>
        resource.Type == "AWS::EC2::VPC" ? resource.Id
        : resource.Text("VpcId")
        ?? (resource.Text("SubnetId") is { } subnet ? account.Resources.Find("AWS::EC2::Subnet", subnet)?.Text("VpcId") : null);

    /// <summary>The security groups that a thing has, in whatever property it has them.</summary>
    public static ImmutableArray<string> GroupsOf(CloudResource resource) =>
        [.. resource.Texts("GroupSet"), .. resource.Texts("SecurityGroupIds"), .. resource.Texts("SecurityGroups")];
}
