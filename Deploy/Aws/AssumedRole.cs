namespace Platform.Deploy.Aws;

/// <summary>The keys of a role, asked for when they are needed and again before they are over.</summary>
internal sealed class AssumedRole(StsClient sts, AssumeRoleRequest request, TimeProvider time)
{
    // Keys are good for the requests that are under way, and for a clock that is a little off.
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _asking = new(1);
    private RoleKeys? _kept;

    public AwsCredentials Credentials => new($"role {request.RoleArn}", AskAsync, () => _kept = null);

    private async Task<AwsKeys> AskAsync(CancellationToken cancellationToken)
    {
        if (Good() is { } kept)
        {
            return kept;
        }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            return Good() ?? (_kept = await sts.AssumeRoleAsync(request, cancellationToken)).Keys;
        }
        finally
        {
            _ = _asking.Release();
        }
    }

    private AwsKeys? Good() => _kept is { } kept && kept.Expiration - time.GetUtcNow() > Reserve ? kept.Keys : null;
}
