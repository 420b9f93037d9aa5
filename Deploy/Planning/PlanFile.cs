using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>A plan as a file: <c>plan --output-file</c> writes it, <c>deploy --plan</c> carries out that and nothing else.</summary>
internal static class PlanFile
{
    private const string VersionMember = "version";
    private const string FingerprintMember = "fingerprint";

    // A plan has no markup to be careful of, and people read it.
    private static readonly JsonWriterOptions Form = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Plan plan)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Form))
        {
            WriteTo(json, plan);
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>The plan as one JSON object.</summary>
    public static void WriteTo(Utf8JsonWriter json, Plan plan) => JsonSerializer.Serialize(json, plan, PlanJson.Default.Plan);

    /// <param name="path">As the user wrote it, for the message.</param>
    /// <param name="content">Of the file.</param>
    /// <exception cref="DeployException">It is no plan, of another version, or was edited.</exception>
    public static Plan Read(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            var reader = new Utf8JsonReader(content);
            var root = JsonElement.ParseValue(ref reader);
            var version = root.ValueKind == JsonValueKind.Object && root.TryGetProperty(VersionMember, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var found) ? found : 0;
            if (version is not 0 and not Plan.CurrentVersion)
            {
                throw new DeployException(PlanProblems.FileOfAnotherVersion(path, version, Plan.CurrentVersion));
            }

            var plan = version == 0 ? null : root.Deserialize(PlanJson.Default.Plan);
            return plan is null
                ? throw new DeployException(PlanProblems.FileUnreadable(path, "It has no version."))
                : root.TryGetProperty(FingerprintMember, out var fingerprint) && fingerprint.GetString() == plan.Fingerprint
                    ? plan
                    : throw new DeployException(PlanProblems.FileUnreadable(path, "It was edited: its fingerprint is another one."));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new DeployException([PlanProblems.FileUnreadable(path, broken.Message)], broken);
        }
    }

    /// <summary>Whether a plan that was written still holds: problems, where it does not.</summary>
    /// <param name="path">As the user wrote it.</param>
    /// <param name="written">Of the file.</param>
    /// <param name="now">Made this moment for what was asked for.</param>
    public static IEnumerable<Problem> Compare(string path, Plan written, Plan now)
    {
        if (Of(written) != Of(now))
        {
            yield return PlanProblems.FileOfAnotherEnvironment(path, Of(written), Of(now));
        }
        else if (written.Fingerprint != now.Fingerprint)
        {
            yield return PlanProblems.Outdated(path, Fingerprint.Differences(written.Facts, now.Facts));
        }
    }

    private static string Of(Plan plan) => $"{plan.Application}-{plan.Environment} in account {plan.Account}, {plan.Region}{(plan.Simulated ? " (simulated)" : "")}";
}
