using Platform.Deploy.Model;
using Platform.Deploy.Tests.KubernetesObjects;

namespace Platform.Deploy.Tests.Security;

/// <summary>Every rule of the benchmarks over everything that is rendered for a good choice of models, with one file of exceptions.</summary>
public sealed class SecurityTests
{
    private static readonly IReadOnlyList<SecurityRule> Rules = [.. KubernetesRules.All];

    private static readonly IReadOnlyList<DeploymentModel> Models = [.. Variants.Secure.Values, .. Binding.ScenarioTests.Valid()];

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
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

        var expired = SecurityException.All.Where(exception => exception.ExpiryDate < today);

        Assert.Equal([], expired.Select(exception => $"{exception.Rule} {exception.Resource} {exception.Expires}"));
    }

    private static IEnumerable<(SecurityFinding Finding, string Profile)> Findings(string id) =>
        from rule in Rules
        where rule.Ids.Contains(id)
        from model in Models
        from finding in rule.Check(model)
        select (finding, model.Settings.Profile.ToString());
}
