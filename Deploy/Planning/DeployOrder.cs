using Platform.Deploy.Infrastructure;

namespace Platform.Deploy.Planning;

/// <summary>Which stacks a deployment of the infrastructure makes.</summary>
internal static class DeployOrder
{
    /// <summary>False for stacks that need nodes or load balancers: they come when the cluster gets its objects.</summary>
    /// <param name="shortName">Such as <c>addons-2</c>.</param>
    public static bool IsPartOf(string shortName) => !IsOf(shortName, AddonsStack.ShortName) && !IsOf(shortName, OperationsStack.ShortName);

    /// <summary>Whether images wait for a stack: it makes their repositories, those of copies too, or it is what these are made with.</summary>
    public static bool IsBeforeImages(StackTemplate stack) => stack.Scope != StackScope.Environment || IsOf(stack.ShortName, MirrorStack.ShortName);

    private static bool IsOf(string shortName, string first) => shortName == first || shortName.StartsWith(first + "-", StringComparison.Ordinal);
}
