using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>Settings that do not go together.</summary>
internal static class ConflictProblems
{
    public static Problem UnknownRegion(string subject, string region, IReadOnlyCollection<string> known) =>
        Conflict(
            "DEP051",
            subject,
            $"'{region}' is not a region that this version knows the zones of.",
            $"{(ClosestName.Among(known, region) is { } closest ? $"Did you mean '{closest}'? Otherwise name" : "Name")} its zones with availabilityZones.");

    public static Problem NumberOfZones(string subject, int count) =>
        Zones(subject, $"{count} {(count == 1 ? "zone is" : "zones are")} named; EKS needs two, and three are the most that the network is made for.", "Name two or three zones.");

    public static Problem ZoneOfAnotherRegion(string subject, string zone, string region) =>
        Zones(subject, $"The zone '{zone}' is not in the region {region}.", $"Name zones such as '{region}a', or set the region.");

    public static Problem NatGatewaysWithoutNat(string subject, int count, string egress) =>
        Nat(subject, $"network.natGateways ({count}) and network.egress ({egress}) exclude each other.", "Remove network.natGateways, or set network.egress to nat.");

    public static Problem NoNatGateway(string subject) =>
        Nat(subject, "Nodes behind no NAT gateway reach nothing, not even the registry.", "Set network.natGateways to 1 or more, or network.egress to private or public-nodes.");

    public static Problem TooManyNatGateways(string subject, int count, int zones) =>
        Nat(subject, $"{count} NAT gateways are more than one for each of the {zones} zones.", $"Set network.natGateways to {zones} or less.");

    public static Problem PublicNodes(string subject, string profile) =>
        Egress(subject, $"Nodes with public addresses are for development; the profile is {profile}.", "Set network.egress to nat or private.");

    public static Problem PrivateWithoutMirror(string subject) =>
        Egress(subject, "Private nodes reach no registry but ECR, so they cannot pull third-party images.", "Set images.mirror to true, or network.egress to nat.");

    public static Problem PrivateWithRegistryOutside(string subject, string registry) =>
        Egress(subject, $"Private nodes reach no registry but ECR, so they cannot pull from {ShownText.Of(registry)}.", "Remove registry.existing, or set network.egress to nat.");

    public static Problem EndpointForEveryone(string subject) =>
        Endpoint(subject, "The Kubernetes API would be open to everyone.", "Name the networks that you work from, or set cluster.endpoint to private.");

    public static Problem PrivateEndpointWithCidrs(string subject) =>
        Endpoint(subject, "A private endpoint is reached from inside the VPC alone, so this list has no effect.", "Remove it, or set cluster.endpoint to public.");

    public static Problem PublicEndpointWithoutCidrs(string subject) =>
        Endpoint(subject, "A public endpoint needs a list of who reaches it.", "Set cluster.publicAccessCidrs, or cluster.endpoint to private.");

    public static Problem Incomplete(string subject, string group, IEnumerable<string> missing) =>
        Existing(subject, $"{group} is not complete.", $"Set {string.Join(" and ", missing)} in it.");

    public static Problem ClusterWithoutNetwork(string subject) =>
        Existing(subject, "A cluster that exists is in a network that exists, and that is not described.", "Set network.existing: vpcId, cidr and publicSubnetIds at least.");

    public static Problem NumberOfSubnets(string subject, string member, int count, int zones) =>
        Existing(subject, $"{member} has {count} of {zones} subnets.", "Name one for each zone, in the order of availabilityZones.");

    public static Problem DomainWithoutCertificate(string subject, string domain) =>
        Tls(subject, $"Nobody has a certificate for {domain}.", "Set edge.hostedZoneId to have one made, edge.certificateArn to use one, or edge.allowHttp to true for plain HTTP.");

    public static Problem ZoneWithoutDomain(string subject) => Tls(subject, "A zone without a domain has no effect.", "Set edge.domain, or remove edge.hostedZoneId.");

    public static Problem CertificateOfAnotherRegion(string subject, string named, string region) =>
        Tls(subject, $"A load balancer in {region} cannot use a certificate of {named}.", $"Name a certificate of {region}.");

    public static Problem CertificateOfAnotherAccount(string subject, string named, string account) =>
        Tls(subject, $"A load balancer of the account {account} cannot use a certificate of {named}.", "Name a certificate of the same account.");

    public static Problem OneGitHubId(string subject, string there, string missing) =>
        GitHub(subject, $"{there} is set without {missing}, and only both make a subject.", $"Set {missing} too: 'gh api repos/OWNER/NAME' shows both as owner.id and id.");

    public static Problem IdsWithoutRepository(string subject) => GitHub(subject, "Ids without the repository's name trust nobody.", "Set gitHub.repository to owner/name.");

    public static Problem TwoSubstitutes(string subject) =>
        Thing(subject, "A resource has one substitute, and two are named.", "Remove connectionStringSecret or externalUrl.");

    public static Problem NothingSaid(string subject, IEnumerable<string> members) =>
        Thing(subject, "The object is empty, so it does not say what there is.", $"Say what it is with {string.Join(", ", members)}, or remove it.");

    public static Problem MinimumAboveMaximum<T>(string subject, string lower, T minimum, string upper, T maximum) =>
        new("DEP058", $"{lower} ({minimum}) is more than {upper} ({maximum}).", $"Raise {upper} or lower {lower}.", ExitCode.Input) { Subject = subject };

    public static Problem DisabledProbe(string subject, string probe, string member) =>
        Probe(subject, $"The {probe} probe is disabled, so {member} has no effect.", "Remove one of them.");

    public static Problem ProbeOfNothing(string subject, string probe) =>
        Probe(subject, $"The {probe} probe does not say what is asked.", "Set path for an HTTP request, port for a TCP connection, or disabled.");

    private static Problem Zones(string subject, string summary, string fix) => Conflict("DEP052", subject, summary, fix);

    private static Problem Nat(string subject, string summary, string fix) => Conflict("DEP053", subject, summary, fix);

    private static Problem Egress(string subject, string summary, string fix) => Conflict("DEP054", subject, summary, fix);

    private static Problem Endpoint(string subject, string summary, string fix) => Conflict("DEP055", subject, summary, fix);

    private static Problem Existing(string subject, string summary, string fix) => Conflict("DEP056", subject, summary, fix);

    private static Problem Tls(string subject, string summary, string fix) => Conflict("DEP049", subject, summary, fix);

    private static Problem GitHub(string subject, string summary, string fix) => Conflict("DEP050", subject, summary, fix);

    private static Problem Thing(string subject, string summary, string fix) => Conflict("DEP057", subject, summary, fix);

    private static Problem Probe(string subject, string summary, string fix) => Conflict("DEP059", subject, summary, fix);

    private static Problem Conflict(string code, string subject, string summary, string fix) => new(code, summary, fix, ExitCode.Input) { Subject = subject };
}
