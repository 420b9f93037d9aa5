using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Model;

namespace Platform.Deploy.Aws;

/// <summary>Secrets Manager, to write and to look for: no call here reads a value back.</summary>
internal sealed class SecretsManagerClient(AwsConnection connection)
{
    private static readonly JsonSerializerOptions Options = AwsJson.Options(SecretsManagerJson.Default);

    private readonly JsonProtocol _json = new(connection, AwsApi.SecretsManager, Options);

    /// <returns>Null where there is no such secret.</returns>
    public Task<SecretDescription?> DescribeSecretAsync(string secretId, CancellationToken cancellationToken) =>
        _json.CallAsync<SecretRequest, SecretDescription>("DescribeSecret", new SecretRequest(secretId), cancellationToken).OrNullAsync();

    /// <param name="namePrefix">How the names begin, such as <c>shop/production/</c>.</param>
    public IAsyncEnumerable<SecretDescription> ListSecretsAsync(string namePrefix, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var request = new ListSecretsRequest([new SecretFilter("name", [namePrefix])], token);
                var page = await _json.CallAsync<ListSecretsRequest, ListSecretsResponse>("ListSecrets", request, cancellationToken);
                return new Page<SecretDescription>(page.SecretList, page.NextToken);
            },
            cancellationToken);

    public Task<SecretVersion> CreateSecretAsync(CreateSecretRequest request, CancellationToken cancellationToken) =>
        _json.CallAsync<CreateSecretRequest, SecretVersion>("CreateSecret", request, cancellationToken);

    public Task<SecretVersion> PutSecretValueAsync(PutSecretValueRequest request, CancellationToken cancellationToken) =>
        _json.CallAsync<PutSecretValueRequest, SecretVersion>("PutSecretValue", request, cancellationToken);

    /// <summary>It can be restored within the window; until then its name is taken.</summary>
    /// <returns>Whether it was there.</returns>
    public Task<bool> DeleteSecretAsync(string secretId, SecretDeletion deletion, CancellationToken cancellationToken) =>
        _json.CallAsync<DeleteSecretRequest, SecretVersion>(
            "DeleteSecret",
            deletion.Days is { } days ? new DeleteSecretRequest(secretId, days, null) : new DeleteSecretRequest(secretId, null, true),
            cancellationToken).OrFalseAsync();

    /// <summary>Takes a deletion back.</summary>
    public Task RestoreSecretAsync(string secretId, CancellationToken cancellationToken) =>
        _json.CallAsync<SecretRequest, SecretVersion>("RestoreSecret", new SecretRequest(secretId), cancellationToken);
}

/// <param name="Days">7 to 30 for a window to restore it in; null: at once and for good.</param>
internal sealed record SecretDeletion(int? Days)
{
    public static SecretDeletion ForGood { get; } = new(Days: null);
}

/// <summary>CreateSecret.</summary>
/// <param name="ClientRequestToken">32 to 64 characters; becomes the id of the version.</param>
/// <param name="KmsKeyId">Null: the account's own key.</param>
internal sealed record CreateSecretRequest(string Name, SecretText SecretString, string ClientRequestToken, string? Description, string? KmsKeyId, IReadOnlyList<AwsTag>? Tags);

/// <summary>PutSecretValue: a new version, which everybody reads from then on.</summary>
/// <param name="ClientRequestToken">32 to 64 characters; becomes the id of the version.</param>
internal sealed record PutSecretValueRequest(string SecretId, SecretText SecretString, string ClientRequestToken);

internal sealed record SecretRequest(string SecretId);

internal sealed record DeleteSecretRequest(string SecretId, int? RecoveryWindowInDays, bool? ForceDeleteWithoutRecovery);

internal sealed record ListSecretsRequest(IReadOnlyList<SecretFilter> Filters, string? NextToken);

internal sealed record SecretFilter(string Key, IReadOnlyList<string> Values);

internal sealed record ListSecretsResponse
{
    public IReadOnlyList<SecretDescription> SecretList { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record SecretVersion
{
    public string ARN { get; set; } = "";

    public string Name { get; set; } = "";

    public string? VersionId { get; set; }
}

internal sealed record SecretDescription
{
    public string ARN { get; set; } = "";

    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public string? KmsKeyId { get; set; }

    public DateTimeOffset? CreatedDate { get; set; }

    public DateTimeOffset? LastChangedDate { get; set; }

    /// <summary>When it was deleted; null for one that is there.</summary>
    public DateTimeOffset? DeletedDate { get; set; }

    public IReadOnlyList<AwsTag> Tags { get; set; } = [];
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSecondsConverter), typeof(SecretTextConverter)])]
[JsonSerializable(typeof(SecretRequest))]
[JsonSerializable(typeof(SecretDescription))]
[JsonSerializable(typeof(ListSecretsRequest))]
[JsonSerializable(typeof(ListSecretsResponse))]
[JsonSerializable(typeof(CreateSecretRequest))]
[JsonSerializable(typeof(PutSecretValueRequest))]
[JsonSerializable(typeof(DeleteSecretRequest))]
[JsonSerializable(typeof(SecretVersion))]
internal sealed partial class SecretsManagerJson : JsonSerializerContext;
