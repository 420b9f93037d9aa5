using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Platform.WebApp.Status;

/// <summary>Which build runs where. Fixed for the life of the process.</summary>
/// <param name="Service">OpenTelemetry's service name where the environment has one, else the application's name.</param>
/// <param name="Version">Of the build, such as <c>0.1.0</c>.</param>
/// <param name="Commit">The full hash that the build was made of; null where it was made outside a repository.</param>
/// <param name="Environment">The host's environment, such as <c>Production</c>.</param>
/// <param name="Instance">OpenTelemetry's <c>service.instance.id</c> where the environment has one, else the name of the pod or machine.</param>
/// <param name="Host">The name of the machine; in a cluster that of the pod.</param>
/// <param name="Places">Where in a cluster it runs: <c>k8s.…</c> attributes of the environment, without the prefix.</param>
/// <param name="Runtime">The .NET runtime, such as <c>.NET 10.0.1</c>.</param>
/// <param name="Platform">Operating system and processor architecture.</param>
/// <param name="Started">When the process started.</param>
internal sealed record InstanceIdentity(
    string Service,
    string Version,
    string? Commit,
    string Environment,
    string Instance,
    string Host,
    ImmutableSortedDictionary<string, string> Places,
    string Runtime,
    string Platform,
    DateTimeOffset Started)
{
    private const string ClusterPrefix = "k8s.";
    private const string NameSuffix = ".name";

    public static InstanceIdentity Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var attributes = ResourceAttributes.Parse(configuration["OTEL_RESOURCE_ATTRIBUTES"]);
        var build = typeof(InstanceIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        // The SDK writes version+commit.
        var plus = build.IndexOf('+', StringComparison.Ordinal);
        using var process = Process.GetCurrentProcess();
        return new InstanceIdentity(
            configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : attributes.GetValueOrDefault("service.name", environment.ApplicationName),
            plus < 0 ? build : build[..plus],
            plus < 0 ? null : build[(plus + 1)..],
            environment.EnvironmentName,
            attributes.GetValueOrDefault("service.instance.id", System.Environment.MachineName),
            System.Environment.MachineName,
            attributes
                .Where(attribute => attribute.Key.StartsWith(ClusterPrefix, StringComparison.Ordinal))
                .Where(attribute => attribute.Key.EndsWith(NameSuffix, StringComparison.Ordinal))
                .ToImmutableSortedDictionary(attribute => attribute.Key[ClusterPrefix.Length..^NameSuffix.Length], attribute => attribute.Value),
            RuntimeInformation.FrameworkDescription,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
            process.StartTime);
    }
}
