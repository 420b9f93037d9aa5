using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Aws;

namespace Platform.Deploy.Apply;

/// <summary>What was deployed last.</summary>
internal sealed record DeployRecord
{
    /// <summary>Id of the run.</summary>
    public string Run { get; init; } = "";

    /// <summary>ARN of who did it.</summary>
    public string Who { get; init; } = "";

    public DateTimeOffset Time { get; init; }

    /// <summary>Of the plan.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>First digits of the templates' hashes by the short names of the stacks; absent where they are too many for one parameter.</summary>
    public ImmutableSortedDictionary<string, string>? Stacks { get; init; }

    /// <summary>Digests by resource; absent where they are too many for one parameter.</summary>
    public ImmutableSortedDictionary<string, string>? Images { get; init; }
}

/// <summary>Keeps the record of an environment's last deployment in a parameter of Systems Manager.</summary>
internal sealed class DeployRecords(SsmClient ssm)
{
    // What a standard parameter holds.
    private const int MostCharacters = 4_096;
    private const int HashDigits = 12;

    public async Task WriteAsync(DeployWork work, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var record = new DeployRecord
        {
            Run = work.Holder.Run,
            Who = work.Holder.Who,
            Time = now,
            Fingerprint = work.Plan.Fingerprint,
            Stacks = work.Plan.Stacks.Where(stack => stack.TemplateHash.Length > 0)
                .ToImmutableSortedDictionary(stack => stack.ShortName, stack => stack.TemplateHash[..Math.Min(HashDigits, stack.TemplateHash.Length)], StringComparer.Ordinal),
            Images = work.ImageDigests?.Invoke() ?? work.Plan.Images.Where(image => image.Digest is not null).ToImmutableSortedDictionary(image => image.Resource, image => image.Digest ?? "", StringComparer.Ordinal),
        };
        var text = Text(record);
        text = text.Length <= MostCharacters ? text : Text(record with { Stacks = null });
        text = text.Length <= MostCharacters ? text : Text(record with { Stacks = null, Images = null });
        await ssm.PutParameterAsync(work.Model.Names.DeployRecord, text, cancellationToken);
    }

    /// <returns>Null where it is none.</returns>
    public static DeployRecord? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, DeployRecordJson.Default.DeployRecord) is { Run.Length: > 0 } record ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(DeployRecord record) => JsonSerializer.Serialize(record, DeployRecordJson.Default.DeployRecord);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeployRecord))]
internal sealed partial class DeployRecordJson : JsonSerializerContext;
