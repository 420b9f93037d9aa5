using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>What is wanted.</summary>
/// <param name="Allowed">What <c>--allow-replace</c> names.</param>
internal sealed record Desired(DeploymentModel Model, ImmutableArray<StackTemplate> Stacks, ImmutableSortedSet<string> Allowed);

/// <summary>A plan, and why it may not be carried out.</summary>
internal sealed record PlanReading(Plan Plan, ImmutableArray<Problem> Problems);

/// <summary>Compares what is wanted with what is there.</summary>
internal static class Planner
{
    public static PlanReading Plan(Desired desired, ObservedEnvironment observed)
    {
        var comparisons = desired.Stacks.Select(stack => StackComparison.Of(stack, observed)).ToImmutableArray();
        var leftovers = Leftovers(desired, observed);
        ImmutableArray<StackPlan> stacks = [.. comparisons.Select(comparison => comparison.Plan), .. leftovers];
        var images = ImagePlans.Of(desired.Model, observed.Images);
        var support = Support(desired.Model, observed);
        var risks = Risks.Of(desired, comparisons, leftovers);
        var plan = new Plan
        {
            Application = desired.Model.Names.Application,
            Environment = desired.Model.Names.Environment,
            Account = observed.Account,
            Region = observed.Region,
            Made = observed.At,
            Simulated = observed.Simulated,
            Stacks = stacks,
            Images = images,
            Access = AccessChanges.Of(comparisons),
            Exposure = ExposureChanges.Of(desired.Model, comparisons),
            Risks = risks,
            Cost = Costs.Of(desired.Model, comparisons, support is { IsExtended: true }),
            Expected = Expected(desired.Stacks, stacks, images),
            Kubernetes = support,
            Notes = [.. Notes(desired, comparisons, observed), .. observed.Preflight.Notes],
            Facts = Facts(stacks, images, observed),
        };
        return new PlanReading(plan, [.. Owners(desired, observed), .. observed.Preflight.Problems, .. Refusals(desired, risks)]);
    }

    /// <summary>Why the administrators' stacks alone may not be made or changed; what is wrong with the others is for whoever deploys them.</summary>
    public static ImmutableArray<Problem> AdministratorProblems(Desired desired, ObservedEnvironment observed, Plan plan)
    {
        var names = plan.Stacks.Where(stack => stack.NeedsAdministrator).Select(stack => stack.Name).ToHashSet(StringComparer.Ordinal);
        var own = desired with { Stacks = [.. desired.Stacks.Where(stack => names.Contains(stack.Name))] };
        return [.. Owners(own, observed), .. Refusals(own, [.. plan.Risks.Where(risk => names.Contains(risk.Stack))])];
    }

    private static IEnumerable<Problem> Owners(Desired desired, ObservedEnvironment observed)
    {
        // Roles are the same in all regions.
        if (observed.DeployerRole is { } role && desired.Stacks.FirstOrDefault(stack => stack.Scope == StackScope.Access) is { } access && !observed.Hidden.Contains(access.Name) && !observed.Stacks.ContainsKey(access.Name))
        {
            yield return TargetProblems.OtherRegion(desired.Model.Names.Environment, observed.Region, role);
        }

        foreach (var stack in desired.Stacks)
        {
            // A stack that is only under review has no tags yet.
            if (observed.Stacks.GetValueOrDefault(stack.Name) is { Condition: not StackCondition.Empty } found && StackOwner.Lacks(found.State.Tags, stack.Tags) is { IsEmpty: false } lacks)
            {
                yield return TargetProblems.StackNotOurs(stack.Name, string.Join(", ", lacks), string.Join(", ", StackOwner.Has(found.State.Tags)));
            }
        }
    }

    private static IEnumerable<Problem> Refusals(Desired desired, ImmutableArray<Risk> risks)
    {
        var names = risks.Where(risk => risk.NeedsAllowance).Select(risk => risk.AllowanceName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return risks.Where(risk => risk is { NeedsAllowance: true, IsAllowed: false }).Select(PlanProblems.Refused)
            .Concat(desired.Allowed.Where(name => !names.Contains(name, StringComparer.Ordinal)).Select(name => PlanProblems.UnknownAllowance(name, names)));
    }

    private static ImmutableArray<StackPlan> Leftovers(Desired desired, ObservedEnvironment observed)
    {
        var wanted = desired.Stacks.Select(stack => stack.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. observed.Stacks.Where(stack => !wanted.Contains(stack.Key)).OrderByDescending(stack => stack.Key, StringComparer.Ordinal).Select(stack =>
            {
                var shortName = stack.Key[(desired.Model.Names.Prefix.Length + 1)..];
                return new StackPlan(shortName, stack.Key, DeployOrder.IsPartOf(shortName) ? StackAction.Delete : StackAction.WithRollout)
                {
                    TemplateHash = "",
                    Parameters = StackComparison.NoTexts,
                    NeedsAdministrator = false,
                    Status = stack.Value.State.StackStatus,
                    Because = "nothing of the application is in it any more",
                    Expected = Durations.OfDeletion(shortName),
                };
            }),
        ];
    }

    private static TimeSpan Expected(ImmutableArray<StackTemplate> templates, ImmutableArray<StackPlan> stacks, ImmutableArray<ImagePlan> images)
    {
        var durations = stacks.Where(stack => stack.Action is not (StackAction.None or StackAction.WithRollout)).ToDictionary(stack => stack.Name, stack => stack.Expected, StringComparer.Ordinal);
        var infrastructure = StackGraph.LongestWay(StackGraph.Of(templates), durations);
        var deletions = stacks.Where(stack => stack.Action == StackAction.Delete).Select(stack => stack.Expected).DefaultIfEmpty().Max();
        var building = images.Any(image => image.Action is not ImageAction.Unchanged and not ImageAction.TakenOver) ? Durations.Images : TimeSpan.Zero;
        return (infrastructure > building ? infrastructure : building) + deletions;
    }

    private static KubernetesSupport? Support(DeploymentModel model, ObservedEnvironment observed)
    {
        if (observed.Versions?.FirstOrDefault(version => version.Version == model.Settings.Cluster.Version) is not { } version || model.Settings.Cluster.Existing is not null)
        {
            return null;
        }

        var ends = version.EndOfStandardSupportDate;
        return new KubernetesSupport(version.Version, ends, ends is { } date ? (int)Math.Floor((date - observed.At).TotalDays) : null, version.VersionStatus.Equals("EXTENDED_SUPPORT", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Notes(Desired desired, ImmutableArray<StackComparison> comparisons, ObservedEnvironment observed)
    {
        foreach (var comparison in comparisons.Where(comparison => comparison.Unasked is not null))
        {
            yield return $"CloudFormation was not asked about {comparison.Plan.Name}, as {comparison.Unasked}: its changes are those of the templates.";
        }

        if (comparisons.Any(comparison => comparison.IsHidden))
        {
            yield return $"{string.Join(" and ", comparisons.Where(comparison => comparison.IsHidden).Select(comparison => comparison.Plan.Name))} are an administrator's, and were not looked at.";
        }

        if (observed.Region != Prices.Region)
        {
            yield return $"Prices are those of {Prices.Region}; {observed.Region} may cost up to a quarter more.";
        }

        if (desired.Model.Settings.Edge.AllowHttp && !desired.Model.Ingresses.IsEmpty && desired.Model.Ingresses.Any(ingress => !ingress.Tls))
        {
            yield return "Visitors come in over plain HTTP: what they send and get can be read on the way.";
        }
    }

    private static ImmutableSortedDictionary<string, string> Facts(ImmutableArray<StackPlan> stacks, ImmutableArray<ImagePlan> images, ObservedEnvironment observed)
    {
        var facts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var stack in stacks)
        {
            facts[$"{stack.Name}: template"] = stack.TemplateHash;
            foreach (var (name, value) in stack.Parameters)
            {
                facts[$"{stack.Name}: parameter {name}"] = value;
            }

            facts[$"{stack.Name}: state"] = observed.Hidden.Contains(stack.Name)
                ? "not looked at"
                : observed.Stacks.GetValueOrDefault(stack.Name) is { } found
                    ? $"{found.State.StackStatus} since {found.State.LastUpdatedTime ?? found.State.CreationTime:yyyy-MM-ddTHH:mm:ssZ}"
                    : "not there";
            if (observed.Stacks.GetValueOrDefault(stack.Name) is { Template: { } body })
            {
                facts[$"{stack.Name}: template there"] = Fingerprint.Of(System.Text.Encoding.UTF8.GetBytes(body));
            }
        }

        foreach (var image in images.Where(image => image.Digest is not null))
        {
            facts[$"image {image.Resource}"] = image.Digest ?? "";
        }

        return facts.ToImmutable();
    }
}
