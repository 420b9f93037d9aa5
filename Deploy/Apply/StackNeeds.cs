using System.Collections.Immutable;
using Platform.Deploy.Infrastructure;

namespace Platform.Deploy.Apply;

/// <summary>Which stacks wait for which.</summary>
internal static class StackNeeds
{
    /// <summary>Short names of the stacks that have to be complete before it: whose values it imports or is given, and the roles that it is made with.</summary>
    public static ImmutableArray<string> Of(StackTemplate stack, ImmutableArray<StackTemplate> all) =>
        [.. all.Where(other => other != stack && (Uses(stack, other) || Rank(other) < Rank(stack))).Select(other => other.ShortName)];

    private static bool Uses(StackTemplate stack, StackTemplate other) => other.Exports.Overlaps(stack.Imports)
        || stack.Parameters.Any(parameter => parameter.Value is ParameterValue.Late late && late.Source.Stack == other.ShortName);

    private static int Rank(StackTemplate stack) => stack.Scope switch { StackScope.Account => 0, StackScope.Access => 1, _ => 2 };
}
