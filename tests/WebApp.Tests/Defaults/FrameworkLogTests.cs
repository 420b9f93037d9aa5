using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.Defaults;

public sealed class FrameworkLogTests
{
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    [Theory]
    [InlineData(Requests)]
    [InlineData("System.Net.Http.HttpClient.api.LogicalHandler")]
    [InlineData("Polly")]
    public async Task The_framework_writes_warnings_only(string category)
    {
        var logger = await LoggerAsync([], category);

        Assert.Equal((false, true), (logger.IsEnabled(LogLevel.Information), logger.IsEnabled(LogLevel.Warning)));
    }

    [Theory]
    [InlineData("Shop.Orders")]
    [InlineData("Microsoft.Hosting.Lifetime")]
    public async Task The_application_and_the_life_of_the_host_are_told(string category)
    {
        var logger = await LoggerAsync([], category);

        Assert.True(logger.IsEnabled(LogLevel.Information));
    }

    [Theory]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore")]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore.Hosting")]
    public async Task The_configuration_wins(string key)
    {
        var logger = await LoggerAsync(new() { [key] = "Information" }, Requests);

        Assert.True(logger.IsEnabled(LogLevel.Information));
    }

    private static async Task<ILogger> LoggerAsync(Dictionary<string, string?> settings, string category)
    {
        await using var host = await ServiceHost.StartAsync(settings, builder => builder.Logging.AddProvider(new RecordedLog()), _ => { });
        return host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
    }
}
