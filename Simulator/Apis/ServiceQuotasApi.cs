using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

internal sealed class ServiceQuotasApi(SimulatedAccount account) : ISimulatedService
{
    public string SigningName => "servicequotas";

    public WireProtocol Protocol { get; } = new WireProtocol.Json();

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "GetServiceQuota" => Answer.Of(new JsonObject { ["Quota"] = Json(Find(call), Find(call).ValueIn(account)) }),
        "GetAWSDefaultServiceQuota" => Answer.Of(new JsonObject { ["Quota"] = Json(Find(call), Find(call).Default) }),
        "ListServiceQuotas" => Answer.Of(new JsonObject
        {
            ["Quotas"] = new JsonArray([.. Quota.All.Where(quota => quota.ServiceCode == call.Input.Text("ServiceCode")).Select(JsonNode? (quota) => Json(quota, quota.ValueIn(account)))]),
        }),
        _ => throw call.UnknownOperation(),
    };

    private static Quota Find(ServiceCall call)
    {
        var (service, code) = (call.Input.Required("ServiceCode"), call.Input.Required("QuotaCode"));
        return Quota.All.FirstOrDefault(quota => quota.ServiceCode == service && quota.Code == code)
            ?? throw new ServiceError("NoSuchResourceException", $"The request failed because the specified service quota '{code}' of '{service}' does not exist.", 400);
    }

    private JsonObject Json(Quota quota, int value) => new()
    {
        ["ServiceCode"] = quota.ServiceCode,
        ["ServiceName"] = quota.ServiceCode,
        ["QuotaArn"] = account.Arn("servicequotas", $"{quota.ServiceCode}/{quota.Code}"),
        ["QuotaCode"] = quota.Code,
        ["QuotaName"] = quota.Name,
        ["Value"] = (double)value,
        ["Unit"] = "None",
        ["Adjustable"] = true,
        ["GlobalQuota"] = false,
    };
}
