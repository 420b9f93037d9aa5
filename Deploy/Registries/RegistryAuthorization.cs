using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Registries;

/// <summary>What a request needs to be allowed to do.</summary>
/// <param name="From">Another repository of the same registry that is read from; null for none.</param>
internal sealed record RegistryScope(string Repository, RegistryAccess Access, string? From)
{
    public IEnumerable<string> Texts()
    {
        yield return $"repository:{Repository}:{(Access == RegistryAccess.Push ? "pull,push" : "pull")}";
        if (From is not null)
        {
            yield return $"repository:{From}:pull";
        }
    }
}

internal enum RegistryAccess
{
    Pull,
    Push,
}

/// <summary>Answers what registries ask for, and remembers it: one token a host and scope.</summary>
internal sealed class RegistryAuthorization(RetryingSender sender, CredentialSource credentials) : IDisposable
{
    // A token is taken as used up a little early, for the time that a request needs.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    // The distribution specification: 60 seconds where the answer does not say.
    private const int DefaultSeconds = 60;

    private readonly ConcurrentDictionary<string, Grant> _grants = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asking = new(1);

    /// <summary>What to send along; null where nothing was asked for yet, or it has run out.</summary>
    public AuthenticationHeaderValue? Known(string host, RegistryScope scope) =>
        _grants.TryGetValue(Key(host, scope), out var grant) && grant.Until > sender.Policy.Clock.GetUtcNow() ? grant.Header : null;

    /// <summary>Asks for what a refusal demands.</summary>
    /// <param name="host">Who refused.</param>
    /// <param name="scope">What was tried.</param>
    /// <param name="challenge">What was demanded.</param>
    /// <param name="refused">What had been sent along; null for nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What to send along now; null where there is nothing better than what was refused.</returns>
    public async Task<AuthenticationHeaderValue?> AnswerAsync(
        string host, RegistryScope scope, AuthenticateChallenge challenge, AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            // Somebody else may have been refused at the same time and have the answer by now.
            if (Known(host, scope) is { } known && !known.Equals(refused))
            {
                return known;
            }

            var credential = await credentials(host, cancellationToken);
            var grant = challenge switch
            {
                AuthenticateChallenge.Bearer bearer => await TokenAsync(host, scope, bearer, credential, cancellationToken),
                _ when credential is RegistryCredential.Password password => new Grant(new AuthenticationHeaderValue("Basic", password.Basic()), DateTimeOffset.MaxValue),
                _ => null,
            };
            if (grant is null || grant.Header.Equals(refused))
            {
                _grants.TryRemove(Key(host, scope), out _);
                return null;
            }

            _grants[Key(host, scope)] = grant;
            return grant.Header;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private static string Key(string host, RegistryScope scope) => $"{host} {string.Join(' ', scope.Texts())}";

    private async Task<Grant> TokenAsync(
        string host, RegistryScope scope, AuthenticateChallenge.Bearer bearer, RegistryCredential? credential, CancellationToken cancellationToken)
    {
        if (credential is not null && !sender.Policy.IsSafe(bearer.Realm))
        {
            throw new DeployException(RegistryProblems.PlainTokens(host, bearer.Realm));
        }

        var asked = sender.Policy.Clock.GetUtcNow();
        using var response = await sender.SendAsync(() => TokenRequest(scope, bearer, credential), sender.Policy.Small, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new DeployException(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest
                ? await RegistryProblems.RefusedAsync(host, scope, credential is not null, response, cancellationToken)
                : await RegistryProblems.UnexpectedAsync(response, cancellationToken));
        }

        TokenAnswer? answer;
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            answer = await JsonSerializer.DeserializeAsync(content, RegistryJson.Default.TokenAnswer, cancellationToken);
        }
        catch (JsonException)
        {
            answer = null;
        }

        return answer is not null && (answer.Token ?? answer.AccessToken) is { Length: > 0 } token
            ? new Grant(new AuthenticationHeaderValue("Bearer", token), asked + TimeSpan.FromSeconds(answer.ExpiresIn ?? DefaultSeconds) - Margin)
            : throw new DeployException(RegistryProblems.NoToken(host, bearer.Realm));
    }

    private static HttpRequestMessage TokenRequest(RegistryScope scope, AuthenticateChallenge.Bearer bearer, RegistryCredential? credential)
    {
        if (credential is RegistryCredential.IdentityToken identity)
        {
            return new HttpRequestMessage(HttpMethod.Post, bearer.Realm)
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["grant_type"] = "refresh_token",
                    ["refresh_token"] = identity.Token.Reveal(),
                    ["client_id"] = "platform",
                    ["service"] = bearer.Service ?? "",
                    ["scope"] = string.Join(' ', scope.Texts()),
                }),
            };
        }

        var query = scope.Texts().Select(text => $"scope={Uri.EscapeDataString(text)}");
        if (bearer.Service is not null)
        {
            query = query.Prepend($"service={Uri.EscapeDataString(bearer.Service)}");
        }

        var own = bearer.Realm.Query.Length > 1 ? bearer.Realm.Query[1..] + "&" : "";
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(bearer.Realm) { Query = own + string.Join('&', query) }.Uri);
        if (credential is RegistryCredential.Password password)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", password.Basic());
        }

        return request;
    }

    // The record's own text would show the token.
    private sealed class Grant(AuthenticationHeaderValue header, DateTimeOffset until)
    {
        public AuthenticationHeaderValue Header => header;

        public DateTimeOffset Until => until;
    }
}

/// <summary>Either name is in use for the token.</summary>
internal sealed record TokenAnswer(
    string? Token,
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] int? ExpiresIn);

internal sealed record RegistryErrors(IReadOnlyList<RegistryError>? Errors);

internal sealed record RegistryError(string? Code, string? Message);

internal sealed record TagList(IReadOnlyList<string>? Tags);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(RegistryErrors))]
[JsonSerializable(typeof(TagList))]
internal sealed partial class RegistryJson : JsonSerializerContext;
