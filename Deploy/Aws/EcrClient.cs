using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Model;

namespace Platform.Deploy.Aws;

/// <summary>The registry's own interface; images go over the registry protocol of OCI, with the credentials from here.</summary>
internal sealed class EcrClient(AwsConnection connection)
{
    private static readonly JsonSerializerOptions Options = AwsJson.Options(EcrJson.Default);

    private readonly JsonProtocol _json = new(connection, AwsApi.Ecr, Options);

    public Task<GetAuthorizationTokenResponse> GetAuthorizationTokenAsync(CancellationToken cancellationToken) =>
        _json.CallAsync<GetAuthorizationTokenRequest, GetAuthorizationTokenResponse>("GetAuthorizationToken", new GetAuthorizationTokenRequest(), cancellationToken);

    /// <summary>What the registry of the account takes as user and password, for 12 hours.</summary>
    public async Task<RegistryLogin> LoginAsync(CancellationToken cancellationToken)
    {
        var answer = await GetAuthorizationTokenAsync(cancellationToken);
        return answer.AuthorizationData is [{ AuthorizationToken: { } token, ProxyEndpoint: { } endpoint } data, ..]
            ? RegistryLogin.Of(token, endpoint, data.ExpiresAt)
            : throw connection.Failure(new AwsError(AwsApi.Ecr, "GetAuthorizationToken", AwsErrorKind.Unreadable, "NoToken", "the answer holds no token", RequestId: null), cause: null);
    }
}

/// <param name="Registry">Host, with a port where there is one: <c>123456789012.dkr.ecr.eu-west-1.amazonaws.com</c>.</param>
/// <param name="UserName">Always <c>AWS</c>.</param>
/// <param name="Password">For Basic authentication.</param>
internal sealed record RegistryLogin(string Registry, string UserName, SecretText Password, DateTimeOffset? ExpiresAt)
{
    /// <param name="token">Base64 of <c>USER:PASSWORD</c>.</param>
    /// <param name="endpoint">Such as <c>https://123456789012.dkr.ecr.eu-west-1.amazonaws.com</c>.</param>
    public static RegistryLogin Of(SecretText token, string endpoint, DateTimeOffset? expiresAt)
    {
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(token.Reveal())).Split(':', 2);
        return new RegistryLogin(new Uri(endpoint).Authority, pair[0], new SecretText(pair.Length == 2 ? pair[1] : ""), expiresAt);
    }
}

internal sealed record GetAuthorizationTokenRequest;

internal sealed record GetAuthorizationTokenResponse
{
    public IReadOnlyList<AuthorizationData> AuthorizationData { get; set; } = [];
}

internal sealed record AuthorizationData
{
    public SecretText? AuthorizationToken { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public string? ProxyEndpoint { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(EpochSecondsConverter), typeof(SecretTextConverter)])]
[JsonSerializable(typeof(GetAuthorizationTokenRequest))]
[JsonSerializable(typeof(GetAuthorizationTokenResponse))]
internal sealed partial class EcrJson : JsonSerializerContext;
