namespace Platform.Deploy.Aws;

/// <summary>Where keys come from. Asked for each request, because keys run out.</summary>
/// <param name="Source">For a person: <c>environment variables</c>, <c>profile dev (SSO)</c>.</param>
/// <param name="AskAsync">The keys of now; the source keeps them as long as they are good.</param>
/// <param name="Forget">Lets the next question look anew: somebody may have logged in meanwhile.</param>
internal sealed record AwsCredentials(string Source, Func<CancellationToken, Task<AwsKeys>> AskAsync, Action Forget)
{
    /// <summary>Keys that stay the same.</summary>
    public static AwsCredentials Fixed(string source, AwsKeys keys) => new(source, _ => Task.FromResult(keys), static () => { });
}
