using System.Collections.Immutable;

namespace Platform.Simulator.Faults;

/// <summary>The rules of an account, and how often each was asked.</summary>
internal sealed class FaultBook
{
    private readonly List<(FaultRule Rule, int[] Calls)> _rules = [];

    public ImmutableArray<FaultRule> Rules => [.. _rules.Select(entry => entry.Rule)];

    public void Add(FaultRule rule) => _rules.Add((rule, [0]));

    public void Clear() => _rules.Clear();

    public IEnumerable<T> Of<T>()
        where T : FaultRule => _rules.Select(entry => entry.Rule).OfType<T>();

    /// <summary>The rule that stops CloudFormation with a resource; null: none.</summary>
    public FaultRule.Stack? Stack(string logicalId, StackFault fault) => Of<FaultRule.Stack>().FirstOrDefault(rule => rule.LogicalId == logicalId && rule.Fault == fault);

    /// <summary>Whether somebody changed it by hand.</summary>
    public bool IsDrifted(string logicalId) => Of<FaultRule.Drift>().Any(rule => rule.LogicalId == logicalId);

    /// <summary>How many an account may have, where a rule says so.</summary>
    public int? Quota(string name) => Of<FaultRule.Quota>().LastOrDefault(rule => rule.Name == name)?.Value;

    /// <summary>Counts a call, and says what happens to it.</summary>
    public ImmutableArray<CallFault> Count(string service, string operation)
    {
        var faults = ImmutableArray.CreateBuilder<CallFault>();
        foreach (var (rule, calls) in _rules)
        {
            if (rule is FaultRule.Call { Pattern: var pattern, Action: var action }
                && (pattern.Service == "*" || string.Equals(pattern.Service, service, StringComparison.OrdinalIgnoreCase))
                && (pattern.Operation == "*" || string.Equals(pattern.Operation, operation, StringComparison.OrdinalIgnoreCase)))
            {
                calls[0]++;
                if (calls[0] == pattern.First || (pattern.AndLater && calls[0] > pattern.First))
                {
                    faults.Add(action);
                }
            }
        }

        return faults.ToImmutable();
    }
}
