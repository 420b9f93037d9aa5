namespace Platform.Simulator.Accounts;

/// <summary>All resources of an account, in the order of type and id.</summary>
internal sealed class ResourceStore
{
    private readonly List<CloudResource> _stillIndexed = [];
    private readonly Dictionary<string, SortedDictionary<string, CloudResource>> _byType = new(StringComparer.Ordinal);

    public CloudResource? Find(string type, string id) => _byType.TryGetValue(type, out var all) ? all.GetValueOrDefault(id) : null;

    public CloudResource? ByArn(string arn) => All().FirstOrDefault(resource => resource.Arn == arn);

    public IEnumerable<CloudResource> All(string type) => _byType.TryGetValue(type, out var all) ? [.. all.Values] : [];

    public IEnumerable<CloudResource> All() => _byType.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Values);

    /// <exception cref="InvalidOperationException">There is one of this type and id.</exception>
    public void Add(CloudResource resource)
    {
        if (Find(resource.Type, resource.Id) is not null)
        {
            throw new InvalidOperationException($"{resource.Type} {resource.Id} exists.");
        }

        Put(resource);
    }

    /// <summary>Adds it, or puts it in the place of the one with its type and id.</summary>
    public void Put(CloudResource resource)
    {
        if (!_byType.TryGetValue(resource.Type, out var all))
        {
            _byType[resource.Type] = all = new SortedDictionary<string, CloudResource>(StringComparer.Ordinal);
        }

        all[resource.Id] = resource;
    }

    /// <summary>Gateways and endpoints that are gone, which AWS's index of tags goes on showing for some time; here for as long as the process lives.</summary>
    public IReadOnlyList<CloudResource> StillIndexed => _stillIndexed;

    /// <returns>Whether it was there.</returns>
    public bool Remove(string type, string id)
    {
        if (!_byType.TryGetValue(type, out var all) || !all.TryGetValue(id, out var removed))
        {
            return false;
        }

        all.Remove(id);
        if (type is "AWS::EC2::NatGateway" or "AWS::EC2::VPCEndpoint")
        {
            _stillIndexed.Add(removed);
        }

        return true;
    }
}
