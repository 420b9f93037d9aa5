namespace Platform.Simulator.Protocols;

/// <summary>Keys that the account knows, and whose they are.</summary>
/// <param name="SessionToken">Null: keys of a user, without end.</param>
/// <param name="Expiration">In the account's time.</param>
internal sealed record SigningKeys(string AccessKeyId, string SecretAccessKey, string? SessionToken, DateTimeOffset? Expiration, CallerIdentity Identity);
