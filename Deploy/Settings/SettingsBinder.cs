using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>Puts the values of the catalogue's keys into the records.</summary>
internal static class SettingsBinder
{
    /// <param name="values">Every key, with defaults.</param>
    /// <param name="merged">For maps, whose names are not in the catalogue.</param>
    public static EnvironmentSettings Bind(string environment, SettingValues values, MergedSettings merged) => new()
    {
        Environment = environment,
        Application = values.Text("application"),
        Profile = (Profile)values.Choice("profile", typeof(Profile)),
        Account = values.OptionalText("account"),
        Region = values.Text("region"),
        AvailabilityZones = values.List("availabilityZones"),
        Namespace = values.Text("namespace"),
        Tags = Texts(merged.Map("tags"), StringComparer.Ordinal),
        Network = Network(values),
        Cluster = Cluster(values),
        Registry = new RegistrySettings { Existing = values.OptionalText("registry.existing") },
        Edge = Edge(values),
        Operations = Operations(values),
        GitHub = GitHub(values),
        GitOps = GitOps(values),
        Images = Images(values),
        Resources = Resources(merged),
        Parameters = Texts(merged.Map("parameters"), StringComparer.OrdinalIgnoreCase),
        AllowMissing = ImmutableSortedSet.Create(StringComparer.OrdinalIgnoreCase, [.. values.List("allowMissing")]),
    };

    private static NetworkSettings Network(SettingValues values) => new()
    {
        Cidr = values.Text("network.cidr"),
        Egress = (Egress)values.Choice("network.egress", typeof(Egress)),
        NatGateways = values.Integer("network.natGateways"),
        FlowLogs = (FlowLogs)values.Choice("network.flowLogs", typeof(FlowLogs)),
        Existing = ExistingNetwork(values),
    };

    // A group of which a part is missing is a problem of SettingConflicts; here it is only not lost.
    private static ExistingNetwork? ExistingNetwork(SettingValues values)
    {
        var vpc = values.OptionalText("network.existing.vpcId");
        var cidr = values.OptionalText("network.existing.cidr");
        var existing = new ExistingNetwork(
            vpc ?? "",
            cidr ?? "",
            values.List("network.existing.publicSubnetIds"),
            values.List("network.existing.nodeSubnetIds"),
            values.List("network.existing.controlPlaneSubnetIds"));
        return vpc is null && cidr is null && existing.PublicSubnetIds.IsEmpty && existing.NodeSubnetIds.IsEmpty && existing.ControlPlaneSubnetIds.IsEmpty ? null : existing;
    }

    private static ClusterSettings Cluster(SettingValues values) => new()
    {
        Version = values.Text("cluster.version"),
        Compute = (Compute)values.Choice("cluster.compute", typeof(Compute)),
        Endpoint = (EndpointAccess)values.Choice("cluster.endpoint", typeof(EndpointAccess)),
        PublicAccessCidrs = values.List("cluster.publicAccessCidrs"),
        Architectures = Architectures(values.List("cluster.architectures")),
        Capacity = (Capacity)values.Choice("cluster.capacity", typeof(Capacity)),
        Overprovision = values.Boolean("cluster.overprovision"),
        Support = (SupportType)values.Choice("cluster.support", typeof(SupportType)),
        Administrators = values.List("cluster.administrators"),
        Operators = values.List("cluster.operators"),
        Existing = ExistingCluster(values),
    };

    private static ExistingCluster? ExistingCluster(SettingValues values) =>
        (values.OptionalText("cluster.existing.name"), values.OptionalBoolean("cluster.existing.autoMode")) switch
        {
            (null, null) => null,
            var (name, autoMode) => new ExistingCluster(name ?? "", autoMode ?? true),
        };

    private static EdgeSettings Edge(SettingValues values) => new()
    {
        Domain = values.OptionalText("edge.domain"),
        HostedZoneId = values.OptionalText("edge.hostedZoneId"),
        CertificateArn = values.OptionalText("edge.certificateArn"),
        AllowHttp = values.Boolean("edge.allowHttp"),
        InternetFacing = values.Boolean("edge.internetFacing"),
        InboundCidrs = values.List("edge.inboundCidrs"),
        Waf = values.Boolean("edge.waf"),
        Protection = values.Boolean("edge.protection"),
    };

    private static OperationsSettings Operations(SettingValues values) => new()
    {
        Bastion = values.Boolean("operations.bastion"),
        Alarms = values.Boolean("operations.alarms"),
        Email = values.OptionalText("operations.email"),
        MonthlyBudget = values.OptionalInteger("operations.monthlyBudget"),
        Observability = values.Boolean("operations.observability"),
        LogRetentionDays = values.Integer("operations.logRetentionDays"),
    };

    private static GitHubSettings GitHub(SettingValues values) => new()
    {
        Repository = values.OptionalText("gitHub.repository"),
        OwnerId = values.OptionalText("gitHub.ownerId"),
        RepositoryId = values.OptionalText("gitHub.repositoryId"),
    };

    private static GitOpsSettings GitOps(SettingValues values) => new()
    {
        Repository = values.OptionalText("gitOps.repository"),
        Path = values.Text("gitOps.path"),
        Revision = values.Text("gitOps.revision"),
        AutoSync = values.Boolean("gitOps.autoSync"),
    };

    private static ImageSettings Images(SettingValues values) => new()
    {
        BaseImage = values.Text("images.baseImage"),
        GateImage = values.Text("images.gateImage"),
        Publishing = (Publishing)values.Choice("images.publishing", typeof(Publishing)),
        ReadyToRun = values.Boolean("images.readyToRun"),
        SeverityGate = (SeverityGate)values.Choice("images.severityGate", typeof(SeverityGate)),
        Mirror = values.Boolean("images.mirror"),
    };

    private static ImmutableArray<Architecture> Architectures(ImmutableArray<string> words)
    {
        var known = SettingWords.All(typeof(Architecture));
        var architectures = new Architecture[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            architectures[i] = (Architecture)known.IndexOf(words[i]);
        }

        return [.. architectures];
    }

    private static ImmutableSortedDictionary<string, ResourceSettings> Resources(MergedSettings merged)
    {
        var resources = ImmutableSortedDictionary.CreateBuilder<string, ResourceSettings>(StringComparer.OrdinalIgnoreCase);
        foreach (var resource in merged.Map("resources").GroupBy(written => written.Path[1], StringComparer.Ordinal))
        {
            resources.Add(resource.Key, ResourceSettingsBinder.Bind(resource));
        }

        return resources.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> Texts(IEnumerable<WrittenSetting> map, StringComparer names)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(names);
        foreach (var written in map)
        {
            texts.Add(written.Path[1], (written.Value as SettingValue.Text)?.Value ?? "");
        }

        return texts.ToImmutable();
    }
}
