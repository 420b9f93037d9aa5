using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>Makes, changes and deletes resources, as CloudFormation asks for it.</summary>
internal sealed class ResourceActions(SimulatedAccount account, Aftermath aftermath)
{
    private ResourceStore Store => account.Resources;

    /// <returns>The resource, being made; or why it is not.</returns>
    public (CloudResource? Resource, Refusal? Refusal) Begin(string typeName, ResourceOrigin origin, JsonObject properties, IReadOnlyDictionary<string, string> stackTags)
    {
        var type = ResourceTypes.Get(typeName);
        var work = new ResourceWork(account, aftermath, origin, properties, null);
        if (type.Required.FirstOrDefault(name => properties.At(name) is null) is { } missing)
        {
            return (null, Refusal.Final($"Model validation failed (#: required key [{missing}] not found)"));
        }

        if (type.RefusesCreation(work) is { } refusal)
        {
            return (null, refusal);
        }

        var id = type.Id(work);
        if (Store.Find(typeName, id) is not null)
        {
            return (null, new Refusal($"Resource of type '{typeName}' with identifier '{id}' already exists.", "AlreadyExists", IsPassing: false));
        }

        var resource = new CloudResource
        {
            Type = typeName,
            Id = id,
            Properties = (JsonObject)properties.DeepClone(),
            Tags = ResourceTags.Of(type, origin, properties, stackTags),
            CreatedAt = account.Now,
            StackId = origin.StackId,
            LogicalId = origin.LogicalId,
            State = type.States.Making,
        };
        var made = work with { Resource = resource };
        resource = resource with { Arn = type.Arn(made) };
        made = made with { Resource = resource };
        resource = resource with { Attributes = type.Attributes(made) };
        Store.Add(resource);
        type.OnBegun(made with { Resource = resource });
        return (resource, null);
    }

    public TimeSpan? CreationTime(CloudResource resource)
    {
        var type = ResourceTypes.Get(resource.Type);
        return type.CreationTime is { } special ? special(Work(resource)) : type.Times.Create;
    }

    /// <summary>Something that is there already becomes part of a stack.</summary>
    public void Adopt(CloudResource resource, ResourceOrigin origin, IReadOnlyDictionary<string, string> stackTags) => Store.Put(resource with
    {
        StackId = origin.StackId,
        LogicalId = origin.LogicalId,
        Tags = resource.Tags.SetItems(ResourceTags.Of(ResourceTypes.Get(resource.Type), origin, resource.Properties, stackTags)),
    });

    public void Ready(string typeName, string id)
    {
        if (Store.Find(typeName, id) is { } resource)
        {
            var type = ResourceTypes.Get(typeName);
            Store.Put(resource = resource with { State = type.States.Ready });
            type.OnReady(Work(resource));
        }
    }

    public void Change(string typeName, string id, ResourceOrigin origin, JsonObject properties, IReadOnlyDictionary<string, string> stackTags)
    {
        if (Store.Find(typeName, id) is { } resource)
        {
            var type = ResourceTypes.Get(typeName);
            Store.Put(resource = resource with
            {
                Properties = (JsonObject)properties.DeepClone(),
                Tags = ResourceTags.Of(type, origin, properties, stackTags),
                State = type.States.Changing,
            });
            type.OnChanged(Work(resource));
        }
    }

    /// <summary>A change is over.</summary>
    public void Changed(string typeName, string id)
    {
        if (Store.Find(typeName, id) is { } resource)
        {
            var type = ResourceTypes.Get(typeName);
            Store.Put(resource = resource with { State = type.States.Ready });
            type.OnSettled(Work(resource));
        }
    }

    /// <returns>Null where it can be deleted, or is not there.</returns>
    public Refusal? RefusesDeletion(string typeName, string id) =>
        Store.Find(typeName, id) is { } resource ? ResourceTypes.Get(typeName).RefusesDeletion(Work(resource)) : null;

    public void Going(string typeName, string id)
    {
        if (Store.Find(typeName, id) is { } resource)
        {
            Store.Put(resource with { State = ResourceTypes.Get(typeName).States.Going });
        }
    }

    /// <summary>It stays: nothing in the way of it was taken away.</summary>
    public void Stays(string typeName, string id) => Changed(typeName, id);

    public void Delete(string typeName, string id)
    {
        if (Store.Find(typeName, id) is { } resource)
        {
            Store.Remove(typeName, id);
            ResourceTypes.Get(typeName).OnGone(Work(resource));
        }
    }

    private ResourceWork Work(CloudResource resource) =>
        new(account, aftermath, new ResourceOrigin(resource.StackId ?? "", NameOf(resource.StackId), resource.LogicalId ?? ""), resource.Properties, resource);

    // arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID
    private static string NameOf(string? stackId) => stackId?.Split('/') is [_, var name, ..] ? name : "";
}
