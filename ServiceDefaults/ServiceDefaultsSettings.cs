using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Platform.ServiceDefaults;

/// <summary>What the operator of a service may set. Read once, from the configuration of the host, so each key may come from the environment, from
/// <c>appsettings.json</c> or from the command line.</summary>
/// <param name="ManagementPort">Key <c>MANAGEMENT_PORT</c>: the port that serves <c>/metrics</c> and the health detail, and nothing else. The cloud sets
/// 8081. Default: none; then there is no such port, and <c>/metrics</c> answers loopback callers on the normal one.</param>
/// <param name="DrainDelay">Key <c>DRAIN_SECONDS</c>: how long a service that was asked to stop still takes requests while its readiness already is 503,
/// so that load balancers leave it first. Default: 0. The host's shutdown timeout starts after it.</param>
internal sealed record ServiceDefaultsSettings(int? ManagementPort, TimeSpan DrainDelay)
{
    public const string ManagementPortKey = "MANAGEMENT_PORT";
    public const string DrainSecondsKey = "DRAIN_SECONDS";
    private const int MaxDrainSeconds = 3600;

    /// <exception cref="InvalidOperationException">A value is not what its key asks for; the message names all such values.</exception>
    public static ServiceDefaultsSettings Read(IConfiguration configuration)
    {
        List<string> problems = [];
        var port = ReadNumber(configuration, ManagementPortKey, 1, ushort.MaxValue, problems);
        var drain = ReadNumber(configuration, DrainSecondsKey, 0, MaxDrainSeconds, problems);
        return problems.Count == 0
            ? new ServiceDefaultsSettings(port, TimeSpan.FromSeconds(drain ?? 0))
            : throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
    }

    private static int? ReadNumber(IConfiguration configuration, string key, int min, int max, List<string> problems)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        problems.Add($"The setting {key} is '{text}'. Set it to a whole number from {min} to {max}, or remove it.");
        return null;
    }
}
