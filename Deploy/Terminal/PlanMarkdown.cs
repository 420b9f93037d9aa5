using System.Globalization;
using System.Text;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Terminal;

/// <summary>A plan as a comment on a pull request: what matters first, the rest folded.</summary>
internal static class PlanMarkdown
{
    public static string Render(Plan plan)
    {
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $"### Plan of `{plan.Application}-{plan.Environment}` in account {plan.Account}, {plan.Region}\n\n");
        if (plan.Simulated)
        {
            _ = text.Append("> This is a simulation: the account is one of a machine.\n\n");
        }

        _ = text.AppendJoin("\n", PlanSentences.Of(plan)).Append("\n\n");
        Section(text, "Risks", plan.Risks.Select(risk => $"**{PlanWords.Of(risk.Kind)}**: {Escaped(risk.Text)}{(risk.NeedsAllowance ? risk.IsAllowed ? " Allowed." : $" Refused without `--allow-replace {risk.AllowanceName}`." : "")}"));
        Section(text, "Access", plan.Access.Select(change => $"{(change.IsMore ? "+" : "−")} {Escaped($"{change.Who} {change.What}")} (`{change.Where}`)"));
        Section(text, "Exposure", plan.Exposure.Select(change =>
            $"{(change.IsMore ? "+" : "−")} {Escaped($"{change.What} {(change.IsMore ? "can be reached from" : "can no longer be reached from")} {change.From}")} (`{change.Where}`)"));
        _ = text.Append("| Stack | What happens | Resources |\n|---|---|---|\n");
        foreach (var stack in plan.Stacks)
        {
            var because = stack.Because is null ? "" : $": {stack.Because}";
            var kinds = stack.Action is StackAction.None ? "" : PlanWords.Kinds(stack.Changes);
            _ = text.Append(CultureInfo.InvariantCulture, $"| `{stack.Name}` | {Escaped(PlanWords.Of(stack.Action) + because)} | {Escaped(kinds)} |\n");
        }

        foreach (var image in plan.Images)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"| image `{image.Resource}` | {Escaped(PlanWords.Of(image))} | |\n");
        }

        Changes(text, plan);
        Costs(text, plan.Cost);
        Section(text, "Notes", plan.Notes.Select(Escaped));
        return text.Append(CultureInfo.InvariantCulture, $"<sub>fingerprint {plan.Fingerprint[..12]}</sub>\n").ToString();
    }

    private static void Changes(StringBuilder text, Plan plan)
    {
        var changed = plan.Stacks.Where(stack => stack.Changes.Any(change => change.Action != ChangeAction.Add)).ToList();
        _ = text.Append('\n');
        if (changed.Count == 0)
        {
            return;
        }

        _ = text.Append("<details><summary>Changes of resources</summary>\n\n```diff\n");
        foreach (var stack in changed)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"  {stack.Name}\n");
            foreach (var change in stack.Changes)
            {
                // The first column decides the colour.
                var sign = PlanWords.Sign(change) switch { "~" => "!", "-/+" => "-", var other => other };
                _ = text.Append(CultureInfo.InvariantCulture, $"{sign}   {change.LogicalId} {change.Type}{PlanWords.Consequence(change)}\n");
                foreach (var property in change.Properties)
                {
                    _ = text.Append(CultureInfo.InvariantCulture, $"      {property.Path}: {property.Before ?? "(none)"} → {property.After ?? "(known after apply)"}\n");
                }
            }
        }

        _ = text.Append("```\n\n</details>\n\n");
    }

    private static void Costs(StringBuilder text, Cost cost)
    {
        if (cost.Lines.IsEmpty)
        {
            return;
        }

        _ = text.Append(
            CultureInfo.InvariantCulture,
            $"<details><summary>Cost a month: {PlanWords.Dollars(cost.After)} ({PlanWords.Difference(cost.After - cost.Before)})</summary>\n\n| | before | after | |\n|---|--:|--:|---|\n");
        foreach (var line in cost.Lines)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"| {line.Name} | {PlanWords.Dollars(line.Before)} | {PlanWords.Dollars(line.After)} | {line.Detail}{(line.WithRollout ? ", with the rollout" : "")} |\n");
        }

        _ = text.Append(CultureInfo.InvariantCulture, $"\nList prices of {cost.PricesRegion}, {cost.PricesOf}.\n\n</details>\n\n");
    }

    private static void Section(StringBuilder text, string heading, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count == 0)
        {
            return;
        }

        _ = text.Append("**").Append(heading).Append("**\n\n");
        foreach (var item in all)
        {
            _ = text.Append("- ").Append(item).Append('\n');
        }

        _ = text.Append('\n');
    }

    private static string Escaped(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
