using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Deploy.Aws;

/// <summary>Parameters of Systems Manager: where an environment's lock and the record of its last deployment are.</summary>
internal sealed class SsmClient(AwsConnection connection)
{
    private static readonly JsonSerializerOptions Options = AwsJson.Options(SsmJson.Default);

    private readonly JsonProtocol _json = new(connection, AwsApi.Ssm, Options);

    /// <returns>Null where there is no such parameter.</returns>
    public async Task<Parameter?> GetParameterAsync(string name, CancellationToken cancellationToken) =>
        (await _json.CallAsync<GetParameterRequest, GetParameterResponse>("GetParameter", new GetParameterRequest(name), cancellationToken).OrNullAsync())?.Parameter;

    /// <param name="path">Such as <c>/shop/production/</c>; everything below.</param>
    public IAsyncEnumerable<Parameter> GetParametersByPathAsync(string path, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var request = new GetParametersByPathRequest(path, Recursive: true, token);
                var page = await _json.CallAsync<GetParametersByPathRequest, GetParametersByPathResponse>("GetParametersByPath", request, cancellationToken);
                return new Page<Parameter>(page.Parameters, page.NextToken);
            },
            cancellationToken);

    /// <summary>
    /// Makes a parameter that nobody else made: the lock. SSM has no token for it, so an attempt whose answer was lost makes the next one say
    /// that it exists: whoever gets false reads the value, and compares it with his own.
    /// </summary>
    /// <returns>False where it exists.</returns>
    public async Task<bool> CreateParameterAsync(string name, string value, IReadOnlyList<AwsTag> tags, CancellationToken cancellationToken)
    {
        try
        {
            // Tags cannot be given to a parameter that is overwritten.
            await PutAsync(new PutParameterRequest(name, value, "String", Overwrite: false, tags), cancellationToken);
            return true;
        }
        catch (AwsException taken) when (taken.Error.Kind == AwsErrorKind.AlreadyExists)
        {
            return false;
        }
    }

    /// <summary>Makes it or gives it another value.</summary>
    public Task PutParameterAsync(string name, string value, CancellationToken cancellationToken) =>
        PutAsync(new PutParameterRequest(name, value, "String", Overwrite: true, Tags: null), cancellationToken);

    /// <returns>Whether it was there.</returns>
    public Task<bool> DeleteParameterAsync(string name, CancellationToken cancellationToken) =>
        _json.CallAsync<DeleteParameterRequest, NoResponse>("DeleteParameter", new DeleteParameterRequest(name), cancellationToken).OrFalseAsync();

    private Task<PutParameterResponse> PutAsync(PutParameterRequest request, CancellationToken cancellationToken) =>
        _json.CallAsync<PutParameterRequest, PutParameterResponse>("PutParameter", request, cancellationToken);
}

internal sealed record GetParameterRequest(string Name);

internal sealed record GetParameterResponse
{
    public Parameter? Parameter { get; set; }
}

internal sealed record Parameter
{
    public string Name { get; set; } = "";

    public string Value { get; set; } = "";

    /// <summary><c>String</c>, <c>StringList</c>, <c>SecureString</c>: the value of the last is not decrypted.</summary>
    public string? Type { get; set; }

    public long Version { get; set; }

    public DateTimeOffset? LastModifiedDate { get; set; }

    public string? ARN { get; set; }
}

internal sealed record GetParametersByPathRequest(string Path, bool Recursive, string? NextToken);

internal sealed record GetParametersByPathResponse
{
    public IReadOnlyList<Parameter> Parameters { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record PutParameterRequest(string Name, string Value, string Type, bool Overwrite, IReadOnlyList<AwsTag>? Tags);

internal sealed record PutParameterResponse
{
    public long Version { get; set; }
}

internal sealed record DeleteParameterRequest(string Name);

/// <summary>An answer without a field.</summary>
internal sealed record NoResponse;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSecondsConverter)])]
[JsonSerializable(typeof(GetParameterRequest))]
[JsonSerializable(typeof(GetParameterResponse))]
[JsonSerializable(typeof(GetParametersByPathRequest))]
[JsonSerializable(typeof(GetParametersByPathResponse))]
[JsonSerializable(typeof(PutParameterRequest))]
[JsonSerializable(typeof(PutParameterResponse))]
[JsonSerializable(typeof(DeleteParameterRequest))]
[JsonSerializable(typeof(NoResponse))]
internal sealed partial class SsmJson : JsonSerializerContext;
