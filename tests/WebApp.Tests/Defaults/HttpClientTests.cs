using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.Defaults;

public sealed class HttpClientTests
{
    [Fact]
    public async Task A_client_finds_a_service_by_its_name_and_tries_again_when_it_fails()
    {
        var calls = 0;
        await using var catalog = await ServiceHost.StartAsync([], _ => { }, app => app.MapGet("/items", () =>
            Interlocked.Increment(ref calls) < 3 ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Text("three items")));
        await using var shop = await ServiceHost.StartAsync(
            new() { ["services:catalog:http:0"] = catalog.Client.BaseAddress!.ToString() },
            builder => builder.Services.ConfigureAll<HttpStandardResilienceOptions>(resilience => resilience.Retry.Delay = TimeSpan.FromMilliseconds(1)),
            _ => { });
        using var client = shop.Services.GetRequiredService<IHttpClientFactory>().CreateClient();

        var answer = await client.GetStringAsync("http://catalog/items", TestContext.Current.CancellationToken);

        Assert.Equal(("three items", 3), (answer, calls));
    }
}
