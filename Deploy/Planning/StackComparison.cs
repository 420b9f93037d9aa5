using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;

namespace Platform.Deploy.Planning;

/// <summary>One stack that is wanted, with what is there in its place.</summary>
/// <param name="Plan">What happens to it.</param>
/// <param name="Before">The template that is deployed; empty where there is none, or where it could not be read.</param>
/// <param name="After">The template that is wanted.</param>
internal sealed record StackComparison(StackPlan Plan, TemplateContent Before, TemplateContent After)
{
    public static readonly ImmutableSortedDictionary<string, string> NoTexts = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What is passed to the stack that is there.</summary>
    public required ImmutableSortedDictionary<string, string> BeforeParameters { get; init; }

    /// <summary>Why CloudFormation did not tell the changes; null: it did, or there is nothing to ask.</summary>
    public string? Unasked { get; init; }

    /// <summary>The caller may not look at it.</summary>
    public bool IsHidden { get; init; }

    public static StackComparison Of(StackTemplate stack, ObservedEnvironment observed)
    {
        var after = TemplateContent.Read(stack.Body.AsSpan()) ?? TemplateContent.Empty;
        var arguments = observed.Arguments.GetValueOrDefault(stack.Name, new StackArguments([], []));
        var found = observed.Stacks.GetValueOrDefault(stack.Name);
        var before = found?.Template is { } body ? TemplateContent.Read(Encoding.UTF8.GetBytes(body)) ?? TemplateContent.Empty : TemplateContent.Empty;
        var hidden = observed.Hidden.Contains(stack.Name);
        var (action, because) = hidden ? (StackAction.None, "the caller may not look at it") : Decide(stack, found);
        var changes = Changes(stack, found, action, arguments, before, after);
        var plan = new StackPlan(stack.ShortName, stack.Name, action)
        {
            Changes = changes,
            TemplateHash = Fingerprint.Of(stack.Body.AsSpan()),
            Parameters = hidden ? NoTexts : Passed(stack, arguments),
            NeedsAdministrator = stack.Scope is StackScope.Account or StackScope.Access,
            Status = found?.State.StackStatus,
            Because = because,
            Expected = action switch
            {
                StackAction.None => TimeSpan.Zero,
                StackAction.Update => Durations.OfUpdate(changes),
                _ => Durations.OfCreation(stack.ShortName, stack.Template.Resources.Select(resource => resource.Properties.Type)),
            },
        };
        return new StackComparison(plan, before, after)
        {
            BeforeParameters = found?.State.Parameters.ToImmutableSortedDictionary(parameter => parameter.ParameterKey, parameter => parameter.ParameterValue ?? "", StringComparer.Ordinal) ?? NoTexts,
            Unasked = action == StackAction.Update ? found?.Unasked : null,
            IsHidden = hidden,
        };
    }

    // The states of CloudFormation and what a deployment does about each.
    private static (StackAction Action, string? Because) Decide(StackTemplate stack, ObservedStack? found)
    {
        var reason = found?.State.StackStatusReason is { } said ? $" ({said.TrimEnd('.')})" : "";
        return (DeployOrder.IsPartOf(stack.ShortName), found?.Condition, found?.State.StackStatus) switch
        {
            (false, _, _) => (StackAction.WithRollout, "it needs nodes, or load balancers"),
            (_, null or StackCondition.Deleted, _) => (StackAction.Create, null),
            (_, StackCondition.Empty, _) => (StackAction.Create, "an earlier deployment was interrupted before it made it; what it left is taken away first"),
            (_, StackCondition.Moving, var status) => (StackAction.Attach, $"it is in {status}: that is followed to its end, then the stack is looked at again"),
            (_, StackCondition.Dead, var status) => (StackAction.Recover, $"its creation failed and was undone{reason}: {status} can only be deleted, then it is made again"),
            (_, StackCondition.Broken, StackStatus.CreateFailed) => (StackAction.Recover, $"its creation failed halfway{reason}: what was made is removed, then it is made again"),
            (_, StackCondition.Broken, StackStatus.UpdateFailed) => (StackAction.Recover, $"its last change failed halfway{reason}: it is rolled back, then it is updated"),
            (_, StackCondition.Broken, StackStatus.UpdateRollbackFailed) => (StackAction.Recover, $"going back to what it was failed{reason}: that is continued, then it is updated"),
            (_, StackCondition.Broken, var status) => (StackAction.Recover, $"it is in {status}{reason}: it is deleted, then it is made again"),
            (_, StackCondition.RolledBack, _) when found is { ChangeSet.IsWithoutChanges: true } => Settled(stack, found),
            (_, StackCondition.RolledBack, _) => (StackAction.Update, "its last change failed and was undone"),
            _ when found?.ChangeSet is { IsWithoutChanges: false } || found?.Unasked is not null => (StackAction.Update, found.Unasked is { } why ? $"CloudFormation was not asked, as {why}" : null),
            _ => Settled(stack, found),
        };
    }

    // What is no part of a template: protection against deletion, and the policy.
    private static (StackAction Action, string? Because) Settled(StackTemplate stack, ObservedStack? found)
    {
        var protection = found?.State.EnableTerminationProtection != stack.TerminationProtection;
        var policy = stack.StackPolicy is { } wanted && !IsSame(wanted, found?.Policy);
        return (protection, policy) switch
        {
            (false, false) => (StackAction.None, null),
            (true, false) => (StackAction.Update, stack.TerminationProtection ? "it is protected against deletion" : "it is no longer protected against deletion"),
            (false, true) => (StackAction.Update, "its stack policy is set"),
            _ => (StackAction.Update, "its protection and its stack policy are set"),
        };
    }

    private static bool IsSame(ImmutableArray<byte> wanted, string? policy)
    {
        try
        {
            var reader = new Utf8JsonReader(wanted.AsSpan());
            var mine = JsonElement.ParseValue(ref reader);
            var other = new Utf8JsonReader(Encoding.UTF8.GetBytes(policy ?? "null"));
            return JsonElement.DeepEquals(mine, JsonElement.ParseValue(ref other));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ImmutableArray<PlannedChange> Changes(
        StackTemplate stack, ObservedStack? found, StackAction action, StackArguments arguments, TemplateContent before, TemplateContent after) => action switch
        {
            StackAction.None => [],
            StackAction.Update when found?.ChangeSet is { } changeSet => [.. changeSet.Changes.Select(ChangeSetReading.Read)],
            StackAction.Update when found?.Unasked is not null => TemplateDifference.Of(before, after),
            StackAction.Update => [],
            StackAction.Recover when found?.ChangeSet is { } changeSet => [.. changeSet.Changes.Select(ChangeSetReading.Read)],
            StackAction.Recover or StackAction.Attach when found?.Template is not null => TemplateDifference.Of(before, after),
            _ => [.. stack.Template.Resources.Where(resource => IsMade(resource, stack, arguments)).Select(resource => new PlannedChange(ChangeAction.Add, resource.LogicalId, resource.Properties.Type))],
        };

    private static bool IsMade(Resource resource, StackTemplate stack, StackArguments arguments)
    {
        if (resource.Condition is null || stack.Template.Conditions.FirstOrDefault(condition => condition.Name == resource.Condition) is not { } condition)
        {
            return true;
        }

        var given = arguments.Known.FirstOrDefault(argument => argument.ParameterKey == condition.Parameter)?.ParameterValue
            ?? stack.Template.Parameters.FirstOrDefault(parameter => parameter.Name == condition.Parameter)?.Default;
        return !string.IsNullOrEmpty(given) || arguments.Unknown.Contains(condition.Parameter);
    }

    private static ImmutableSortedDictionary<string, string> Passed(StackTemplate stack, StackArguments arguments)
    {
        var late = stack.Parameters.Where(parameter => arguments.Unknown.Contains(parameter.Name)).Select(parameter =>
            KeyValuePair.Create(parameter.Name, parameter.Value is ParameterValue.Late source ? $"(known after {source.Source.Stack})" : "(known later)"));
        return arguments.Known.Where(argument => argument.ParameterValue is not null)
            .Select(argument => KeyValuePair.Create(argument.ParameterKey, argument.ParameterValue ?? ""))
            .Concat(late)
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
