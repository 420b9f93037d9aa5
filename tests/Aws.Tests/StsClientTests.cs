namespace Platform.Deploy.Aws.Tests;

public sealed class StsClientTests : IDisposable
{
    private readonly FakeAws _aws = new();

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task Who_calls_is_asked_with_a_signed_form()
    {
        _aws.Answers("""
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <GetCallerIdentityResult>
                <Arn>arn:aws:sts::123456789012:assumed-role/deployer/me</Arn>
                <UserId>AROAEXAMPLE:me</UserId>
                <Account>123456789012</Account>
              </GetCallerIdentityResult>
              <ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata>
            </GetCallerIdentityResponse>
            """);

        var identity = await new StsClient(_aws.Connection).GetCallerIdentityAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new CallerIdentity("123456789012", "arn:aws:sts::123456789012:assumed-role/deployer/me", "AROAEXAMPLE:me"), identity);
        var sent = Assert.Single(_aws.Sent);
        Assert.Equal("POST https://sts.eu-west-1.amazonaws.com/ Action=GetCallerIdentity&Version=2011-06-15", $"{sent.Method} {sent.Url} {sent.Body}");
        Assert.Equal(
            ["authorization", "content-length", "content-type", "host", "user-agent", "x-amz-date", "x-amz-security-token"],
            sent.Headers.Keys.Order(StringComparer.Ordinal));
    }
}
