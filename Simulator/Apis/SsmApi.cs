using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>Parameters of Systems Manager: the account's own, and those that AWS publishes.</summary>
internal sealed class SsmApi(SimulatedAccount account) : ISimulatedService
{
    private const string Type = "AWS::SSM::Parameter";
    private const string Public = "/aws/service/";
    private const int LongestValue = 4_096;

    public string SigningName => "ssm";

    public WireProtocol Protocol { get; } = new WireProtocol.Json();

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "GetParameter" => Get(call.Input),
        "GetParametersByPath" => GetByPath(call.Input),
        "PutParameter" => Put(call.Input),
        "DeleteParameter" => Delete(call.Input),
        _ => throw call.UnknownOperation(),
    };

    /// <summary>The value of a parameter that AWS publishes, such as the id of an image of a machine.</summary>
    public static string ValueOfPublic(string name) => $"ami-{(uint)name.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)):x8}000000000";

    private Answer Get(CallInput input)
    {
        var name = input.Required("Name");
        if (name.StartsWith(Public, StringComparison.Ordinal))
        {
            return Answer.Of(new JsonObject
            {
                ["Parameter"] = new JsonObject
                {
                    ["Name"] = name,
                    ["Type"] = "String",
                    ["Value"] = ValueOfPublic(name),
                    ["Version"] = 1,
                    ["ARN"] = $"arn:{account.Partition}:ssm:{account.Region}::parameter{name}",
                    ["DataType"] = "text",
                },
            });
        }

        return Answer.Of(new JsonObject { ["Parameter"] = Json(Find(name) ?? throw NotFound()) });
    }

    private Answer GetByPath(CallInput input)
    {
        var path = input.Required("Path").TrimEnd('/') + "/";
        var isRecursive = input.Flag("Recursive") ?? false;
        var found = account.Resources.All(Type).Where(parameter => parameter.Id.StartsWith(path, StringComparison.Ordinal) && (isRecursive || !parameter.Id[path.Length..].Contains('/', StringComparison.Ordinal)));
        var (items, next) = Paging.Page(found, input.Text("NextToken"), 10);
        return Answer.Of(AwsJson.WithoutNulls(new JsonObject { ["Parameters"] = new JsonArray([.. items.Select(Json)]), ["NextToken"] = next }));
    }

    private Answer Put(CallInput input)
    {
        var (name, value) = (input.Required("Name"), input.Required("Value"));
        if (value.Length > LongestValue)
        {
            throw ServiceError.Validation($"Standard tier parameters support a maximum parameter value of {LongestValue} characters.");
        }

        var isOverwritten = input.Flag("Overwrite") ?? false;
        var existing = Find(name);
        if (existing is not null && !isOverwritten)
        {
            throw new ServiceError("ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.", 400);
        }

        if (isOverwritten && input.Has("Tags"))
        {
            throw ServiceError.Validation("Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.");
        }

        var version = VersionOf(existing) + 1;
        account.Resources.Put(new CloudResource
        {
            Type = Type,
            Id = name,
            Arn = account.Arn("ssm", $"parameter/{name.TrimStart('/')}"),
            Properties = new JsonObject { ["Name"] = name, ["Type"] = input.Text("Type") ?? existing?.Text("Type") ?? "String", ["Value"] = value },
            Attributes = new JsonObject { ["Version"] = version, ["LastModifiedDate"] = account.Now },
            Tags = existing?.Tags ?? AwsJson.ReadTags(input),
            CreatedAt = existing?.CreatedAt ?? account.Now,
            StackId = existing?.StackId,
            LogicalId = existing?.LogicalId,
        });
        return Answer.Of(new JsonObject { ["Version"] = version, ["Tier"] = "Standard" });
    }

    private Answer Delete(CallInput input)
    {
        var parameter = Find(input.Required("Name")) ?? throw NotFound();
        account.Resources.Remove(Type, parameter.Id);
        return Answer.NoJson;
    }

    private CloudResource? Find(string name) => account.Resources.Find(Type, name);

    private static JsonNode? Json(CloudResource parameter) => AwsJson.WithoutNulls(new JsonObject
    {
        ["Name"] = parameter.Id,
        ["Type"] = parameter.Text("Type") ?? "String",
        ["Value"] = parameter.Text("Value"),
        ["Version"] = VersionOf(parameter),
        ["LastModifiedDate"] = AwsJson.Time(parameter.Attributes["LastModifiedDate"]?.GetValue<DateTimeOffset>() ?? parameter.CreatedAt),
        ["ARN"] = parameter.Arn,
        ["DataType"] = "text",
    });

    private static int VersionOf(CloudResource? parameter) =>
        parameter is null ? 0 : int.TryParse(parameter.Text("Version"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var version) ? version : 1;

    private static ServiceError NotFound() => new("ParameterNotFound", "", 400);
}
