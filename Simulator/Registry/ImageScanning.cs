using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Faults;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Registry;

/// <summary>The scan of images after their push: what a scan finds, and when it has ended.</summary>
internal sealed class ImageScanning(SimulatedAccount account) : ITimed
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    public DateTimeOffset? NextDue => account.Resources.All(ImageStore.Type).Where(IsScanned).Select(image => (DateTimeOffset?)EndOf(image)).Where(end => end > account.Now).Min();

    // A scan is a matter of the clock alone.
    public void Advance(DateTimeOffset due)
    {
    }

    /// <summary>Null: the image is not scanned.</summary>
    public JsonObject? StatusOf(CloudResource image) => !IsScanned(image) ? null
        : IsOver(image) ? new JsonObject { ["status"] = "COMPLETE", ["description"] = "The scan was completed successfully." }
        : new JsonObject { ["status"] = "IN_PROGRESS", ["description"] = "The scan is in progress." };

    /// <summary>Null: there are none yet.</summary>
    public JsonObject? SummaryOf(CloudResource image) => IsScanned(image) && IsOver(image)
        ? new JsonObject { ["imageScanCompletedAt"] = AwsJson.Time(EndOf(image)), ["findingSeverityCounts"] = Counts() }
        : null;

    private static DateTimeOffset EndOf(CloudResource image) => image.CreatedAt + Duration;

    private bool IsOver(CloudResource image) => EndOf(image) <= account.Now;

    // Images of one platform, where the repository asks for it. Indexes and what is said about images are not scanned.
    private bool IsScanned(CloudResource image) =>
        image.Text("IsIndex") != "true" && image.Text("Subject") is null
        && ImageStore.FindRepository(account, image.Text("RepositoryName") ?? "")?.Properties["ImageScanningConfiguration"]?["ScanOnPush"]?.ToString() == "true";

    private JsonObject Counts()
    {
        var counts = new JsonObject();
        foreach (var rule in account.Faults.Of<FaultRule.Scan>())
        {
            counts[rule.Severity.ToUpperInvariant()] = rule.Count;
        }

        return counts;
    }
}
