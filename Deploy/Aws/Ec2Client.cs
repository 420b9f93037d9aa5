using System.Collections.Immutable;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>EC2: what a plan has to know of a region, and what is looked for and removed when a network has to go.</summary>
internal sealed class Ec2Client(AwsConnection connection)
{
    private readonly QueryProtocol _query = new(connection, AwsApi.Ec2);

    /// <summary>Zones of the region that need no opting in, and of no local zone.</summary>
    public async Task<ImmutableArray<AvailabilityZone>> DescribeAvailabilityZonesAsync(CancellationToken cancellationToken)
    {
        var form = Filtered([new Ec2Filter("zone-type", ["availability-zone"]), new Ec2Filter("opt-in-status", ["opt-in-not-required"])]);
        return (await _query.CallAsync("DescribeAvailabilityZones", form, cancellationToken)).Members("availabilityZoneInfo", AvailabilityZone.Read);
    }

    /// <summary>Which zone offers which of these instance types.</summary>
    /// <param name="instanceTypes">Names, or patterns such as <c>m7g.*</c>.</param>
    public IAsyncEnumerable<InstanceTypeOffering> DescribeInstanceTypeOfferingsAsync(ImmutableArray<string> instanceTypes, CancellationToken cancellationToken) =>
        AllAsync(
            "DescribeInstanceTypeOfferings",
            () => Filtered([new Ec2Filter("instance-type", instanceTypes)]).Text("LocationType", "availability-zone"),
            "instanceTypeOfferingSet",
            InstanceTypeOffering.Read,
            cancellationToken);

    public IAsyncEnumerable<Vpc> DescribeVpcsAsync(ImmutableArray<Ec2Filter> filters, CancellationToken cancellationToken) =>
        AllAsync("DescribeVpcs", () => Filtered(filters), "vpcSet", Vpc.Read, cancellationToken);

    /// <summary>Elastic addresses.</summary>
    public async Task<ImmutableArray<ElasticAddress>> DescribeAddressesAsync(ImmutableArray<Ec2Filter> filters, CancellationToken cancellationToken) =>
        (await _query.CallAsync("DescribeAddresses", Filtered(filters), cancellationToken)).Members("addressesSet", ElasticAddress.Read);

    public async IAsyncEnumerable<Instance> DescribeInstancesAsync(
        ImmutableArray<Ec2Filter> filters, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reservations = AllAsync("DescribeInstances", () => Filtered(filters), "reservationSet", reservation => reservation.Members("instancesSet", Instance.Read), cancellationToken);
        await foreach (var reservation in reservations)
        {
            foreach (var instance in reservation)
            {
                yield return instance;
            }
        }
    }

    public IAsyncEnumerable<NetworkInterface> DescribeNetworkInterfacesAsync(ImmutableArray<Ec2Filter> filters, CancellationToken cancellationToken) =>
        AllAsync("DescribeNetworkInterfaces", () => Filtered(filters), "networkInterfaceSet", NetworkInterface.Read, cancellationToken);

    /// <returns>Whether it was there.</returns>
    public Task<bool> DeleteNetworkInterfaceAsync(string networkInterfaceId, CancellationToken cancellationToken) =>
        DeleteAsync("DeleteNetworkInterface", "NetworkInterfaceId", networkInterfaceId, cancellationToken);

    public IAsyncEnumerable<SecurityGroup> DescribeSecurityGroupsAsync(ImmutableArray<Ec2Filter> filters, CancellationToken cancellationToken) =>
        AllAsync("DescribeSecurityGroups", () => Filtered(filters), "securityGroupInfo", SecurityGroup.Read, cancellationToken);

    public IAsyncEnumerable<SecurityGroupRule> DescribeSecurityGroupRulesAsync(string groupId, CancellationToken cancellationToken) =>
        AllAsync("DescribeSecurityGroupRules", () => Filtered([new Ec2Filter("group-id", [groupId])]), "securityGroupRuleSet", SecurityGroupRule.Read, cancellationToken);

    /// <summary>Takes rules out of their group, where they are there: so two groups that name each other can be deleted, and a default group lets nothing pass.</summary>
    public async Task RevokeSecurityGroupRulesAsync(IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancellationToken)
    {
        foreach (var side in rules.GroupBy(rule => (rule.GroupId, rule.IsEgress)))
        {
            var form = QueryForm.Ec2().Text("GroupId", side.Key.GroupId).Texts("SecurityGroupRuleId", side.Select(rule => rule.SecurityGroupRuleId));
            await _query.CallAsync(side.Key.IsEgress ? "RevokeSecurityGroupEgress" : "RevokeSecurityGroupIngress", form, cancellationToken).OrFalseAsync();
        }
    }

    public Task<bool> DeleteSecurityGroupAsync(string groupId, CancellationToken cancellationToken) => DeleteAsync("DeleteSecurityGroup", "GroupId", groupId, cancellationToken);

    public IAsyncEnumerable<Volume> DescribeVolumesAsync(ImmutableArray<Ec2Filter> filters, CancellationToken cancellationToken) =>
        AllAsync("DescribeVolumes", () => Filtered(filters), "volumeSet", Volume.Read, cancellationToken);

    public Task<bool> DeleteVolumeAsync(string volumeId, CancellationToken cancellationToken) => DeleteAsync("DeleteVolume", "VolumeId", volumeId, cancellationToken);

    /// <summary>Those of the account itself.</summary>
    public IAsyncEnumerable<Snapshot> DescribeSnapshotsAsync(ImmutableArray<Ec2Filter> filters, CancellationToken cancellationToken) =>
        AllAsync("DescribeSnapshots", () => Filtered(filters).Texts("Owner", ["self"]), "snapshotSet", Snapshot.Read, cancellationToken);

    public Task<bool> DeleteSnapshotAsync(string snapshotId, CancellationToken cancellationToken) => DeleteAsync("DeleteSnapshot", "SnapshotId", snapshotId, cancellationToken);

    public IAsyncEnumerable<LaunchTemplate> DescribeLaunchTemplatesAsync(ImmutableArray<Ec2Filter> filters, CancellationToken cancellationToken) =>
        AllAsync("DescribeLaunchTemplates", () => Filtered(filters), "launchTemplates", LaunchTemplate.Read, cancellationToken);

    public Task<bool> DeleteLaunchTemplateAsync(string launchTemplateId, CancellationToken cancellationToken) =>
        DeleteAsync("DeleteLaunchTemplate", "LaunchTemplateId", launchTemplateId, cancellationToken);

    public IAsyncEnumerable<VpcEndpoint> DescribeVpcEndpointsAsync(ImmutableArray<Ec2Filter> filters, CancellationToken cancellationToken) =>
        AllAsync("DescribeVpcEndpoints", () => Filtered(filters), "vpcEndpointSet", VpcEndpoint.Read, cancellationToken);

    /// <returns>Why one of them could not be deleted; empty where all could.</returns>
    public async Task<ImmutableArray<UndeletedEndpoint>> DeleteVpcEndpointsAsync(ImmutableArray<string> vpcEndpointIds, CancellationToken cancellationToken) =>
        (await _query.CallAsync("DeleteVpcEndpoints", QueryForm.Ec2().Texts("VpcEndpointId", vpcEndpointIds), cancellationToken)).Members("unsuccessful", UndeletedEndpoint.Read);

    private static QueryForm Filtered(ImmutableArray<Ec2Filter> filters) => QueryForm.Ec2().Structures("Filter", filters, Ec2Filter.Write);

    private Task<bool> DeleteAsync(string operation, string parameter, string id, CancellationToken cancellationToken) =>
        _query.CallAsync(operation, QueryForm.Ec2().Text(parameter, id), cancellationToken).OrFalseAsync();

    private IAsyncEnumerable<T> AllAsync<T>(string operation, Func<QueryForm> form, string list, Func<XElement, T> read, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var result = await _query.CallAsync(operation, form().Text("NextToken", token), cancellationToken);
                return new Page<T>(result.Members(list, read), result.Text("nextToken"));
            },
            cancellationToken);
}

/// <param name="Name">Such as <c>vpc-id</c>, <c>tag:app</c>.</param>
/// <param name="Values">One of them has to fit; <c>*</c> and <c>?</c> are wild.</param>
internal sealed record Ec2Filter(string Name, ImmutableArray<string> Values)
{
    public static Ec2Filter Tagged(string key, string value) => new($"tag:{key}", [value]);

    public static Ec2Filter InVpc(string vpcId) => new("vpc-id", [vpcId]);

    public static void Write(QueryForm form, Ec2Filter filter) => form.Text(nameof(Name), filter.Name).Texts("Value", filter.Values);
}
