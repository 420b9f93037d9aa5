using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.Simulator.Accounts;
using Platform.Simulator.Faults;

namespace Platform.Simulator.Server;

/// <summary>What no cloud has: all resources at once, all calls, and faults that come while it runs. For tests and people.</summary>
internal sealed class AdminEndpoints(SimulatedAccount account, CallLog log)
{
    public const string Root = "/_simulator";

    public async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", Root + "/inventory"):
                await WriteAsync(context, 200, Inventory());
                break;
            case ("GET", Root + "/calls"):
                await WriteAsync(context, 200, new JsonArray([.. log.Calls.Select(call => (JsonNode?)JsonValue.Create(call))]));
                break;
            case ("POST", Root + "/faults"):
                await AddFaultsAsync(context);
                break;
            case ("DELETE", Root + "/faults"):
                ClearFaults();
                await WriteAsync(context, 200, Faults());
                break;
            default:
                await WriteAsync(context, 404, new JsonObject { ["message"] = $"There is {Root}/inventory, {Root}/calls and {Root}/faults." });
                break;
        }
    }

    private JsonArray Inventory()
    {
        using var entered = account.Enter();
        account.AdvanceTo(account.Clock.GetUtcNow());
        return [.. account.Resources.All().Select(ResourceJson.Write)];
    }

    // One rule a line.
    private async Task AddFaultsAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            Add([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(FaultRule.Parse)]);
            await WriteAsync(context, 200, Faults());
        }
        catch (FormatException wrong)
        {
            await WriteAsync(context, 400, new JsonObject { ["message"] = wrong.Message });
        }
    }

    private void Add(IEnumerable<FaultRule> rules)
    {
        using var entered = account.Enter();
        foreach (var rule in rules)
        {
            account.Faults.Add(rule);
        }
    }

    private void ClearFaults()
    {
        using var entered = account.Enter();
        account.Faults.Clear();
    }

    private JsonArray Faults()
    {
        using var entered = account.Enter();
        return [.. account.Faults.Rules.Select(rule => (JsonNode?)JsonValue.Create(rule.Text))];
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonNode content)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(content.ToJsonString(), context.RequestAborted);
    }
}
