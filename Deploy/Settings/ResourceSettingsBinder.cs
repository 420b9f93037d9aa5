using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>Puts what is said of one resource into its record.</summary>
internal static class ResourceSettingsBinder
{
    private const string Prefix = "resources.*.";

    public static ResourceSettings Bind(IEnumerable<WrittenSetting> written)
    {
        var env = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var said = new Dictionary<string, SettingValue?>(StringComparer.Ordinal);
        foreach (var setting in written)
        {
            if (setting.Node.IsValueOfMap)
            {
                env[setting.Path[^1]] = (setting.Value as SettingValue.Text)?.Value ?? "";
            }
            else
            {
                said[setting.Node.Key[Prefix.Length..]] = setting.Value;
            }
        }

        return Bind(new SettingValues(said.GetValueOrDefault)) with { Env = env.ToImmutable() };
    }

    private static ResourceSettings Bind(SettingValues values) => new()
    {
        Substitute = Substitute(values),
        Replicas = new ReplicaSettings
        {
            Min = values.OptionalInteger("replicas.min"),
            Max = values.OptionalInteger("replicas.max"),
            TargetCpuPercent = values.OptionalInteger("replicas.targetCpuPercent"),
        },
        Size = new SizeSettings
        {
            CpuRequest = values.OptionalText("size.cpuRequest"),
            CpuLimit = values.OptionalText("size.cpuLimit"),
            MemoryRequest = values.OptionalText("size.memoryRequest"),
            MemoryLimit = values.OptionalText("size.memoryLimit"),
        },
        Startup = Probe(values, "startup"),
        Readiness = Probe(values, "readiness"),
        Liveness = Probe(values, "liveness"),
        ManagementPort = values.OptionalInteger("managementPort"),
        MetricsPath = values.OptionalText("metricsPath"),
        Hosts = values.List("hosts"),
        Path = values.OptionalText("path"),
        StickySessions = values.OptionalBoolean("stickySessions") ?? false,
        IdleTimeoutSeconds = values.OptionalInteger("idleTimeoutSeconds"),
        UserId = values.OptionalInteger("userId"),
        ReadOnlyRootFilesystem = values.OptionalBoolean("readOnlyRootFilesystem"),
        WritablePaths = values.List("writablePaths"),
        InternetAccess = values.OptionalBoolean("internetAccess"),
        OutsidePorts = values.Integers("outsidePorts"),
        AwsPolicies = values.List("awsPolicies"),
        StorageGiB = values.OptionalInteger("storageGiB"),
    };

    // Both at once is a problem of SettingConflicts.
    private static Substitute? Substitute(SettingValues values) =>
        values.OptionalText("substitute.connectionStringSecret") is { } secret ? new Substitute.ConnectionStringSecret(secret)
        : values.OptionalText("substitute.externalUrl") is { } url ? new Substitute.ExternalUrl(new Uri(url))
        : null;

    private static ProbeSettings? Probe(SettingValues values, string name)
    {
        var probe = new ProbeSettings
        {
            Disabled = values.OptionalBoolean($"{name}.disabled") ?? false,
            Path = values.OptionalText($"{name}.path"),
            Port = values.OptionalInteger($"{name}.port"),
            InitialDelaySeconds = values.OptionalInteger($"{name}.initialDelaySeconds"),
            PeriodSeconds = values.OptionalInteger($"{name}.periodSeconds"),
            TimeoutSeconds = values.OptionalInteger($"{name}.timeoutSeconds"),
            FailureThreshold = values.OptionalInteger($"{name}.failureThreshold"),
        };
        return probe == new ProbeSettings() ? null : probe;
    }
}
