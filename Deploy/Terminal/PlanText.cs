using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Terminal;

/// <summary>A plan for a person, in lines that fit the terminal: what happens, what it means, what it costs, how long it takes.</summary>
internal sealed class PlanText
{
    private const int Indent = 2;
    private const int WidestText = 120;

    private readonly StringBuilder _text = new();
    private readonly Palette _palette;
    private readonly int _width;

    private PlanText(Screen screen)
    {
        _palette = new Palette(screen.Colours);
        _width = Math.Min(screen.Width, WidestText);
    }

    public static string Render(Plan plan, Screen screen)
    {
        var text = new PlanText(screen);
        text.Append(plan);
        return text._text.ToString();
    }

    private void Append(Plan plan)
    {
        Wrapped(0, $"Plan of {plan.Application}-{plan.Environment} in account {plan.Account}, {plan.Region}");
        if (plan.Simulated)
        {
            Wrapped(0, "This is a simulation: the account is one of this machine.");
        }

        Stacks(plan);
        Images(plan.Images);
        Findings("Access", plan.Access.Select(change => (change.IsMore, $"{change.Who} {change.What}", change.Where)));
        Findings("Exposure", plan.Exposure.Select(change => (change.IsMore, $"{change.What} {(change.IsMore ? "can be reached from" : "can no longer be reached from")} {change.From}", change.Where)));
        Risks(plan.Risks);
        Costs(plan.Cost);
        Heading("Altogether");
        foreach (var sentence in PlanSentences.Of(plan))
        {
            Wrapped(Indent, sentence);
        }

        foreach (var note in plan.Notes)
        {
            Wrapped(Indent, $"note: {note}");
        }
    }

    private void Stacks(Plan plan)
    {
        Heading("Stacks");
        var column = plan.Stacks.Select(stack => stack.Name.Length).DefaultIfEmpty().Max();
        foreach (var stack in plan.Stacks)
        {
            var because = stack.Because is null ? "" : $": {stack.Because}";
            var administrator = stack is { NeedsAdministrator: true, Action: not StackAction.None } ? ", needs an administrator" : "";
            var line = $"{stack.Name.PadRight(column)}  {PlanWords.Of(stack.Action)}{administrator}{because}";
            Signed(Indent, SignOf(stack.Action), stack.Action == StackAction.None ? _palette.Quiet(line) : line, line);
            if (stack.Action is StackAction.Create or StackAction.WithRollout or StackAction.Recover && stack.Changes.All(change => change.Action == ChangeAction.Add))
            {
                if (!stack.Changes.IsEmpty)
                {
                    Wrapped(2 * Indent + 2, PlanWords.Kinds(stack.Changes), quiet: true);
                }

                continue;
            }

            foreach (var change in stack.Changes)
            {
                Change(change);
            }
        }
    }

    private void Change(PlannedChange change)
    {
        var physical = change.PhysicalId is null ? "" : $"  {change.PhysicalId}";
        var line = $"{change.LogicalId}  {change.Type}{physical}{PlanWords.Consequence(change)}";
        Signed(2 * Indent + 2, PlanWords.Sign(change), line, line);
        foreach (var property in change.Properties)
        {
            var replaces = property.Replacement switch { Replacement.Yes => "  (replaces)", Replacement.Maybe => "  (may replace)", _ => "" };
            Wrapped(3 * Indent + 4, $"{property.Path}: {property.Before ?? "(none)"} → {property.After ?? "(known after apply)"}{replaces}");
        }
    }

    private void Images(ImmutableArray<ImagePlan> images)
    {
        if (images.IsEmpty)
        {
            return;
        }

        Heading("Images");
        foreach (var image in images)
        {
            var line = $"{image.Resource}  {image.Repository}  {PlanWords.Of(image)}";
            Signed(Indent, image.Action == ImageAction.Unchanged ? "=" : "+", image.Action == ImageAction.Unchanged ? _palette.Quiet(line) : line, line);
        }
    }

    private void Findings(string heading, IEnumerable<(bool IsMore, string Text, string Where)> findings)
    {
        var all = findings.ToList();
        if (all.Count == 0)
        {
            return;
        }

        Heading(heading);
        foreach (var (isMore, text, where) in all)
        {
            Signed(Indent, isMore ? "+" : "-", $"{text}  ({where})", $"{text}  ({where})");
        }
    }

    private void Risks(ImmutableArray<Risk> risks)
    {
        if (risks.IsEmpty)
        {
            return;
        }

        Heading("Risks");
        foreach (var risk in risks)
        {
            var allowance = risk switch { { NeedsAllowance: true, IsAllowed: true } => " Allowed.", { NeedsAllowance: true } => $" Refused without --allow-replace {risk.AllowanceName}.", _ => "" };
            Signed(Indent, "!", $"{PlanWords.Of(risk.Kind)}: {risk.Text}{allowance}", $"{PlanWords.Of(risk.Kind)}: {risk.Text}{allowance}");
        }
    }

    private void Costs(Cost cost)
    {
        if (cost.Lines.IsEmpty)
        {
            return;
        }

        Heading($"Cost a month, list prices of {cost.PricesRegion}, {cost.PricesOf}");
        var column = cost.Lines.Max(line => line.Name.Length);
        foreach (var line in cost.Lines)
        {
            var change = line.Before == line.After ? "" : $" ({PlanWords.Difference(line.After - line.Before)})";
            Wrapped(Indent, $"{PlanWords.Dollars(line.After),10}  {line.Name.PadRight(column)}  {line.Detail}{(line.WithRollout ? ", with the rollout" : "")}{change}");
        }

        Wrapped(Indent, $"{PlanWords.Dollars(cost.After),10}  altogether, {PlanWords.Difference(cost.After - cost.Before)}");
    }

    private string SignOf(StackAction action) => action switch
    {
        StackAction.Create => _palette.Good("+"),
        StackAction.Update => _palette.Careful("~"),
        StackAction.Delete => _palette.Gone("-"),
        StackAction.Attach or StackAction.Recover => _palette.Careful("!"),
        StackAction.WithRollout => "…",
        _ => "=",
    };

    private void Heading(string heading) => _text.Append('\n').Append(_palette.Strong(heading.Length <= _width ? heading : Paragraph.Wrap(heading, _width, indent: 0))).Append('\n');

    private void Line(int indent, string line) => _text.Append(' ', indent).Append(line).Append('\n');

    // A line that fits keeps its columns; one that does not is broken at words.
    private void Signed(int indent, string sign, string styled, string plain)
    {
        if (indent + 2 + plain.Length <= _width)
        {
            Line(indent, $"{Coloured(sign)} {styled}");
            return;
        }

        var broken = Paragraph.Wrap(plain, _width, indent + 2);
        _ = _text.Append(' ', indent).Append(Coloured(sign)).Append(' ').Append(broken.AsSpan(indent + 2)).Append('\n');
    }

    private string Coloured(string sign) => sign switch
    {
        "+" => _palette.Good(sign),
        "-" => _palette.Gone(sign),
        "~" or "!" => _palette.Careful(sign),
        "-/+" => _palette.Bad(sign),
        _ => sign,
    };

    private void Wrapped(int indent, string text, bool quiet = false)
    {
        var fitting = indent + text.Length <= _width ? new string(' ', indent) + text : Paragraph.Wrap(text, _width, indent);
        _ = _text.Append(quiet ? _palette.Quiet(fitting) : fitting).Append('\n');
    }
}
