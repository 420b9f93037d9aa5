namespace Platform.Hosting.ApplicationModel;

/// <summary>Walks through a value to the resources and endpoints that it is made of.</summary>
internal static class ValueReferences
{
    public static IReadOnlyCollection<IResource> ResourcesIn(object value) => [.. Walk(value).OfType<IResource>().Distinct()];

    public static IReadOnlyCollection<EndpointReference> EndpointsIn(object value) => [.. Walk(value).OfType<EndpointReference>()];

    // A connection string that refers to itself would not end; what was seen is not walked again.
    private static HashSet<object> Walk(object start)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>([start]);
        while (open.TryPop(out var value))
        {
            if (seen.Add(value) && value is IValueWithReferences composed)
            {
                foreach (var part in composed.References)
                {
                    open.Push(part);
                }
            }
        }

        return seen;
    }
}
