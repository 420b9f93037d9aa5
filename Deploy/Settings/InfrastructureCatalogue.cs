using System.Collections.Immutable;
using static Platform.Deploy.Settings.ProfileDefaults;

namespace Platform.Deploy.Settings;

/// <summary>Keys of the environment and what it stands on.</summary>
internal static class InfrastructureCatalogue
{
    private const int MostZones = 3;
    private const int MostBudget = 10_000_000;

    private static readonly SettingKind YesOrNo = new SettingKind.Boolean();

    // What CloudWatch Logs takes.
    private static readonly ImmutableArray<int> RetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public static ImmutableArray<Setting> Settings => [.. General, .. Network, .. Cluster, .. Edge, .. Operations, .. Automation];

    private static IEnumerable<Setting> General =>
    [
        new("application", Text(TextFormats.Application), "First part of every name in AWS.", new SettingDefault.Derived("the folder of the AppHost or of the manifest, made fit")),
        new("profile", Choice(typeof(Profile)), "What every default is taken from.", new SettingDefault.Derived("the environment's name where it is one of the three, else dev")),
        new("account", Text(AwsFormats.Account), "Account that the environment is pinned to: deploying with another one is refused.", new SettingDefault.Absent("any account; artifacts have zeros in its place")),
        new("region", Text(AwsFormats.Region), "Region of everything but what is global.", new SettingDefault.Derived("AWS_REGION, else AWS_DEFAULT_REGION, else for aws that of the profile, else us-east-1")),
        new("availabilityZones", List(AwsFormats.Zone), "2 or 3 zones. They stay for the life of the environment.", new SettingDefault.Derived("the first 2 · 2 · 3 zones of the region")),
        new("namespace", Text(TextFormats.Namespace), "Kubernetes namespace of the application.", new SettingDefault.Derived("the application's name; APPLICATION-ENVIRONMENT in a cluster that exists already")),
        new("tags.*", Text(AwsFormats.TagValue), "Value of that tag.", new SettingDefault.Absent("no tag")),
    ];

    private static IEnumerable<Setting> Network =>
    [
        new("network.cidr", Text(Cidr.VpcFormat), "Addresses of the VPC. They cannot be changed later.", PerProfile("10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16")),
        new("network.egress", Choice(typeof(Egress)), "How nodes reach the outside: private nodes behind NAT gateways; nodes with public addresses and no NAT, which is cheap and for dev only; private nodes that reach AWS through interface endpoints and nothing else.", Always("nat")),
        new("network.natGateways", new SettingKind.Integer(0, MostZones), "Number of NAT gateways, at most one a zone.", new SettingDefault.Derived("1 · 1 · one a zone; 0 unless egress is nat")),
        new("network.flowLogs", Choice(typeof(FlowLogs)), "Which traffic is logged: rejected to CloudWatch Logs, all to S3.", PerProfile("none", "reject", "all")),
        new("network.existing.vpcId", Text(AwsFormats.Vpc), "The VPC.", new SettingDefault.Absent("required in the group")),
        new("network.existing.cidr", Text(Cidr.ExistingVpcFormat), "Its addresses.", new SettingDefault.Absent("required in the group")),
        new("network.existing.publicSubnetIds", List(AwsFormats.Subnet), "Subnets of load balancers, one a zone; none where edge.internetFacing is false.", new SettingDefault.Absent("none")),
        new("network.existing.nodeSubnetIds", List(AwsFormats.Subnet), "Subnets of nodes, one a zone.", new SettingDefault.Absent("required in the group")),
        new("network.existing.controlPlaneSubnetIds", List(AwsFormats.Subnet), "Subnets of the control plane's interfaces, one a zone.", new SettingDefault.Absent("required in the group")),
    ];

    private static IEnumerable<Setting> Cluster =>
    [
        new("cluster.version", Text(TextFormats.KubernetesVersion), "Kubernetes version.", Always("1.36")),
        new("cluster.compute", Choice(typeof(Compute)), "EKS Auto Mode, or node groups of our own.", Always("auto")),
        new("cluster.endpoint", Choice(typeof(EndpointAccess)), "Whether the Kubernetes API is reachable from outside the VPC; from inside it always is.", new SettingDefault.Derived("public · public where cluster.publicAccessCidrs has an entry, else private · private")),
        new("cluster.publicAccessCidrs", List(Cidr.Format), "Who reaches a public endpoint, never 0.0.0.0/0. In dev the caller's address is filled in when deploying.", EmptyList()),
        new("cluster.architectures", new SettingKind.ChoiceList(SettingWords.All(typeof(Architecture))), "Processors of the nodes and images, preferred first.", new SettingDefault.OfProfile(Values("arm64"), Values("arm64", "amd64"), Values("arm64", "amd64"))),
        new("cluster.capacity", Choice(typeof(Capacity)), "Spot with on-demand as fallback, or on-demand alone.", PerProfile("spot", "on-demand", "on-demand")),
        new("cluster.overprovision", YesOrNo, "Keeps room for one more node a zone, by pods that give way at once: pods of a sudden load do not wait for a node to boot. Costs those nodes.", Always(false)),
        new("cluster.support", Choice(typeof(SupportType)), "What happens at the end of a version's standard support: it is upgraded, or extended support is paid.", Always("standard")),
        new("cluster.administrators", List(AwsFormats.Role), "Roles that administer the cluster, beside the deployer.", EmptyList()),
        new("cluster.operators", List(AwsFormats.Role), "Roles of people who look: admin · admin view · view by profile.", EmptyList()),
        new("cluster.existing.name", Text(AwsFormats.Cluster), "Its name, in the account and region of the environment.", new SettingDefault.Absent("required in the group")),
        new("cluster.existing.autoMode", YesOrNo, "Whether it has Auto Mode's load balancing and storage classes.", new SettingDefault.Absent("true")),
        new("registry.existing", Text(TextFormats.Registry), "Host and path of a registry that exists.", new SettingDefault.Absent("ECR repositories of the registry stack")),
    ];

    private static IEnumerable<Setting> Edge =>
    [
        new("edge.domain", Text(TextFormats.Host), "DNS name of the application. Needs edge.hostedZoneId or edge.certificateArn.", new SettingDefault.Absent("the load balancer's own name")),
        new("edge.hostedZoneId", Text(AwsFormats.HostedZone), "Route 53 zone of the domain, in which the certificate is validated and the record is made.", new SettingDefault.Absent("no record is made")),
        new("edge.certificateArn", Text(AwsFormats.Certificate), "A certificate that exists, in the region; used instead of one of our own.", new SettingDefault.Absent("a certificate is made where there is a zone")),
        new("edge.allowHttp", YesOrNo, "Serves plain HTTP. Without it and without TLS nothing external is rendered.", PerProfile(true, false, false)),
        new("edge.internetFacing", YesOrNo, "Whether the load balancer is reachable from the internet.", Always(true)),
        new("edge.inboundCidrs", List(Cidr.Format) with { Fewest = 1 }, "Who reaches the load balancer.", Always(Values("0.0.0.0/0"))),
        new("edge.waf", YesOrNo, "Web application firewall in front of the load balancer.", PerProfile(false, false, true)),
        new("edge.protection", YesOrNo, "Access logs and deletion protection of the load balancer.", PerProfile(false, false, true)),
    ];

    private static IEnumerable<Setting> Operations =>
    [
        new("operations.bastion", YesOrNo, "A bastion without inbound ports, reached by SSM.", new SettingDefault.Derived("true where the endpoint is private")),
        new("operations.alarms", YesOrNo, "Alarms of the load balancer.", PerProfile(false, true, true)),
        new("operations.email", Text(TextFormats.Email), "Who gets alarms and the budget's notices.", new SettingDefault.Absent("nobody")),
        new("operations.monthlyBudget", new SettingKind.Integer(1, MostBudget), "US dollars a month, from which notices are sent.", new SettingDefault.Absent("no budget")),
        new("operations.observability", YesOrNo, "Prometheus, Grafana and Loki in the cluster, and telemetry of every project sent there.", Always(true)),
        new("operations.logRetentionDays", new SettingKind.Integer(RetentionDays[0], RetentionDays[^1]) { Allowed = RetentionDays }, "Days that logs are kept.", PerProfile(7, 30, 365)),
    ];

    private static IEnumerable<Setting> Automation =>
    [
        new("gitHub.repository", Text(TextFormats.GitHubRepository), "The repository as owner/name.", new SettingDefault.Absent("no workflow is trusted")),
        new("gitHub.ownerId", Text(TextFormats.Id), "Id of the owner. Together with repositoryId it adds the subject of repositories made after July 2026.", new SettingDefault.Absent("only owner/name is trusted")),
        new("gitHub.repositoryId", Text(TextFormats.Id), "Id of the repository.", new SettingDefault.Absent("only owner/name is trusted")),
        new("gitOps.repository", Text(TextFormats.GitUrl), "Repository that the rendered files are committed to.", new SettingDefault.Absent("a placeholder in the Application")),
        new("gitOps.path", Text(TextFormats.RelativeFolder), "Folder of the rendered files in it.", Always("deploy")),
        new("gitOps.revision", Text(TextFormats.GitRevision), "Branch, tag or commit that Argo CD follows.", Always("main")),
        new("gitOps.autoSync", YesOrNo, "Argo CD syncs by itself.", PerProfile(true, true, false)),
    ];

    private static SettingKind.Text Text(SettingFormat format) => new(format);

    private static SettingKind.TextList List(SettingFormat format) => new(format);

    private static SettingKind.Choice Choice(Type enumeration) => new(SettingWords.All(enumeration));

    private static SettingValue.List Values(params ReadOnlySpan<string> values) => new([.. values]);
}
