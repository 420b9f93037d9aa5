using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Platform.Deploy.Planning;

/// <summary>Who may do more or less after a deployment, from the policies of the templates before and after.</summary>
internal static class AccessChanges
{
    private const int MostActions = 8;

    // Of the bootstrap stack: it allows nothing, but says what roles may be allowed at most.
    private const string Boundary = "Boundary";

    public static ImmutableArray<AccessChange> Of(ImmutableArray<StackComparison> comparisons) =>
    [
        .. comparisons.Where(comparison => comparison.Plan.Action is not (StackAction.None or StackAction.WithRollout)).SelectMany(Of),
    ];

    private static IEnumerable<AccessChange> Of(StackComparison comparison)
    {
        var ids = comparison.Before.Resources.Keys.Union(comparison.After.Resources.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return ids.SelectMany(id => OfResource(comparison, comparison.Before.Resources.GetValueOrDefault(id), comparison.After.Resources.GetValueOrDefault(id)));
    }

    private static IEnumerable<AccessChange> OfResource(StackComparison comparison, TemplateResource? before, TemplateResource? after)
    {
        var resource = after ?? before ?? throw new System.Diagnostics.UnreachableException();
        var (left, right) = (comparison.BeforeParameters, comparison.Plan.Parameters);
        var where = $"{comparison.Plan.Name}: {resource.LogicalId}";
        return resource.Type switch
        {
            "AWS::IAM::Role" when before is null => [Made($"role {Name(resource, "RoleName", right)}", where, resource, right)],
            "AWS::IAM::ManagedPolicy" when resource.LogicalId == Boundary && before is null => [],
            "AWS::IAM::ManagedPolicy" when resource.LogicalId == Boundary =>
                OfDocuments("any role within the boundary", where, before?.Property("PolicyDocument"), after?.Property("PolicyDocument"), left, right),
            "AWS::IAM::Role" => OfRole($"role {Name(resource, "RoleName", right)}", where, before, after, left, right),
            "AWS::IAM::ManagedPolicy" => OfDocuments($"whoever has the policy {Name(resource, "ManagedPolicyName", right)}", where, before?.Property("PolicyDocument"), after?.Property("PolicyDocument"), left, right),
            "AWS::EKS::AccessEntry" => OfEntry(where, before, after, left, right),
            _ => [],
        };
    }

    // Of a role that is new everything is new, so that a summary tells more.
    private static AccessChange Made(string who, string where, TemplateResource role, IReadOnlyDictionary<string, string> parameters)
    {
        var trusts = PolicyReading.Of(role.Property("AssumeRolePolicyDocument"), parameters).Where(trust => trust.Action != "sts:TagSession")
            .Select(trust => trust.Condition.Length == 0 || trust.Principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? trust.Principal : $"{trust.Principal} where {trust.Condition}")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var grants = Inline(role, parameters);
        var allowed = grants.Where(grant => !grant.IsDenial).Select(grant => grant.Action).Distinct(StringComparer.Ordinal).ToList();
        var policies = Managed(role, parameters).Select(policy => policy.Split('/')[^1]).ToList();
        string[] sentences =
        [
            $"is new, for {string.Join(", ", trusts)}",
            .. allowed.Count == 0 ? [] : new[] { $"may {(allowed.Count <= MostActions ? string.Join(", ", allowed.Order(StringComparer.Ordinal)) : Counted(allowed))}{OnEverything(grants)}" },
            .. policies.Count == 0 ? [] : new[] { $"has {string.Join(", ", policies)}" },
        ];
        return new AccessChange(who, IsMore: true, string.Join("; ", sentences), where);
    }

    private static IEnumerable<AccessChange> OfRole(
        string who, string where, TemplateResource? before, TemplateResource? after, IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right)
    {
        var (trustedBefore, trustedAfter) = (PolicyReading.Of(before?.Property("AssumeRolePolicyDocument"), left), PolicyReading.Of(after?.Property("AssumeRolePolicyDocument"), right));
        foreach (var (isMore, trusts) in new[] { (true, trustedAfter.Except(trustedBefore)), (false, trustedBefore.Except(trustedAfter)) })
        {
            foreach (var trust in trusts.Where(trust => trust.Action != "sts:TagSession").DistinctBy(trust => (trust.Principal, trust.Condition)).OrderBy(trust => trust.Principal, StringComparer.Ordinal).ThenBy(trust => trust.Condition, StringComparer.Ordinal))
            {
                yield return new AccessChange(trust.Principal, isMore, $"{(isMore ? "may" : "may no longer")} become {who}{(trust.Condition.Length == 0 ? "" : $", where {trust.Condition}")}", where);
            }
        }

        foreach (var change in OfGrants(who, where, Inline(before, left), Inline(after, right)))
        {
            yield return change;
        }

        var (hadPolicies, hasPolicies) = (Managed(before, left), Managed(after, right));
        foreach (var policy in hasPolicies.Except(hadPolicies, StringComparer.Ordinal))
        {
            yield return new AccessChange(who, IsMore: true, $"gets the policy {policy}", where);
        }

        foreach (var policy in hadPolicies.Except(hasPolicies, StringComparer.Ordinal))
        {
            yield return new AccessChange(who, IsMore: false, $"loses the policy {policy}", where);
        }
    }

    private static IEnumerable<AccessChange> OfDocuments(
        string who, string where, JsonElement? before, JsonElement? after, IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        OfGrants(who, where, PolicyReading.Of(before, left), PolicyReading.Of(after, right));

    // What a person can judge: the actions of a change are named, those of a role that is made are counted by service.
    private static IEnumerable<AccessChange> OfGrants(string who, string where, ImmutableHashSet<Grant> before, ImmutableHashSet<Grant> after)
    {
        if (before.IsEmpty && after.Count > MostActions)
        {
            var allowed = after.Where(grant => !grant.IsDenial).Select(grant => grant.Action).Distinct(StringComparer.Ordinal).ToList();
            yield return new AccessChange(who, IsMore: true, $"may {Counted(allowed)}{OnEverything(after)}", where);
            yield break;
        }

        foreach (var (isAdded, grants) in new[] { (true, after.Except(before)), (false, before.Except(after)) })
        {
            foreach (var group in grants.GroupBy(grant => (grant.IsDenial, grant.Resource, grant.Condition)).OrderBy(group => group.Key.Resource, StringComparer.Ordinal).ThenBy(group => group.Key.Condition, StringComparer.Ordinal))
            {
                var isMore = isAdded != group.Key.IsDenial;
                var verb = (isAdded, group.Key.IsDenial) switch { (true, false) => "may", (false, false) => "may no longer", (true, true) => "is denied", _ => "is no longer denied" };
                var condition = group.Key.Condition.Length == 0 ? "" : $", where {group.Key.Condition}";
                yield return new AccessChange(who, isMore, $"{verb} {Listed([.. group.Select(grant => grant.Action)])} on {(group.Key.Resource == "*" ? "everything" : group.Key.Resource)}{condition}", where);
            }
        }
    }

    private static IEnumerable<AccessChange> OfEntry(
        string where, TemplateResource? before, TemplateResource? after, IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right)
    {
        var (had, has) = (Entry(before, left), Entry(after, right));
        foreach (var (who, what) in has.Except(had))
        {
            yield return new AccessChange(who, IsMore: true, $"may work in the cluster as {what}", where);
        }

        foreach (var (who, what) in had.Except(has))
        {
            yield return new AccessChange(who, IsMore: false, $"may no longer work in the cluster as {what}", where);
        }
    }

    private static IEnumerable<(string Who, string What)> Entry(TemplateResource? entry, IReadOnlyDictionary<string, string> parameters)
    {
        if (entry?.Property("PrincipalArn") is not { } principal)
        {
            return [];
        }

        var who = TemplateWords.Of(principal, parameters);
        var policies = entry.Items("AccessPolicies").Select(policy =>
            TemplateWords.Of(policy.GetProperty("PolicyArn"), parameters).Split('/')[^1] + (policy.TryGetProperty("AccessScope", out var scope) && scope.TryGetProperty("Namespaces", out var names) ? $" in {TemplateWords.Of(names, parameters)}" : ""));
        var groups = entry.Items("KubernetesGroups").Select(group => $"group {TemplateWords.Of(group, parameters)}");
        return policies.Concat(groups).Select(what => (who, what)).OrderBy(pair => pair.what, StringComparer.Ordinal);
    }

    private static ImmutableHashSet<Grant> Inline(TemplateResource? role, IReadOnlyDictionary<string, string> parameters) =>
        role is null ? [] : [.. role.Items("Policies").SelectMany(policy => PolicyReading.Of(policy.TryGetProperty("PolicyDocument", out var document) ? document : null, parameters))];

    private static ImmutableArray<string> Managed(TemplateResource? role, IReadOnlyDictionary<string, string> parameters) =>
        role is null ? [] : [.. TemplateWords.List(role.Property("ManagedPolicyArns"), parameters).Order(StringComparer.Ordinal)];

    private static string Name(TemplateResource resource, string property, IReadOnlyDictionary<string, string> parameters) =>
        resource.Property(property) is { } name ? TemplateWords.Of(name, parameters) : resource.LogicalId;

    private static string Listed(ImmutableArray<string> actions)
    {
        var all = actions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return all.Count <= MostActions ? string.Join(", ", all) : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", all.Take(MostActions))} and {all.Count - MostActions} more");
    }

    private static string Counted(IEnumerable<string> actions) => string.Join(
        ", ",
        actions.GroupBy(action => action.Split(':')[0], StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Count() == 1 ? group.First() : string.Create(CultureInfo.InvariantCulture, $"{group.Count()} actions of {group.Key}")));

    private static string OnEverything(ImmutableHashSet<Grant> grants) => grants.Any(grant => grant is { IsDenial: false, Resource: "*", Condition: "" }) ? ", some on everything" : "";
}
