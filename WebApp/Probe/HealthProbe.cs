using System.Globalization;

namespace Platform.WebApp.Probe;

/// <summary>Asks the running application of this container for its health: images without a shell and without curl have nothing else to ask with.</summary>
internal static class HealthProbe
{
    public const string Flag = "--healthcheck";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <returns>0 when the application says that it is healthy, else 1.</returns>
    public static async Task<int> RunAsync(TextWriter output)
    {
        var address = Address(Environment.GetEnvironmentVariable);
        try
        {
            using var client = new HttpClient { Timeout = Deadline };
            using var response = await client.GetAsync(address);
            await output.WriteLineAsync($"{address} {(int)response.StatusCode}");
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await output.WriteLineAsync($"{address} {exception.Message}");
            return 1;
        }
    }

    /// <summary>Where the application of this environment listens: the server's own settings, in the order in which it heeds them.</summary>
    public static Uri Address(Func<string, string?> variable)
    {
        var port = variable("MANAGEMENT_PORT") is { Length: > 0 } management ? management : null;
        var url = First(variable, "URLS")?.FirstOrDefault(address => address.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        if (port is null && url is not null)
        {
            var address = BindingAddress.Parse(url);
            var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
            return new UriBuilder(Uri.UriSchemeHttp, host, address.Port, "/health").Uri;
        }

        port ??= First(variable, "HTTP_PORTS")?.FirstOrDefault() ?? "5000";
        return new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture), "/health").Uri;
    }

    private static string[]? First(Func<string, string?> variable, string key)
    {
        string[] names = [key, $"ASPNETCORE_{key}", $"DOTNET_{key}"];
        var value = names.Select(variable).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        return value?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
