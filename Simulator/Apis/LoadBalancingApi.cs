using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>Elastic Load Balancing v2. The interfaces of a load balancer outlive it by some minutes.</summary>
internal sealed class LoadBalancingApi(SimulatedAccount account) : ISimulatedService, ITimed
{
    private const string LoadBalancer = "AWS::ElasticLoadBalancingV2::LoadBalancer";
    private const string TargetGroup = "AWS::ElasticLoadBalancingV2::TargetGroup";
    private const string Listener = "AWS::ElasticLoadBalancingV2::Listener";
    private const string Interface = "AWS::EC2::NetworkInterface";
    private const string ReleasedAt = "ReleasedAt";
    private const int MostOfPage = 100;
    private static readonly TimeSpan Provisioning = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(90);

    public string SigningName => "elasticloadbalancing";

    public WireProtocol Protocol { get; } = new WireProtocol.Query("http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/");

    public DateTimeOffset? NextDue => account.Resources.All(Interface).Min(ReleaseOf);

    public void Advance(DateTimeOffset now)
    {
        foreach (var one in account.Resources.All(Interface).Where(one => ReleaseOf(one) <= now))
        {
            account.Resources.Remove(Interface, one.Id);
        }
    }

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "DescribeLoadBalancers" => LoadBalancers(call.Input),
        "DescribeTargetGroups" => List(call.Input, "TargetGroups", account.Resources.All(TargetGroup).Where(group => IsOf(group, call.Input.Text("LoadBalancerArn"))), TargetGroupFields),
        "DescribeTargetHealth" => TargetHealth(call.Input.Required("TargetGroupArn")),
        "DescribeListeners" => List(call.Input, "Listeners", account.Resources.All(Listener).Where(listener => listener.Text("LoadBalancerArn") == call.Input.Text("LoadBalancerArn")), ListenerFields),
        "DescribeTags" => Tags(call.Input),
        "DeleteLoadBalancer" => DeleteLoadBalancer(call.Input.Required("LoadBalancerArn")),
        "DeleteTargetGroup" => DeleteTargetGroup(call.Input.Required("TargetGroupArn")),
        _ => throw call.UnknownOperation(),
    };

    private Answer LoadBalancers(CallInput input)
    {
        var arns = input.Texts("LoadBalancerArns");
        if (arns.FirstOrDefault(arn => account.Resources.Find(LoadBalancer, arn) is null) is { } missing)
        {
            throw new ServiceError("LoadBalancerNotFound", $"Load balancers '[{missing}]' not found", 400);
        }

        var names = input.Texts("Names");
        return List(
            input,
            "LoadBalancers",
            account.Resources.All(LoadBalancer).Where(one => (arns.IsEmpty || arns.Contains(one.Id, StringComparer.Ordinal)) && (names.IsEmpty || names.Contains(NameOf(one), StringComparer.Ordinal))),
            LoadBalancerFields);
    }

    private static Answer List(CallInput input, string list, IEnumerable<CloudResource> all, Func<CloudResource, IEnumerable<XElement?>> fields)
    {
        var (items, next) = Paging.Page(all, input.Text("Marker"), MostOfPage);
        return Answer.Of(Elements.List(list, items, fields), Elements.Text("NextMarker", next));
    }

    private IEnumerable<XElement?> LoadBalancerFields(CloudResource one) =>
    [
        Elements.Text("LoadBalancerArn", one.Id),
        Elements.Text("LoadBalancerName", NameOf(one)),
        Elements.Text("DNSName", one.Text("DNSName") ?? $"{NameOf(one)}-{account.Id[^8..]}.{account.Region}.elb.{account.DnsSuffix}"),
        Elements.Text("CanonicalHostedZoneId", one.Text("CanonicalHostedZoneID") ?? "Z35SXDOTRQ7X7K"),
        Elements.Time("CreatedTime", one.CreatedAt),
        Elements.Text("Scheme", one.Text("Scheme") ?? "internet-facing"),
        Elements.Text("VpcId", Vpc(one)),
        Elements.Structure("State", Elements.Text("Code", one.State is { Length: > 0 } state ? state : account.Now - one.CreatedAt < Provisioning ? "provisioning" : "active")),
        Elements.Text("Type", one.Text("Type") ?? "application"),
        Elements.Texts("SecurityGroups", one.Texts("SecurityGroups")),
    ];

    private static IEnumerable<XElement?> TargetGroupFields(CloudResource group) =>
    [
        Elements.Text("TargetGroupArn", group.Id),
        Elements.Text("TargetGroupName", NameOf(group)),
        Elements.Text("Protocol", group.Text("Protocol") ?? "HTTP"),
        Elements.Number("Port", Number(group, "Port")),
        Elements.Text("VpcId", group.Text("VpcId")),
        Elements.Text("TargetType", group.Text("TargetType") ?? "ip"),
        Elements.Texts("LoadBalancerArns", group.Texts("LoadBalancerArns")),
    ];

    private static IEnumerable<XElement?> ListenerFields(CloudResource listener) =>
    [
        Elements.Text("ListenerArn", listener.Id),
        Elements.Text("LoadBalancerArn", listener.Text("LoadBalancerArn")),
        Elements.Number("Port", Number(listener, "Port")),
        Elements.Text("Protocol", listener.Text("Protocol")),
        Elements.Text("SslPolicy", listener.Text("SslPolicy")),
        Elements.List("Certificates", (listener.Properties["Certificates"] as JsonArray ?? []).OfType<JsonObject>(), one => [Elements.Text("CertificateArn", one["CertificateArn"]?.ToString())]),
    ];

    private Answer TargetHealth(string arn)
    {
        var group = account.Resources.Find(TargetGroup, arn) ?? throw NoGroup(arn);
        return Answer.Of(Elements.List("TargetHealthDescriptions", group.Texts("TargetIds"), target =>
        [
            Elements.Structure("Target", Elements.Text("Id", target), Elements.Number("Port", Number(group, "Port"))),
            Elements.Structure("TargetHealth", Elements.Text("State", "healthy")),
        ]));
    }

    private Answer Tags(CallInput input) => Answer.Of(Elements.List("TagDescriptions", input.Texts("ResourceArns"), arn =>
    {
        var resource = account.Resources.Find(LoadBalancer, arn) ?? account.Resources.Find(TargetGroup, arn) ?? account.Resources.Find(Listener, arn)
            ?? throw new ServiceError(arn.Contains(":targetgroup/", StringComparison.Ordinal) ? "TargetGroupNotFound" : "LoadBalancerNotFound", $"'{arn}' not found", 400);
        return [Elements.Text("ResourceArn", arn), Elements.List("Tags", resource.Tags, tag => [Elements.Text("Key", tag.Key), Elements.Text("Value", tag.Value)])];
    }));

    // One that is not there is a success, as AWS has it.
    private Answer DeleteLoadBalancer(string arn)
    {
        if (!account.Resources.Remove(LoadBalancer, arn))
        {
            return Answer.Nothing;
        }

        foreach (var listener in account.Resources.All(Listener).Where(listener => listener.Text("LoadBalancerArn") == arn))
        {
            account.Resources.Remove(Listener, listener.Id);
        }

        foreach (var group in account.Resources.All(TargetGroup).Where(group => group.Texts("LoadBalancerArns").Contains(arn, StringComparer.Ordinal)))
        {
            var attributes = group.Attributes.DeepClone().AsObject();
            attributes.Remove("LoadBalancerArns");
            account.Resources.Put(group with { Attributes = attributes });
        }

        // arn:…:loadbalancer/app/k8s-web/50dc6c495c0c9188: its interfaces say 'ELB app/k8s-web/50dc6c495c0c9188'.
        var description = $"ELB {arn[(arn.IndexOf("loadbalancer/", StringComparison.Ordinal) + "loadbalancer/".Length)..]}";
        foreach (var one in account.Resources.All(Interface).Where(one => one.Text("Description") == description))
        {
            var attributes = one.Attributes.DeepClone().AsObject();
            attributes[ReleasedAt] = account.Now + Lingering;
            account.Resources.Put(one with { Attributes = attributes });
        }

        return Answer.Nothing;
    }

    private Answer DeleteTargetGroup(string arn)
    {
        var group = account.Resources.Find(TargetGroup, arn) ?? throw NoGroup(arn);
        if (group.Texts("LoadBalancerArns").Length > 0)
        {
            throw new ServiceError("ResourceInUse", $"Target group '{arn}' is currently in use by a listener or a rule", 400);
        }

        account.Resources.Remove(TargetGroup, arn);
        return Answer.Nothing;
    }

    private string? Vpc(CloudResource one) =>
        one.Text("VpcId") ?? (one.Texts("Subnets") is [var subnet, ..] ? account.Resources.Find("AWS::EC2::Subnet", subnet)?.Text("VpcId") : null);

    private static bool IsOf(CloudResource group, string? loadBalancer) => loadBalancer is null || group.Texts("LoadBalancerArns").Contains(loadBalancer, StringComparer.Ordinal);

    private static string NameOf(CloudResource one) => one.Text("Name") ?? one.Text("LoadBalancerName") ?? one.Text("TargetGroupName") ?? one.Id.Split('/')[^2];

    private static int? Number(CloudResource one, string name) => int.TryParse(one.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? ReleaseOf(CloudResource one) => one.Attributes[ReleasedAt]?.GetValue<DateTimeOffset>();

    private static ServiceError NoGroup(string arn) => new("TargetGroupNotFound", $"One or more target groups not found: {arn}", 400);
}
