namespace Platform.Deploy.Aws.Tests;

internal static partial class ContractCases
{
    private static IEnumerable<ContractCase> Ec2()
    {
        var api = AwsApi.Ec2;
        var ingress = new SecurityGroupRule("sgr-1", "sg-1", IsEgress: false, "tcp", 443, 443, "10.0.0.0/8");
        return [
            Of(api, "DescribeAvailabilityZones", async (c, t) => await Client(c).DescribeAvailabilityZonesAsync(t)),
            Of(api, "DescribeInstanceTypeOfferings", async (c, t) => await Client(c).DescribeInstanceTypeOfferingsAsync(["m7g.*", "c7g.large"], t).ToListAsync(t)),
            Of(api, "DescribeVpcs", async (c, t) => await Client(c).DescribeVpcsAsync(Filters, t).ToListAsync(t)),
            Of(api, "DescribeAddresses", async (c, t) => await Client(c).DescribeAddressesAsync(Filters, t)),
            Of(api, "DescribeInstances", async (c, t) => await Client(c).DescribeInstancesAsync(Filters, t).ToListAsync(t)),
            Of(api, "DescribeNetworkInterfaces", async (c, t) => await Client(c).DescribeNetworkInterfacesAsync(Filters, t).ToListAsync(t)),
            Silent(api, "DeleteNetworkInterface", (c, t) => Client(c).DeleteNetworkInterfaceAsync("eni-1", t)),
            Of(api, "DescribeSecurityGroups", async (c, t) => await Client(c).DescribeSecurityGroupsAsync(Filters, t).ToListAsync(t)),
            Of(api, "DescribeSecurityGroupRules", async (c, t) => await Client(c).DescribeSecurityGroupRulesAsync("sg-1", t).ToListAsync(t)),
            Silent(api, "RevokeSecurityGroupIngress", (c, t) => Client(c).RevokeSecurityGroupRulesAsync([ingress], t)),
            Silent(api, "RevokeSecurityGroupEgress", (c, t) => Client(c).RevokeSecurityGroupRulesAsync([ingress with { IsEgress = true }], t)),
            Silent(api, "DeleteSecurityGroup", (c, t) => Client(c).DeleteSecurityGroupAsync("sg-1", t)),
            Of(api, "DescribeVolumes", async (c, t) => await Client(c).DescribeVolumesAsync(Filters, t).ToListAsync(t)),
            Silent(api, "DeleteVolume", (c, t) => Client(c).DeleteVolumeAsync("vol-1", t)),
            Of(api, "DescribeSnapshots", async (c, t) => await Client(c).DescribeSnapshotsAsync(Filters, t).ToListAsync(t)),
            Silent(api, "DeleteSnapshot", (c, t) => Client(c).DeleteSnapshotAsync("snap-1", t)),
            Of(api, "DescribeLaunchTemplates", async (c, t) => await Client(c).DescribeLaunchTemplatesAsync(Filters, t).ToListAsync(t)),
            Silent(api, "DeleteLaunchTemplate", (c, t) => Client(c).DeleteLaunchTemplateAsync("lt-1", t)),
            Of(api, "DescribeVpcEndpoints", async (c, t) => await Client(c).DescribeVpcEndpointsAsync(Filters, t).ToListAsync(t)),
            Of(api, "DeleteVpcEndpoints", async (c, t) => await Client(c).DeleteVpcEndpointsAsync(["vpce-1"], t)),
        ];

        static Ec2Client Client(AwsConnection connection) => new(connection);
    }
}
