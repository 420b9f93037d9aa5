using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Validation;

/// <summary>Nobody waits for himself, over however many others; and no value is made of itself.</summary>
internal static class CycleRules
{
    public static IEnumerable<Problem> Check(DistributedApplicationModel model)
    {
        foreach (var cycle in Cycles(model.Resources, resource => resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource)))
        {
            yield return ModelProblems.WaitCycle(cycle);
        }

        // The URL of another resource needs its port, not its values: only connection strings are made of each other.
        foreach (var cycle in Cycles(model.Resources, resource => resource is IResourceWithConnectionString and not ParameterResource
            ? DirectParts(resource).OfType<IResourceWithConnectionString>()
            : []))
        {
            yield return ModelProblems.ValueCycle(cycle);
        }
    }

    private static IEnumerable<object> DirectParts(IResource resource) =>
        ((IResourceWithConnectionString)resource).ConnectionStringExpression.ValueProviders
            .Select(part => part is ConnectionStringReference reference ? reference.Resource : (object)part);

    private static List<List<string>> Cycles(IEnumerable<IResource> resources, Func<IResource, IEnumerable<IResource>> next)
    {
        var found = new List<List<string>>();
        var done = new HashSet<IResource>();
        var path = new List<IResource>();
        foreach (var resource in resources)
        {
            Visit(resource);
        }

        return found;

        void Visit(IResource resource)
        {
            var start = path.IndexOf(resource);
            if (start >= 0)
            {
                found.Add([.. path[start..].Append(resource).Select(member => member.Name)]);
                return;
            }

            if (!done.Contains(resource))
            {
                path.Add(resource);
                foreach (var other in next(resource))
                {
                    Visit(other);
                }

                path.RemoveAt(path.Count - 1);
                _ = done.Add(resource);
            }
        }
    }
}
