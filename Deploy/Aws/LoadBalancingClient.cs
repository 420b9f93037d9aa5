using System.Collections.Immutable;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>Elastic Load Balancing v2: the load balancers that a cluster made, to be watched, and deleted where the cluster could not.</summary>
internal sealed class LoadBalancingClient(AwsConnection connection)
{
    // DescribeTags takes no more at once.
    private const int MostArns = 20;

    private readonly QueryProtocol _query = new(connection, AwsApi.LoadBalancing);

    public IAsyncEnumerable<LoadBalancer> DescribeLoadBalancersAsync(CancellationToken cancellationToken) =>
        AllAsync("DescribeLoadBalancers", QueryForm.Query, "LoadBalancers", LoadBalancer.Read, cancellationToken);

    /// <returns>Null where there is no such load balancer.</returns>
    public async Task<LoadBalancer?> DescribeLoadBalancerAsync(string loadBalancerArn, CancellationToken cancellationToken)
    {
        var form = QueryForm.Query().Texts("LoadBalancerArns", [loadBalancerArn]);
        return (await _query.CallAsync("DescribeLoadBalancers", form, cancellationToken).OrNullAsync())?.Members("LoadBalancers", LoadBalancer.Read).FirstOrDefault();
    }

    /// <summary>Of load balancers and target groups that exist, all of them.</summary>
    public async Task<ImmutableArray<TagDescription>> DescribeTagsAsync(IReadOnlyList<string> resourceArns, CancellationToken cancellationToken)
    {
        var tags = ImmutableArray.CreateBuilder<TagDescription>();
        foreach (var some in resourceArns.Chunk(MostArns))
        {
            var result = await _query.CallAsync("DescribeTags", QueryForm.Query().Texts("ResourceArns", some), cancellationToken);
            tags.AddRange(result.Members("TagDescriptions", TagDescription.Read));
        }

        return tags.ToImmutable();
    }

    /// <param name="loadBalancerArn">Null: all target groups.</param>
    public IAsyncEnumerable<TargetGroup> DescribeTargetGroupsAsync(string? loadBalancerArn, CancellationToken cancellationToken) =>
        AllAsync("DescribeTargetGroups", () => QueryForm.Query().Text("LoadBalancerArn", loadBalancerArn), "TargetGroups", TargetGroup.Read, cancellationToken);

    public async Task<ImmutableArray<TargetHealth>> DescribeTargetHealthAsync(string targetGroupArn, CancellationToken cancellationToken) =>
        (await _query.CallAsync("DescribeTargetHealth", QueryForm.Query().Text("TargetGroupArn", targetGroupArn), cancellationToken)).Members("TargetHealthDescriptions", TargetHealth.Read);

    public IAsyncEnumerable<Listener> DescribeListenersAsync(string loadBalancerArn, CancellationToken cancellationToken) =>
        AllAsync("DescribeListeners", () => QueryForm.Query().Text("LoadBalancerArn", loadBalancerArn), "Listeners", Listener.Read, cancellationToken);

    /// <summary>With its listeners. One that is not there is a success.</summary>
    public Task DeleteLoadBalancerAsync(string loadBalancerArn, CancellationToken cancellationToken) =>
        _query.CallAsync("DeleteLoadBalancer", QueryForm.Query().Text("LoadBalancerArn", loadBalancerArn), cancellationToken).OrFalseAsync();

    public Task DeleteTargetGroupAsync(string targetGroupArn, CancellationToken cancellationToken) =>
        _query.CallAsync("DeleteTargetGroup", QueryForm.Query().Text("TargetGroupArn", targetGroupArn), cancellationToken).OrFalseAsync();

    private IAsyncEnumerable<T> AllAsync<T>(string operation, Func<QueryForm> form, string list, Func<XElement, T> read, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async marker =>
            {
                var result = await _query.CallAsync(operation, form().Text("Marker", marker), cancellationToken);
                return new Page<T>(result.Members(list, read), result.Text("NextMarker"));
            },
            cancellationToken);
}

internal sealed record LoadBalancer
{
    public required string LoadBalancerArn { get; init; }

    public required string LoadBalancerName { get; init; }

    public string? DNSName { get; init; }

    /// <summary>The zone that an alias record names.</summary>
    public string? CanonicalHostedZoneId { get; init; }

    /// <summary><c>provisioning</c>, <c>active</c>, <c>active_impaired</c>, <c>failed</c>.</summary>
    public required string StateCode { get; init; }

    public string? StateReason { get; init; }

    /// <summary><c>application</c>, <c>network</c>, <c>gateway</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>internet-facing</c> or <c>internal</c>.</summary>
    public string? Scheme { get; init; }

    public string? VpcId { get; init; }

    public ImmutableArray<string> SecurityGroups { get; init; } = [];

    public DateTimeOffset? CreatedTime { get; init; }

    public static LoadBalancer Read(XElement element) => new()
    {
        LoadBalancerArn = element.Always(nameof(LoadBalancerArn)),
        LoadBalancerName = element.Always(nameof(LoadBalancerName)),
        DNSName = element.Text(nameof(DNSName)),
        CanonicalHostedZoneId = element.Text(nameof(CanonicalHostedZoneId)),
        StateCode = element.Child("State")?.Text("Code") ?? "",
        StateReason = element.Child("State")?.Text("Reason"),
        Type = element.Always(nameof(Type)),
        Scheme = element.Text(nameof(Scheme)),
        VpcId = element.Text(nameof(VpcId)),
        SecurityGroups = element.Texts(nameof(SecurityGroups)),
        CreatedTime = element.Time(nameof(CreatedTime)),
    };
}

internal sealed record TagDescription(string ResourceArn, ImmutableArray<AwsTag> Tags)
{
    public static TagDescription Read(XElement element) => new(element.Always(nameof(ResourceArn)), element.Members(nameof(Tags), AwsTag.Read));
}

internal sealed record TargetGroup(string TargetGroupArn, string TargetGroupName, string? Protocol, int? Port, string? VpcId, string? TargetType, ImmutableArray<string> LoadBalancerArns)
{
    public static TargetGroup Read(XElement element) => new(
        element.Always(nameof(TargetGroupArn)),
        element.Always(nameof(TargetGroupName)),
        element.Text(nameof(Protocol)),
        element.Number(nameof(Port)),
        element.Text(nameof(VpcId)),
        element.Text(nameof(TargetType)),
        element.Texts(nameof(LoadBalancerArns)));
}

/// <param name="Id">Instance or address.</param>
/// <param name="State"><c>initial</c>, <c>healthy</c>, <c>unhealthy</c>, <c>unused</c>, <c>draining</c>, <c>unavailable</c>.</param>
/// <param name="Reason">Such as <c>Target.FailedHealthChecks</c>.</param>
internal sealed record TargetHealth(string Id, int? Port, string State, string? Reason, string? Description)
{
    public static TargetHealth Read(XElement element)
    {
        var target = element.Child("Target") ?? element;
        var health = element.Child("TargetHealth") ?? element;
        return new TargetHealth(target.Always(nameof(Id)), target.Number(nameof(Port)), health.Always(nameof(State)), health.Text(nameof(Reason)), health.Text(nameof(Description)));
    }
}

internal sealed record Listener(string ListenerArn, string LoadBalancerArn, int? Port, string? Protocol, string? SslPolicy, ImmutableArray<string> Certificates)
{
    public static Listener Read(XElement element) => new(
        element.Always(nameof(ListenerArn)),
        element.Always(nameof(LoadBalancerArn)),
        element.Number(nameof(Port)),
        element.Text(nameof(Protocol)),
        element.Text(nameof(SslPolicy)),
        element.Members(nameof(Certificates), certificate => certificate.Always("CertificateArn")));
}
