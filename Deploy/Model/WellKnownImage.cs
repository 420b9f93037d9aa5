using System.Collections.Immutable;

namespace Platform.Deploy.Model;

/// <summary>
/// What a public image needs to run as a user without rights, on a root that cannot be written to. Settings of the resource win over each of them.
/// The facts are those of the images' own Dockerfiles and start scripts.
/// </summary>
/// <param name="UserId">Who owns its files.</param>
internal sealed record WellKnownImage(long UserId)
{
    private const int OneGiB = 1024;
    private const int TwoGiB = 2048;

    /// <summary>The same in the variants on Alpine; 0: no other.</summary>
    public long AlpineUserId { get; init; }

    /// <summary>Where it keeps what outlives it; null: it keeps nothing.</summary>
    public string? DataPath { get; init; }

    /// <summary>Folders beside the data and <c>/tmp</c> that it writes to while it runs.</summary>
    public ImmutableArray<string> WritablePaths { get; init; } = [];

    /// <summary>Its start script rewrites files that the image brings along.</summary>
    public bool NeedsWritableRoot { get; init; }

    /// <summary>Its program has the capability NET_BIND_SERVICE in the file system: Linux does not start it where that cannot be had.</summary>
    public bool NeedsNetBindService { get; init; }

    /// <summary>Below this it does not start, or is ended soon; 0: the usual size does.</summary>
    public int LeastMemoryMiB { get; init; }

    /// <summary>A variable that moves the data into a folder below <see cref="DataPath"/>, and its value; null: none is needed.</summary>
    public (string Name, string Value)? DataVariable { get; init; }

    /// <param name="repository">With its host, without tag: <c>docker.io/library/redis</c>.</param>
    /// <param name="tag">Null where there is none.</param>
    public static WellKnownImage? Find(string repository, string? tag) =>
        Table.TryGetValue(repository, out var image)
            ? image.AlpineUserId != 0 && tag?.Contains("alpine", StringComparison.Ordinal) == true ? image with { UserId = image.AlpineUserId } : image
            : null;

    private static readonly Dictionary<string, WellKnownImage> Table = new(StringComparer.Ordinal)
    {
        // initdb wants to own its folder and to find it empty, and the root of a disk belongs to root and has lost+found.
        ["docker.io/library/postgres"] = new(999)
        {
            AlpineUserId = 70,
            DataPath = "/var/lib/postgresql/data",
            DataVariable = ("PGDATA", "/var/lib/postgresql/data/pgdata"),
            WritablePaths = ["/var/run/postgresql"],
        },
        ["docker.io/pgvector/pgvector"] = new(999)
        {
            DataPath = "/var/lib/postgresql/data",
            DataVariable = ("PGDATA", "/var/lib/postgresql/data/pgdata"),
            WritablePaths = ["/var/run/postgresql"],
        },
        ["docker.io/library/mysql"] = new(999) { DataPath = "/var/lib/mysql", WritablePaths = ["/var/run/mysqld"], LeastMemoryMiB = OneGiB },
        ["docker.io/library/mariadb"] = new(999) { DataPath = "/var/lib/mysql", WritablePaths = ["/run/mysqld"] },
        ["docker.io/library/mongo"] = new(999) { DataPath = "/data/db", WritablePaths = ["/data/configdb"], LeastMemoryMiB = OneGiB / 2 },
        ["docker.io/library/cassandra"] = new(999) { DataPath = "/var/lib/cassandra", NeedsWritableRoot = true, LeastMemoryMiB = TwoGiB },
        ["docker.io/library/influxdb"] = new(1000) { DataPath = "/var/lib/influxdb2", WritablePaths = ["/etc/influxdb2"] },

        // The program has cap_net_bind_service; it does not start with less than 2 GB.
        ["mcr.microsoft.com/mssql/server"] = new(10001) { DataPath = "/var/opt/mssql", NeedsWritableRoot = true, NeedsNetBindService = true, LeastMemoryMiB = TwoGiB },
        ["container-registry.oracle.com/database/free"] = new(54321) { DataPath = "/opt/oracle/oradata", NeedsWritableRoot = true, LeastMemoryMiB = TwoGiB },

        ["docker.io/library/redis"] = new(999) { DataPath = "/data" },
        ["docker.io/valkey/valkey"] = new(999) { DataPath = "/data" },
        ["docker.io/library/memcached"] = new(11211),
        ["docker.io/library/rabbitmq"] = new(999) { AlpineUserId = 100, DataPath = "/var/lib/rabbitmq" },
        ["docker.io/confluentinc/confluent-local"] = new(1000) { DataPath = "/var/lib/kafka/data", NeedsWritableRoot = true, LeastMemoryMiB = OneGiB },
        ["docker.io/confluentinc/cp-kafka"] = new(1000) { DataPath = "/var/lib/kafka/data", NeedsWritableRoot = true, LeastMemoryMiB = OneGiB },
        ["docker.io/apache/kafka"] = new(1000) { DataPath = "/var/lib/kafka/data", NeedsWritableRoot = true, LeastMemoryMiB = OneGiB },
        ["docker.io/library/elasticsearch"] = new(1000) { DataPath = "/usr/share/elasticsearch/data", NeedsWritableRoot = true, LeastMemoryMiB = TwoGiB },
        ["docker.elastic.co/elasticsearch/elasticsearch"] = new(1000) { DataPath = "/usr/share/elasticsearch/data", NeedsWritableRoot = true, LeastMemoryMiB = TwoGiB },
        ["docker.io/opensearchproject/opensearch"] = new(1000) { DataPath = "/usr/share/opensearch/data", NeedsWritableRoot = true, LeastMemoryMiB = TwoGiB },
        ["quay.io/keycloak/keycloak"] = new(1000) { DataPath = "/opt/keycloak/data", NeedsWritableRoot = true, LeastMemoryMiB = OneGiB },

        ["docker.io/library/nginx"] = new(101) { WritablePaths = ["/var/cache/nginx", "/var/run"] },
        ["docker.io/nginxinc/nginx-unprivileged"] = new(101) { WritablePaths = ["/var/cache/nginx"] },
        ["docker.io/library/caddy"] = new(65532) { DataPath = "/data", WritablePaths = ["/config"], NeedsNetBindService = true },
        ["docker.io/dpage/pgadmin4"] = new(5050) { DataPath = "/var/lib/pgadmin", NeedsWritableRoot = true, NeedsNetBindService = true, LeastMemoryMiB = OneGiB / 2 },
        ["docker.io/redis/redisinsight"] = new(1000) { DataPath = "/data" },
        ["docker.io/grafana/grafana"] = new(472) { DataPath = "/var/lib/grafana" },
        ["docker.io/grafana/loki"] = new(10001) { DataPath = "/loki" },
        ["docker.io/prom/prometheus"] = new(65534) { DataPath = "/prometheus" },
    };
}
