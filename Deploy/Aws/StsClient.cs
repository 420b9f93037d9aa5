namespace Platform.Deploy.Aws;

/// <summary>Who calls.</summary>
internal sealed class StsClient(AwsConnection connection)
{
    private readonly QueryProtocol _query = new(connection, AwsApi.Sts);

    /// <summary>Needs no permission at all, so that it tests credentials and nothing else.</summary>
    public async Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancellationToken)
    {
        var result = await _query.CallAsync("GetCallerIdentity", QueryForm.Query(), cancellationToken);
        return new CallerIdentity(result.Always("Account"), result.Always("Arn"), result.Always("UserId"));
    }
}

/// <param name="Account">12 digits.</param>
/// <param name="Arn">Of a user, or of the session of a role: <c>arn:aws:sts::123456789012:assumed-role/deployer/session</c>.</param>
internal sealed record CallerIdentity(string Account, string Arn, string UserId);
