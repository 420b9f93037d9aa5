namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class OutsideServiceTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task An_address_that_is_a_secret_is_not_shown()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            builder.AddExternalService("webhook", builder.AddParameter("webhook-url", "https://hooks.example/s3cret", secret: true));
            builder.AddExternalService("docs", builder.AddParameter("docs-url", "https://docs.example/"));
        });

        await app.InStateAsync("webhook", KnownResourceStates.Running);
        await app.InStateAsync("docs", KnownResourceStates.Running);

        Assert.Empty(app.Snapshot("webhook").Urls);
        Assert.Equal(["https://docs.example/"], app.Snapshot("docs").Urls.Select(url => url.Url));
    }
}
