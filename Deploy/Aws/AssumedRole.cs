namespace Platform.Deploy.Aws;

/// <summary>The keys of a role, asked for when they are needed and again before they are over.</summary>
internal sealed class AssumedRole(StsClient sts, AssumeRoleRequest request, TimeProvider time)
{
    // Keys are good for the requests that are under way, and for a clock that is a little off.
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private Task<RoleKeys>? _asked;

    public AwsCredentials Credentials => new($"role {request.RoleArn}", AskAsync, Forget);

    private async Task<AwsKeys> AskAsync(CancellationToken cancellationToken)
    {
        Task<RoleKeys> asked;
        lock (_lock)
        {
            // Others wait for the same answer, so that it is not given up with one of them.
            asked = _asked = _asked is { } kept && IsGood(kept) ? kept : sts.AssumeRoleAsync(request, CancellationToken.None);
        }

        return (await asked.WaitAsync(cancellationToken)).Keys;
    }

    private bool IsGood(Task<RoleKeys> asked) => !asked.IsCompleted || (asked.IsCompletedSuccessfully && asked.Result.Expiration - time.GetUtcNow() > Reserve);

    private void Forget()
    {
        lock (_lock)
        {
            _asked = null;
        }
    }
}
