namespace Platform.Deploy.Aws.Tests;

internal static partial class ContractCases
{
    private static IEnumerable<ContractCase> Ec2()
    {
        var api = AwsApi.Ec2;
        var ingress = new SecurityGroupRule("sgr-1", "sg-1", IsEgress: false, "tcp", 443, 443, "10.0.0.0/8");
        return [
            Of(api, "DescribeAvailabilityZones", async (c, t) => await Client(c).DescribeAvailabilityZonesAsync(t)),
            List(api, "DescribeInstanceTypeOfferings", (c, t) => Client(c).DescribeInstanceTypeOfferingsAsync(["m7g.*", "c7g.large"], t)),
            List(api, "DescribeVpcs", (c, t) => Client(c).DescribeVpcsAsync(Filters, t)),
            Of(api, "DescribeAddresses", async (c, t) => await Client(c).DescribeAddressesAsync(Filters, t)),
            List(api, "DescribeInstances", (c, t) => Client(c).DescribeInstancesAsync(Filters, t)),
            List(api, "DescribeNetworkInterfaces", (c, t) => Client(c).DescribeNetworkInterfacesAsync(Filters, t)),
            Silent(api, "DeleteNetworkInterface", (c, t) => Client(c).DeleteNetworkInterfaceAsync("eni-1", t)),
            List(api, "DescribeSecurityGroups", (c, t) => Client(c).DescribeSecurityGroupsAsync(Filters, t)),
            List(api, "DescribeSecurityGroupRules", (c, t) => Client(c).DescribeSecurityGroupRulesAsync("sg-1", t)),
            Silent(api, "RevokeSecurityGroupIngress", (c, t) => Client(c).RevokeSecurityGroupRulesAsync([ingress], t)),
            Silent(api, "RevokeSecurityGroupEgress", (c, t) => Client(c).RevokeSecurityGroupRulesAsync([ingress with { IsEgress = true }], t)),
            Silent(api, "DeleteSecurityGroup", (c, t) => Client(c).DeleteSecurityGroupAsync("sg-1", t)),
            List(api, "DescribeVolumes", (c, t) => Client(c).DescribeVolumesAsync(Filters, t)),
            Silent(api, "DeleteVolume", (c, t) => Client(c).DeleteVolumeAsync("vol-1", t)),
            List(api, "DescribeSnapshots", (c, t) => Client(c).DescribeSnapshotsAsync(Filters, t)),
            Silent(api, "DeleteSnapshot", (c, t) => Client(c).DeleteSnapshotAsync("snap-1", t)),
            List(api, "DescribeLaunchTemplates", (c, t) => Client(c).DescribeLaunchTemplatesAsync(Filters, t)),
            Silent(api, "DeleteLaunchTemplate", (c, t) => Client(c).DeleteLaunchTemplateAsync("lt-1", t)),
            List(api, "DescribeVpcEndpoints", (c, t) => Client(c).DescribeVpcEndpointsAsync(Filters, t)),
            Of(api, "DeleteVpcEndpoints", async (c, t) => await Client(c).DeleteVpcEndpointsAsync(["vpce-1"], t)),
        ];

        static Ec2Client Client(AwsConnection connection) => new(connection);
    }
}
