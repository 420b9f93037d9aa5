using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>What happens some time after a resource is gone: a dying cluster writes its log group anew; a key that waited for its deletion goes.</summary>
internal sealed class Aftermath(SimulatedAccount account) : ITimed, IKept
{
    private readonly SortedSet<(DateTimeOffset Due, string Kind, string Name)> _coming = [];

    public string Name => "aftermath";

    public DateTimeOffset? NextDue => _coming.Count == 0 ? null : _coming.Min.Due;

    /// <summary>EKS writes to it once more, and makes it where it is not there.</summary>
    public void LogGroupReturns(string name, TimeSpan after) => _coming.Add((account.Now + after, "log-group", name));

    public void KeyGoes(string id, TimeSpan after) => _coming.Add((account.Now + after, "key", id));

    public void Advance(DateTimeOffset now)
    {
        while (_coming.Count > 0 && _coming.Min is var next && next.Due <= now)
        {
            _coming.Remove(next);
            if (next.Kind == "key")
            {
                account.Resources.Remove(KeyTypes.Key, next.Name);
            }
            else if (account.Resources.Find(StorageTypes.LogGroup, next.Name) is null)
            {
                account.Resources.Add(StorageTypes.LogGroupOfService(account, next.Name));
            }
        }
    }

    public JsonNode Save() => new JsonArray([.. _coming.Select(item => new JsonObject { ["due"] = item.Due, ["kind"] = item.Kind, ["name"] = item.Name })]);

    public void Load(JsonNode saved)
    {
        foreach (var item in saved.AsArray())
        {
            _coming.Add((item?["due"].Deserialize<DateTimeOffset>() ?? default, item.At("kind").AsScalar() ?? "", item.At("name").AsScalar() ?? ""));
        }
    }
}
