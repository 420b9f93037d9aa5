using System.Globalization;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Terminal;

/// <summary>What a plan comes to, in a few sentences.</summary>
internal static class PlanSentences
{
    private const int SoonDays = 90;

    public static IEnumerable<string> Of(Plan plan)
    {
        yield return plan.IsEmpty ? "Nothing has to be done." : $"{Counted(plan)}; {PlanWords.Duration(plan.Expected)}.";
        if (plan.Stacks.Any(stack => stack is { NeedsAdministrator: true, Action: not StackAction.None }))
        {
            yield return "The stacks of the administrator come first: whoever deploys has to be one, or runs 'platform aws bootstrap' as one before.";
        }

        if (plan.Kubernetes is { } kubernetes)
        {
            yield return Support(kubernetes);
        }
    }

    private static string Counted(Plan plan)
    {
        var parts = new (int Count, string What)[]
        {
            (plan.Stacks.Count(stack => stack.Action == StackAction.Create), "made"),
            (plan.Stacks.Count(stack => stack.Action == StackAction.Update), "changed"),
            (plan.Stacks.Count(stack => stack.Action is StackAction.Recover or StackAction.Attach), "brought in order"),
            (plan.Stacks.Count(stack => stack.Action == StackAction.Delete), "deleted"),
        }.Where(part => part.Count > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.What}")).ToList();
        var images = plan.Images.Count(image => image.Action is not ImageAction.Unchanged and not ImageAction.TakenOver);
        return (parts.Count == 0 ? "No stack changes" : $"Stacks: {string.Join(", ", parts)}") + (images == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; images to build: {images}"));
    }

    private static string Support(KubernetesSupport support)
    {
        var date = support.EndOfStandardSupport is { } end ? end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        return support switch
        {
            { IsExtended: true } => $"Kubernetes {support.Version} is in extended support, which costs $365 a month more: upgrade.",
            { DaysLeft: { } left } when date is not null && left < SoonDays =>
                string.Create(CultureInfo.InvariantCulture, $"Kubernetes {support.Version} has standard support until {date}, {left} days more: plan the upgrade."),
            _ when date is not null => $"Kubernetes {support.Version} has standard support until {date}.",
            _ => $"Kubernetes {support.Version}.",
        };
    }
}
