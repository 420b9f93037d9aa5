using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>Where a resource comes from.</summary>
internal sealed record ResourceOrigin(string StackId, string StackName, string LogicalId);

/// <summary>One resource that something is done to.</summary>
/// <param name="Resource">Null before it is there.</param>
internal sealed record ResourceWork(SimulatedAccount Account, Aftermath Aftermath, ResourceOrigin Origin, JsonObject Properties, CloudResource? Resource)
{
    public ResourceStore Store => Account.Resources;

    /// <summary>What is made for it gets its identifier from this.</summary>
    public string Purpose => $"{Origin.StackName}/{Origin.LogicalId}";

    /// <summary>Of the resource, which is there.</summary>
    public string Id => Resource?.Id ?? throw new InvalidOperationException($"{Purpose} is not there yet.");

    public string? Text(string path) => Properties.At(path).AsScalar();

    public string Text(string path, string otherwise) => Text(path) ?? otherwise;

    public ImmutableArray<string> Texts(string path) => [.. Properties.At(path).AsTexts()];

    /// <summary><c>vpc-0123456789abcdef0</c>.</summary>
    public string Ec2Id(string prefix) => $"{prefix}-{Account.Ids.Hex(17, $"{Purpose}/{prefix}")}";

    /// <summary>The name that the template gives, or one that CloudFormation makes: <c>shop-network-FlowLogBucket-1ABCD2EFGH3I</c>.</summary>
    public string NameOr(string property, int most)
    {
        if (Text(property) is { } given)
        {
            return given;
        }

        var ending = Account.Ids.Word(12, $"{Purpose}/name");
        var start = $"{Origin.StackName}-{Origin.LogicalId}";
        return $"{start[..Math.Min(start.Length, most - ending.Length - 1)]}-{ending}";
    }

    /// <summary>Puts attributes to those that the resource has.</summary>
    public void Know(JsonObject attributes)
    {
        if (Resource is null || Store.Find(Resource.Type, Resource.Id) is not { } known)
        {
            return;
        }

        var all = (JsonObject)known.Attributes.DeepClone();
        foreach (var (name, value) in attributes)
        {
            all[name] = value?.DeepClone();
        }

        Store.Put(known with { Attributes = all });
    }

    /// <summary>Adds something that no template names.</summary>
    public CloudResource Plant(CloudResource resource)
    {
        var made = resource with { CreatedAt = Account.Now };
        Store.Put(made);
        return made;
    }
}
