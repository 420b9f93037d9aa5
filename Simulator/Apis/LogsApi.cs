using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>Log groups of CloudWatch.</summary>
internal sealed class LogsApi(SimulatedAccount account) : ISimulatedService
{
    private const string Type = "AWS::Logs::LogGroup";

    public string SigningName => "logs";

    public WireProtocol Protocol { get; } = new WireProtocol.Json();

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "DescribeLogGroups" => Describe(call.Input),
        "DeleteLogGroup" => Delete(call.Input.Required("logGroupName")),
        _ => throw call.UnknownOperation(),
    };

    private Answer Describe(CallInput input)
    {
        var prefix = input.Text("logGroupNamePrefix") ?? "";
        var (groups, next) = Paging.Page(account.Resources.All(Type).Where(group => group.Id.StartsWith(prefix, StringComparison.Ordinal)), input.Text("nextToken"), 50);
        return Answer.Of(AwsJson.WithoutNulls(new JsonObject
        {
            ["logGroups"] = new JsonArray([.. groups.Select(JsonNode? (group) => AwsJson.WithoutNulls(new JsonObject
            {
                ["logGroupName"] = group.Id,
                ["arn"] = (group.Arn ?? account.Arn("logs", $"log-group:{group.Id}")) is var arn && arn.EndsWith(":*", StringComparison.Ordinal) ? arn : $"{arn}:*",
                ["creationTime"] = group.CreatedAt.ToUnixTimeMilliseconds(),
                ["retentionInDays"] = int.TryParse(group.Text("RetentionInDays"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null,
                ["storedBytes"] = 0,
                ["kmsKeyId"] = group.Text("KmsKeyId"),
            }))]),
            ["nextToken"] = next,
        }));
    }

    private Answer Delete(string name) => account.Resources.Remove(Type, name)
        ? Answer.NoJson
        : throw new ServiceError("ResourceNotFoundException", "The specified log group does not exist.", 400);
}
