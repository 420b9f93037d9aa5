using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>Settings that are each right and do not go together.</summary>
/// <param name="settings">With defaults in the place of what could not be read.</param>
/// <param name="merged">Where it was written.</param>
/// <param name="unclear">Keys that a problem was already found with: what they take part in is not judged. An empty key is the whole file.</param>
internal sealed class SettingConflicts(EnvironmentSettings settings, MergedSettings merged, IReadOnlySet<string> unclear)
{
    public IEnumerable<Problem> All() => unclear.Contains("") ? [] : [.. Zones(), .. Egresses(), .. Endpoint(), .. Existing(), .. Tls(), .. GitHub(), .. Resources()];

    private IEnumerable<Problem> Zones()
    {
        const string key = "availabilityZones";
        var zones = settings.AvailabilityZones;
        if (!AreClear(key, "region"))
        {
            yield break;
        }

        if (zones.IsEmpty && !Regions.Names.Contains(settings.Region) && !IsWritten(key))
        {
            yield return ConflictProblems.UnknownRegion(Place("region"), settings.Region, Regions.Names);
            yield break;
        }

        if (zones.Length is < 2 or > 3)
        {
            yield return ConflictProblems.NumberOfZones(Place(key), zones.Length);
        }

        foreach (var zone in zones.Where(zone => zone[..^1] != settings.Region))
        {
            yield return ConflictProblems.ZoneOfAnotherRegion(Place(key), zone, settings.Region);
        }
    }

    private IEnumerable<Problem> Egresses()
    {
        if (!AreClear("network.egress", "profile"))
        {
            yield break;
        }

        var (network, egress) = (settings.Network, SettingWords.Of(settings.Network.Egress));
        if (network.Egress == Egress.PublicNodes && settings.Profile != Profile.Dev)
        {
            yield return ConflictProblems.PublicNodes(Place("network.egress"), SettingWords.Of(settings.Profile));
        }

        if (network.Egress == Egress.Private && !settings.Images.Mirror && AreClear("images.mirror"))
        {
            yield return ConflictProblems.PrivateWithoutMirror(Place("images.mirror"));
        }

        if (network.Egress == Egress.Private && settings.Registry.Existing is { } registry && !registry.Split('/')[0].EndsWith(".amazonaws.com", StringComparison.Ordinal))
        {
            yield return ConflictProblems.PrivateWithRegistryOutside(Place("registry.existing"), registry);
        }

        if (!AreClear("network.natGateways", "availabilityZones", "region"))
        {
            yield break;
        }

        if (network.Egress != Egress.Nat && network.NatGateways > 0)
        {
            yield return ConflictProblems.NatGatewaysWithoutNat(Place("network.natGateways"), network.NatGateways, egress);
        }
        else if (network.Egress == Egress.Nat && network.NatGateways == 0 && settings.Network.Existing is null && settings.AvailabilityZones.Length > 0)
        {
            yield return ConflictProblems.NoNatGateway(Place("network.natGateways"));
        }
        else if (network.NatGateways > settings.AvailabilityZones.Length && settings.AvailabilityZones.Length > 0)
        {
            yield return ConflictProblems.TooManyNatGateways(Place("network.natGateways"), network.NatGateways, settings.AvailabilityZones.Length);
        }
    }

    private IEnumerable<Problem> Endpoint()
    {
        const string key = "cluster.publicAccessCidrs";
        var cluster = settings.Cluster;
        if (!AreClear(key, "cluster.endpoint", "profile"))
        {
            yield break;
        }

        if (cluster.PublicAccessCidrs.Any(cidr => cidr.EndsWith("/0", StringComparison.Ordinal)))
        {
            yield return ConflictProblems.EndpointForEveryone(Place(key));
        }

        if (cluster.Endpoint == EndpointAccess.Private && !cluster.PublicAccessCidrs.IsEmpty)
        {
            yield return ConflictProblems.PrivateEndpointWithCidrs(Place(key));
        }

        if (cluster.Endpoint == EndpointAccess.Public && cluster.PublicAccessCidrs.IsEmpty && settings.Profile != Profile.Dev && cluster.Existing is null)
        {
            yield return ConflictProblems.PublicEndpointWithoutCidrs(Place("cluster.endpoint"));
        }
    }

    private IEnumerable<Problem> Existing()
    {
        if (settings.Cluster.Existing is { Name: "" } && AreClear("cluster.existing.name"))
        {
            yield return ConflictProblems.Incomplete(Place("cluster.existing.autoMode"), "cluster.existing", ["name"]);
        }

        if (settings is { Cluster.Existing: not null, Network.Existing: null } && AreClear("network.existing"))
        {
            yield return ConflictProblems.ClusterWithoutNetwork(Place("cluster.existing"));
        }

        if (settings.Network.Existing is not { } network || !AreClear("network.existing", "availabilityZones", "region"))
        {
            yield break;
        }

        string[] missing = [.. network.VpcId.Length == 0 ? ["vpcId"] : (string[])[], .. network.Cidr.Length == 0 ? ["cidr"] : (string[])[]];
        if (missing.Length > 0)
        {
            yield return ConflictProblems.Incomplete(Place("network.existing"), "network.existing", missing);
        }

        var zones = settings.AvailabilityZones.Length;
        foreach (var (member, ids) in new[] { ("publicSubnetIds", network.PublicSubnetIds), ("nodeSubnetIds", network.NodeSubnetIds), ("controlPlaneSubnetIds", network.ControlPlaneSubnetIds) })
        {
            // Load balancers of an existing cluster stand in its subnets too: the others are the cluster's own business.
            var mayBeNone = member switch
            {
                "publicSubnetIds" => !settings.Edge.InternetFacing,
                "nodeSubnetIds" => settings.Cluster.Existing is not null && settings.Edge.InternetFacing,
                _ => settings.Cluster.Existing is not null,
            };
            if (ids.Length != zones && zones > 0 && !(mayBeNone && ids.IsEmpty))
            {
                yield return ConflictProblems.NumberOfSubnets(Place($"network.existing.{member}"), member, ids.Length, zones);
            }
        }
    }

    private IEnumerable<Problem> Tls()
    {
        var edge = settings.Edge;
        if (!AreClear("edge.domain", "edge.hostedZoneId", "edge.certificateArn", "edge.allowHttp", "region"))
        {
            yield break;
        }

        // HTTP by default of dev is for the load balancer's own name: who has a domain says so.
        if (edge.Domain is { } domain && edge.HostedZoneId is null && edge.CertificateArn is null && !(edge.AllowHttp && IsWritten("edge.allowHttp")))
        {
            yield return ConflictProblems.DomainWithoutCertificate(Place("edge.domain"), domain);
        }

        if (edge.HostedZoneId is not null && edge.Domain is null)
        {
            yield return ConflictProblems.ZoneWithoutDomain(Place("edge.hostedZoneId"));
        }

        if (edge.CertificateArn is { } arn && AwsFormats.RegionOf(arn) != settings.Region)
        {
            yield return ConflictProblems.CertificateOfAnotherRegion(Place("edge.certificateArn"), AwsFormats.RegionOf(arn), settings.Region);
        }

        if (edge.CertificateArn is { } owned && settings.Account is { } account && AwsFormats.AccountOf(owned) != account)
        {
            yield return ConflictProblems.CertificateOfAnotherAccount(Place("edge.certificateArn"), AwsFormats.AccountOf(owned), account);
        }
    }

    private IEnumerable<Problem> GitHub()
    {
        var gitHub = settings.GitHub;
        if (!AreClear("gitHub.repository", "gitHub.ownerId", "gitHub.repositoryId"))
        {
            yield break;
        }

        if (gitHub.OwnerId is null != gitHub.RepositoryId is null)
        {
            var (there, missing) = gitHub.OwnerId is null ? ("gitHub.repositoryId", "gitHub.ownerId") : ("gitHub.ownerId", "gitHub.repositoryId");
            yield return ConflictProblems.OneGitHubId(Place(there), there, missing);
        }

        if (gitHub.Repository is null && (gitHub.OwnerId ?? gitHub.RepositoryId) is not null)
        {
            yield return ConflictProblems.IdsWithoutRepository(Place(gitHub.OwnerId is null ? "gitHub.repositoryId" : "gitHub.ownerId"));
        }
    }

    private IEnumerable<Problem> Resources()
    {
        foreach (var (name, resource) in settings.Resources)
        {
            var group = SettingPath.Key(["resources", name]);
            foreach (var problem in ResourceConflicts.Of(resource, key => IsWritten($"{group}.{key}"), key => Place($"{group}.{key}")))
            {
                yield return problem;
            }
        }
    }

    private bool IsWritten(string key) => merged.TryFind(key, out _);

    private bool AreClear(params ReadOnlySpan<string> keys)
    {
        foreach (var key in unclear.Count == 0 ? [] : keys)
        {
            if (unclear.Contains(key) || unclear.Any(wrong => wrong.StartsWith(key + ".", StringComparison.Ordinal) || key.StartsWith(wrong + ".", StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }

    // A group is where its first member is; a default is nowhere.
    private string Place(string key) =>
        merged.TryFind(key, out var written) ? written.Place.Of(key)
        : merged.Written.FirstOrDefault(other => other.Key.StartsWith(key + ".", StringComparison.Ordinal)) is { } first ? first.Place.Of(key)
        : key;
}
