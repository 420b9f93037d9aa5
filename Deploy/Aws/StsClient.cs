using Platform.Deploy.Model;

namespace Platform.Deploy.Aws;

/// <summary>Who calls, and who else he may be.</summary>
internal sealed class StsClient(AwsConnection connection)
{
    private readonly QueryProtocol _query = new(connection, AwsApi.Sts);

    /// <summary>Needs no permission at all, so that it tests credentials and nothing else.</summary>
    public async Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancellationToken)
    {
        var result = await _query.CallAsync("GetCallerIdentity", QueryForm.Query(), cancellationToken);
        return new CallerIdentity(result.Always("Account"), result.Always("Arn"), result.Always("UserId"));
    }

    /// <summary>Keys of a role. AWS does not tell whether a role that it refuses exists.</summary>
    /// <exception cref="AwsException">The caller may not, or there is no such role.</exception>
    public async Task<RoleKeys> AssumeRoleAsync(AssumeRoleRequest request, CancellationToken cancellationToken)
    {
        var form = QueryForm.Query()
            .Text(nameof(request.RoleArn), request.RoleArn)
            .Text(nameof(request.RoleSessionName), request.RoleSessionName)
            .Number(nameof(request.DurationSeconds), request.DurationSeconds);
        var result = await _query.CallAsync("AssumeRole", form, cancellationToken);
        var credentials = result.Child("Credentials") ?? result;
        return new RoleKeys(
            new AwsKeys(credentials.Always("AccessKeyId"), new SecretText(credentials.Always("SecretAccessKey")), new SecretText(credentials.Always("SessionToken"))),
            credentials.Time(nameof(RoleKeys.Expiration)) ?? DateTimeOffset.MaxValue);
    }
}

/// <summary>AssumeRole.</summary>
/// <param name="RoleArn">With its path.</param>
/// <param name="RoleSessionName">2 to 64 of letters, digits and <c>=,.@-</c>; CloudTrail shows it.</param>
/// <param name="DurationSeconds">Null: an hour, which is also the most where the caller is a role already.</param>
internal sealed record AssumeRoleRequest(string RoleArn, string RoleSessionName, int? DurationSeconds);

/// <param name="Expiration">By AWS's clock.</param>
internal sealed record RoleKeys(AwsKeys Keys, DateTimeOffset Expiration);

/// <param name="Account">12 digits.</param>
/// <param name="Arn">Of a user, or of the session of a role: <c>arn:aws:sts::123456789012:assumed-role/deployer/session</c>.</param>
internal sealed record CallerIdentity(string Account, string Arn, string UserId);
