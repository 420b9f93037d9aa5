using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>Finds resources of all services by their tags. It does not show roles of IAM, nor what is part of a stack and has no tags.</summary>
internal sealed class TaggingApi(SimulatedAccount account) : ISimulatedService
{
    public string SigningName => "tagging";

    public WireProtocol Protocol { get; } = new WireProtocol.Json();

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "GetResources" => GetResources(call.Input),
        _ => throw call.UnknownOperation(),
    };

    private Answer GetResources(CallInput input)
    {
        var filters = input.Structures("TagFilters");
        var types = input.Texts("ResourceTypeFilters");
        var found =
            from resource in account.Resources.All().Concat(account.Resources.StillIndexed)
            where resource.Tags.Count > 0 && resource.Type is not "AWS::IAM::Role"
            let arn = ResourceArns.Of(account, resource)
            where arn is not null && IsOf(types, arn) && filters.All(filter => Fits(resource.Tags, filter))
            select (Arn: arn, resource.Tags);
        var (items, next) = Paging.Page(found.OrderBy(item => item.Arn, StringComparer.Ordinal), input.Text("PaginationToken"), 100);
        return Answer.Of(new JsonObject
        {
            ["PaginationToken"] = next ?? "",
            ["ResourceTagMappingList"] = new JsonArray([.. items.Select(JsonNode? (item) => new JsonObject { ["ResourceARN"] = item.Arn, ["Tags"] = AwsJson.Tags(item.Tags) })]),
        });
    }

    private static bool Fits(ImmutableSortedDictionary<string, string> tags, CallInput filter) =>
        tags.TryGetValue(filter.Text("Key") ?? "", out var value) && (filter.Texts("Values") is { IsEmpty: true } || filter.Texts("Values").Contains(value, StringComparer.Ordinal));

    // arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/… is elasticloadbalancing:loadbalancer
    private static bool IsOf(ImmutableArray<string> types, string arn)
    {
        var parts = arn.Split(':', 6);
        var type = parts[5].Split('/', ':')[0];
        return types.IsEmpty || types.Contains(parts[2], StringComparer.Ordinal) || types.Contains($"{parts[2]}:{type}", StringComparer.Ordinal);
    }
}
