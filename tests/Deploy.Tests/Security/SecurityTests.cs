using Platform.Deploy.Model;
using ObjectVariants = Platform.Deploy.Tests.KubernetesObjects.Variants;
using TemplateVariants = Platform.Deploy.Tests.Infrastructure.Variants;

namespace Platform.Deploy.Tests.Security;

/// <summary>Every rule of the benchmarks over everything that is rendered for a good choice of models, with one file of exceptions.</summary>
public sealed class SecurityTests
{
    private static readonly IReadOnlyList<SecurityRule> OfObjects = [.. KubernetesRules.All];

    private static readonly IReadOnlyList<SecurityRule> OfTemplates = [.. TemplateRules.All];

    private static readonly IReadOnlyList<SecurityRule> Rules = [.. OfObjects, .. OfTemplates];

    private static readonly IReadOnlyList<DeploymentModel> Scenarios = [.. Binding.ScenarioTests.Valid()];

    // The day of the last review of the exceptions. It stands here, rather than the clock, so that a test does not fail by itself: the next review moves
    // it on, and renews or removes what has expired until then.
    private static readonly DateOnly Reviewed = new(2026, 11, 25);

    public static TheoryData<string> RuleIds => [.. Rules.SelectMany(rule => rule.Ids).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void A_rule_holds_or_has_an_exception(string id)
    {
        var open = Findings(id).Where(found => !SecurityException.All.Any(exception => exception.Covers(id, found.Finding.Resource, found.Profile)));

        Assert.Equal([], open.Select(found => $"{found.Profile} {found.Finding.Resource}: {found.Finding.What}").Distinct());
    }

    [Fact]
    public void A_rule_is_checked_in_one_place()
    {
        var twice = Rules.SelectMany(rule => rule.Ids).GroupBy(id => id).Where(same => same.Count() > 1).Select(same => same.Key);

        Assert.Empty(twice);
    }

    [Fact]
    public void An_exception_is_needed_and_has_a_reason()
    {
        var superfluous = SecurityException.All.Where(exception =>
            exception.Reason.Length < 20 || !Findings(exception.Rule).Any(found => exception.Covers(exception.Rule, found.Finding.Resource, found.Profile)));

        Assert.Equal([], superfluous.Select(exception => $"{exception.Rule} {exception.Resource}"));
    }

    [Fact]
    public void An_exception_has_not_expired()
    {
        var expired = SecurityException.All.Where(exception => exception.ExpiryDate < Reviewed);

        Assert.Equal([], expired.Select(exception => $"{exception.Rule} {exception.Resource} {exception.Expires}"));
    }

    private static IEnumerable<(SecurityFinding Finding, string Profile)> Findings(string id) =>
    [
        .. Findings(id, OfObjects, [.. ObjectVariants.Secure.Values, .. Scenarios]),
        .. Findings(id, OfTemplates, [.. TemplateVariants.Secure, .. Scenarios]),
    ];

    private static IEnumerable<(SecurityFinding Finding, string Profile)> Findings(string id, IReadOnlyList<SecurityRule> rules, IReadOnlyList<DeploymentModel> models) =>
        from rule in rules
        where rule.Ids.Contains(id)
        from model in models
        from finding in rule.Check(model)
        select (finding, model.Settings.Profile.ToString());
}
