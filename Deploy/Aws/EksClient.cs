using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Deploy.Aws;

/// <summary>EKS, to look at: what is changed is changed by CloudFormation.</summary>
internal sealed class EksClient(AwsConnection connection)
{
    private static readonly JsonSerializerOptions Options = AwsJson.Options(EksJson.Default);

    private readonly JsonProtocol _json = new(connection, AwsApi.Eks, Options);

    /// <returns>Null where there is no such cluster.</returns>
    public async Task<Cluster?> DescribeClusterAsync(string name, CancellationToken cancellationToken) =>
        (await _json.GetAsync<DescribeClusterResponse>("DescribeCluster", Of(name), cancellationToken).OrNullAsync())?.Cluster;

    public IAsyncEnumerable<string> ListClustersAsync(CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var page = await _json.GetAsync<ListClustersResponse>("ListClusters", $"clusters{Query(("nextToken", token))}", cancellationToken);
                return new Page<string>(page.Clusters, page.NextToken);
            },
            cancellationToken);

    /// <summary>Which versions of Kubernetes there are and until when they are supported.</summary>
    /// <param name="versionStatus"><c>STANDARD_SUPPORT</c>, <c>EXTENDED_SUPPORT</c>, <c>UNSUPPORTED</c>; null: those that are supported.</param>
    public IAsyncEnumerable<ClusterVersion> DescribeClusterVersionsAsync(string? versionStatus, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var path = $"cluster-versions{Query(("versionStatus", versionStatus), ("nextToken", token))}";
                var page = await _json.GetAsync<DescribeClusterVersionsResponse>("DescribeClusterVersions", path, cancellationToken);
                return new Page<ClusterVersion>(page.ClusterVersions, page.NextToken);
            },
            cancellationToken);

    /// <summary>Ids of <see cref="DescribeUpdateAsync"/>, newest first.</summary>
    public IAsyncEnumerable<string> ListUpdatesAsync(string name, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var page = await _json.GetAsync<ListUpdatesResponse>("ListUpdates", $"{Of(name)}/updates{Query(("nextToken", token))}", cancellationToken);
                return new Page<string>(page.UpdateIds, page.NextToken);
            },
            cancellationToken);

    public async Task<ClusterUpdate?> DescribeUpdateAsync(string name, string updateId, CancellationToken cancellationToken) =>
        (await _json.GetAsync<DescribeUpdateResponse>("DescribeUpdate", $"{Of(name)}/updates/{Escaped(updateId)}", cancellationToken).OrNullAsync())?.Update;

    public IAsyncEnumerable<string> ListAddonsAsync(string clusterName, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var page = await _json.GetAsync<ListAddonsResponse>("ListAddons", $"{Of(clusterName)}/addons{Query(("nextToken", token))}", cancellationToken);
                return new Page<string>(page.Addons, page.NextToken);
            },
            cancellationToken);

    public async Task<Addon?> DescribeAddonAsync(string clusterName, string addonName, CancellationToken cancellationToken) =>
        (await _json.GetAsync<DescribeAddonResponse>("DescribeAddon", $"{Of(clusterName)}/addons/{Escaped(addonName)}", cancellationToken).OrNullAsync())?.Addon;

    public IAsyncEnumerable<string> ListNodegroupsAsync(string clusterName, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var page = await _json.GetAsync<ListNodegroupsResponse>("ListNodegroups", $"{Of(clusterName)}/node-groups{Query(("nextToken", token))}", cancellationToken);
                return new Page<string>(page.Nodegroups, page.NextToken);
            },
            cancellationToken);

    /// <summary>ARNs of <see cref="DescribeAccessEntryAsync"/>.</summary>
    public IAsyncEnumerable<string> ListAccessEntriesAsync(string clusterName, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var page = await _json.GetAsync<ListAccessEntriesResponse>("ListAccessEntries", $"{Of(clusterName)}/access-entries{Query(("nextToken", token))}", cancellationToken);
                return new Page<string>(page.AccessEntries, page.NextToken);
            },
            cancellationToken);

    public async Task<AccessEntry?> DescribeAccessEntryAsync(string clusterName, string principalArn, CancellationToken cancellationToken) =>
        (await _json.GetAsync<DescribeAccessEntryResponse>("DescribeAccessEntry", $"{Of(clusterName)}/access-entries/{Escaped(principalArn)}", cancellationToken).OrNullAsync())?.AccessEntry;

    /// <summary>Whether a cluster is ready for an upgrade, and what is configured badly.</summary>
    public IAsyncEnumerable<Insight> ListInsightsAsync(string clusterName, InsightsFilter filter, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var request = new ListInsightsRequest(filter, token);
                var page = await _json.PostAsync<ListInsightsRequest, ListInsightsResponse>("ListInsights", $"{Of(clusterName)}/insights", request, cancellationToken);
                return new Page<Insight>(page.Insights, page.NextToken);
            },
            cancellationToken);

    private static string Of(string cluster) => $"clusters/{Escaped(cluster)}";

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = "";
        foreach (var (name, value) in parameters)
        {
            query += value is null ? "" : $"{(query.Length == 0 ? '?' : '&')}{name}={Escaped(value)}";
        }

        return query;
    }
}

/// <param name="Categories"><c>UPGRADE_READINESS</c>, <c>MISCONFIGURATION</c>.</param>
/// <param name="Statuses"><c>PASSING</c>, <c>WARNING</c>, <c>ERROR</c>, <c>UNKNOWN</c>; null: all.</param>
internal sealed record InsightsFilter(ImmutableArray<string> Categories, IReadOnlyList<string>? Statuses);
