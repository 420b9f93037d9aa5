using Platform.Deploy.Model;

namespace Platform.Deploy.Aws;

/// <summary>What a request is signed with.</summary>
/// <param name="AccessKeyId">Sent with each request, so no secret.</param>
/// <param name="SecretAccessKey">Never sent.</param>
/// <param name="SessionToken">Sent with temporary keys; null with those of an IAM user.</param>
internal sealed record AwsKeys(string AccessKeyId, SecretText SecretAccessKey, SecretText? SessionToken);
