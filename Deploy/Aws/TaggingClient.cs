using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Deploy.Aws;

/// <summary>Finds resources of every service by their tags. It may still show what was deleted some minutes ago, so ask the service itself before saying so.</summary>
internal sealed class TaggingClient(AwsConnection connection)
{
    private static readonly JsonSerializerOptions Options = AwsJson.Options(TaggingJson.Default);

    private readonly JsonProtocol _json = new(connection, AwsApi.Tagging, Options);

    /// <param name="filters">All of them have to fit.</param>
    /// <param name="resourceTypes">Such as <c>elasticloadbalancing:loadbalancer</c>; all, where it is empty.</param>
    public IAsyncEnumerable<TaggedResource> GetResourcesAsync(ImmutableArray<TagFilter> filters, ImmutableArray<string> resourceTypes, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var request = new GetResourcesRequest(filters, resourceTypes.IsEmpty ? null : resourceTypes, token);
                var page = await _json.CallAsync<GetResourcesRequest, GetResourcesResponse>("GetResources", request, cancellationToken);
                return new Page<TaggedResource>(page.ResourceTagMappingList, page.PaginationToken);
            },
            cancellationToken);
}

/// <param name="Values">One of them has to fit; any does, where it is empty.</param>
internal sealed record TagFilter(string Key, ImmutableArray<string> Values);

internal sealed record GetResourcesRequest(IReadOnlyList<TagFilter> TagFilters, IReadOnlyList<string>? ResourceTypeFilters, string? PaginationToken);

internal sealed record GetResourcesResponse
{
    public IReadOnlyList<TaggedResource> ResourceTagMappingList { get; set; } = [];

    /// <summary>Empty on the last page.</summary>
    public string? PaginationToken { get; set; }
}

internal sealed record TaggedResource
{
    public string ResourceARN { get; set; } = "";

    public IReadOnlyList<AwsTag> Tags { get; set; } = [];
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetResourcesRequest))]
[JsonSerializable(typeof(GetResourcesResponse))]
internal sealed partial class TaggingJson : JsonSerializerContext;
