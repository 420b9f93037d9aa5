using System.Text;
using Platform.Deploy.Apply;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Terminal;

/// <summary>What a deployment came to: the outputs of its stacks.</summary>
internal static class DeployText
{
    /// <summary>Of a whole deployment.</summary>
    public static string Render(Plan plan, DeployResult result, bool isJson, Screen screen) => isJson
        ? Json(plan, result)
        : Text(result, new Palette(screen.Colours), $"{plan.Application}-{plan.Environment} is deployed", plan.Simulated ? " to the simulated account of this machine." : $" to account {plan.Account}, {plan.Region}.");

    /// <summary>Of the administrators' stacks alone.</summary>
    public static string Prepared(Plan plan, DeployResult result, bool isJson, Screen screen) => isJson
        ? Json(plan, result)
        : Text(result, new Palette(screen.Colours), plan.Simulated ? "The simulated account of this machine is prepared" : $"Account {plan.Account} is prepared", $" for {plan.Application}-{plan.Environment} in {plan.Region}.");

    private static string Json(Plan plan, DeployResult result) => JsonResult.Of(
        json =>
        {
            json.WriteString("environment", $"{plan.Application}-{plan.Environment}");
            json.WriteString("account", plan.Account);
            json.WriteString("region", plan.Region);
            json.WriteBoolean("simulated", plan.Simulated);
            json.WriteStartObject("outputs");
            foreach (var (stack, outputs) in result.Outputs)
            {
                json.WriteStartObject(stack);
                foreach (var (name, value) in outputs)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        },
        []);

    private static string Text(DeployResult result, Palette palette, string what, string where)
    {
        var text = new StringBuilder().Append(palette.Strong(what)).Append(where).Append('\n');
        var width = result.Outputs.SelectMany(stack => stack.Value.Keys).Select(name => name.Length).DefaultIfEmpty().Max();
        foreach (var (stack, outputs) in result.Outputs.Where(stack => !stack.Value.IsEmpty))
        {
            _ = text.Append(palette.Quiet(stack)).Append('\n');
            foreach (var (name, value) in outputs)
            {
                _ = text.Append("  ").Append(name.PadRight(width)).Append("  ").Append(value).Append('\n');
            }
        }

        return text.ToString();
    }
}
