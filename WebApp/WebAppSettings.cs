using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace Platform.WebApp;

/// <summary>What the operator of the web application may set, in the environment, in <c>appsettings.json</c> or on the command line.</summary>
/// <param name="KnownProxies">Key <c>KNOWN_PROXIES</c>: addresses or CIDR ranges, separated by commas or spaces, of the proxies whose
/// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Default: none.</param>
/// <param name="RequestsPerSecond">Key <c>RATE_LIMIT_PER_SECOND</c>: what one client may ask for in the long run; twice as many at once. Default: 50;
/// 0 is no limit. Behind a proxy that is not known all clients are one.</param>
/// <param name="DashboardUrl">Key <c>ASPIRE_DASHBOARD_URL</c>: the dashboard that has this application's traces; the AppHost sets it. Default: none.</param>
internal sealed record WebAppSettings(ImmutableArray<IPNetwork> KnownProxies, int RequestsPerSecond, Uri? DashboardUrl)
{
    private const string ProxiesKey = "KNOWN_PROXIES";
    private const string RateKey = "RATE_LIMIT_PER_SECOND";
    private const string DashboardKey = "ASPIRE_DASHBOARD_URL";
    private const int DefaultRequestsPerSecond = 50;

    /// <exception cref="InvalidOperationException">A value is not what its key asks for; the message names all such values.</exception>
    public static WebAppSettings Read(IConfiguration configuration)
    {
        List<string> problems = [];
        var settings = new WebAppSettings(
            ReadProxies(configuration[ProxiesKey], problems),
            ReadRate(configuration[RateKey], problems),
            ReadDashboard(configuration[DashboardKey], problems));
        return problems.Count == 0 ? settings : throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
    }

    private static ImmutableArray<IPNetwork> ReadProxies(string? text, List<string> problems)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var entry in text?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (IPNetwork.TryParse(entry, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(entry, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                problems.Add($"The setting {ProxiesKey} has '{entry}'. Give addresses (10.0.0.7) or ranges (10.0.0.0/16).");
            }
        }

        return networks.ToImmutable();
    }

    private static int ReadRate(string? text, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return DefaultRequestsPerSecond;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate <= 1_000_000)
        {
            return rate;
        }

        problems.Add($"The setting {RateKey} is '{text}'. Set it to a whole number from 0 (no limit) to 1000000, or remove it.");
        return DefaultRequestsPerSecond;
    }

    private static Uri? ReadDashboard(string? text, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }

        problems.Add($"The setting {DashboardKey} is '{text}'. Set it to an http or https URL, or remove it.");
        return null;
    }
}
