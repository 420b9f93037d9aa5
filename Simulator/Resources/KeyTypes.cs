using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Resources;

/// <summary>KMS.</summary>
internal static class KeyTypes
{
    public const string Key = "AWS::KMS::Key";

    private const int DaysOfDeletion = 30;

    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = Key,
            Id = work => work.Account.Ids.Guid($"{work.Purpose}/key"),
            Arn = work => work.Account.Arn("kms", $"key/{work.Id}"),
            AttributeNames = ["Arn", "KeyId"],
            Attributes = work => new JsonObject { ["Arn"] = work.Resource?.Arn, ["KeyId"] = work.Id },
            CreateOnly = ["KeySpec", "KeyUsage", "MultiRegion", "Origin"],
            Times = TypeTimes.Seconds(12, 8, 4),
            States = new TypeStates("Creating", "Enabled", "Enabled", "PendingDeletion"),
            OnGone = WaitForDeletion,
        },
        new()
        {
            Name = "AWS::KMS::Alias",
            Id = work => work.Text("AliasName", ""),
            Arn = work => work.Account.Arn("kms", work.Id),
            AttributeNames = ["Id", "TargetKeyId"],
            Attributes = work => new JsonObject { ["Id"] = work.Id, ["TargetKeyId"] = work.Text("TargetKeyId") },
            Required = ["AliasName", "TargetKeyId"],
            CreateOnly = ["AliasName"],
            IsTagged = false,
            Times = TypeTimes.Seconds(6, 6, 3),
        },
    ];

    // A key is there for days after its deletion, with its tags.
    private static void WaitForDeletion(ResourceWork work)
    {
        if (work.Resource is not { } key)
        {
            return;
        }

        var days = TimeSpan.FromDays(work.Properties["PendingWindowInDays"].AsNumber() ?? DaysOfDeletion);
        var attributes = (JsonObject)key.Attributes.DeepClone();
        attributes["DeletionDate"] = (work.Account.Now + days).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        work.Store.Put(key with { State = "PendingDeletion", Attributes = attributes, StackId = null, LogicalId = null });
        work.Aftermath.KeyGoes(key.Id, days);
    }
}
