using System.Globalization;
using System.Xml.Linq;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>EC2: what is read of a region and its networks, and what is deleted where a stack cannot.</summary>
internal sealed class Ec2Api(SimulatedAccount account) : ISimulatedService
{
    private const int MostOfPage = 100;

    public string SigningName => "ec2";

    public WireProtocol Protocol { get; } = new WireProtocol.Ec2("http://ec2.amazonaws.com/doc/2016-11-15/");

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "DescribeAvailabilityZones" => Answer.Of(Elements.Items("availabilityZoneInfo", Zone.Of(account.Region), zone =>
        [
            Elements.Text("zoneName", zone.Name),
            Elements.Text("zoneId", zone.Id),
            Elements.Text("zoneState", "available"),
            Elements.Text("zoneType", "availability-zone"),
            Elements.Text("optInStatus", "opt-in-not-required"),
            Elements.Text("regionName", account.Region),
        ])),
        "DescribeInstanceTypeOfferings" => Offerings(call.Input),
        "DescribeVpcs" => List(call.Input, "AWS::EC2::VPC", "vpcSet", Ec2Elements.Vpc),
        "DescribeAddresses" => List(call.Input, "AWS::EC2::EIP", "addressesSet", Ec2Elements.Address),
        "DescribeInstances" => Instances(call.Input),
        "DescribeNetworkInterfaces" => List(call.Input, "AWS::EC2::NetworkInterface", "networkInterfaceSet", resource => Ec2Elements.NetworkInterface(account, resource)),
        "DescribeSecurityGroups" => List(call.Input, "AWS::EC2::SecurityGroup", "securityGroupInfo", Ec2Elements.SecurityGroup),
        "DescribeSecurityGroupRules" => Rules(call.Input),
        "RevokeSecurityGroupIngress" or "RevokeSecurityGroupEgress" => Revoke(call.Input),
        "DescribeVolumes" => List(call.Input, "AWS::EC2::Volume", "volumeSet", Ec2Elements.Volume),
        "DescribeSnapshots" => List(call.Input, "AWS::EC2::Snapshot", "snapshotSet", Ec2Elements.Snapshot),
        "DescribeLaunchTemplates" => List(call.Input, "AWS::EC2::LaunchTemplate", "launchTemplates", Ec2Elements.LaunchTemplate),
        "DescribeVpcEndpoints" => List(call.Input, "AWS::EC2::VPCEndpoint", "vpcEndpointSet", Ec2Elements.VpcEndpoint),
        _ => Ec2Deletions.Handle(account, call) ?? throw call.UnknownOperation(),
    };

    private Answer List(CallInput input, string type, string list, Func<CloudResource, IEnumerable<XElement?>> fields)
    {
        var (items, next) = Paging.Page(Ec2Filters.Filter(account, input, account.Resources.All(type)), input.Text("NextToken"), MostOfPage);
        return Answer.Of(Elements.Items(list, items, fields), Elements.Text("nextToken", next));
    }

    // Each instance is its own reservation.
    private Answer Instances(CallInput input)
    {
        var (items, next) = Paging.Page(Ec2Filters.Filter(account, input, account.Resources.All("AWS::EC2::Instance")), input.Text("NextToken"), MostOfPage);
        return Answer.Of(
            Elements.Items("reservationSet", items, instance =>
            [
                Elements.Text("reservationId", $"r-{instance.Id[2..]}"),
                Elements.Text("ownerId", account.Id),
                Elements.Items("instancesSet", [instance], Ec2Elements.Instance),
            ]),
            Elements.Text("nextToken", next));
    }

    // Families have these sizes here; a type that is named is there.
    private Answer Offerings(CallInput input)
    {
        var patterns = Ec2Filters.Read(input).Where(filter => filter.Name == "instance-type").SelectMany(filter => filter.Values).ToList();
        var types = patterns.SelectMany(pattern => pattern.EndsWith('*')
            ? ((string[])["large", "xlarge", "2xlarge", "4xlarge"]).Select(size => pattern.Split('.')[0].TrimEnd('*') + "." + size)
            : [pattern]).Distinct(StringComparer.Ordinal);
        var all = types.SelectMany(type => Zone.Of(account.Region).Select(zone => (Type: type, zone.Name)));
        var (items, next) = Paging.Page(all, input.Text("NextToken"), MostOfPage);
        return Answer.Of(
            Elements.Items("instanceTypeOfferingSet", items, offering =>
            [
                Elements.Text("instanceType", offering.Type), Elements.Text("locationType", "availability-zone"), Elements.Text("location", offering.Name),
            ]),
            Elements.Text("nextToken", next));
    }

    private Answer Rules(CallInput input)
    {
        var filters = Ec2Filters.Read(input);
        var found = SecurityGroupRules.All(account).Where(rule => filters.All(filter => filter.Name switch
        {
            "group-id" => Ec2Filters.Fits(filter, rule.GroupId),
            "security-group-rule-id" => Ec2Filters.Fits(filter, rule.Id),
            _ => throw new ServiceError("InvalidParameterValue", $"The filter '{filter.Name}' is invalid", 400),
        }));
        var (items, next) = Paging.Page(found, input.Text("NextToken"), MostOfPage);
        return Answer.Of(
            Elements.Items("securityGroupRuleSet", items, rule =>
            [
                Elements.Text("securityGroupRuleId", rule.Id),
                Elements.Text("groupId", rule.GroupId),
                Elements.Text("groupOwnerId", account.Id),
                Elements.Flag("isEgress", rule.IsEgress),
                Elements.Text("ipProtocol", rule.Text("IpProtocol") ?? "-1"),
                Elements.Number("fromPort", Port(rule, "FromPort")),
                Elements.Number("toPort", Port(rule, "ToPort")),
                Elements.Text("cidrIpv4", rule.Text("CidrIp")),
                Elements.Text("cidrIpv6", rule.Text("CidrIpv6")),
                Elements.Text("prefixListId", rule.Text("SourcePrefixListId") ?? rule.Text("DestinationPrefixListId")),
                rule.OtherGroup is { } other ? Elements.Structure("referencedGroupInfo", Elements.Text("groupId", other)) : null,
                Elements.Text("description", rule.Text("Description")),
            ]),
            Elements.Text("nextToken", next));
    }

    private static int Port(SecurityGroupRule rule, string name) => int.TryParse(rule.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var port) ? port : -1;

    private Answer Revoke(CallInput input)
    {
        foreach (var rule in input.Texts("SecurityGroupRuleId"))
        {
            if (!SecurityGroupRules.Remove(account, rule))
            {
                throw new ServiceError("InvalidSecurityGroupRuleId.NotFound", $"The security group rule ID '{rule}' does not exist", 400);
            }
        }

        return Answer.Of(Elements.Flag("return", true));
    }
}
