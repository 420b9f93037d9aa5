namespace Platform.Deploy.Tests.Commands;

/// <summary>A small application as a manifest: an external web project with a cache and a database, and environments for it.</summary>
internal static class Shop
{
    public const string Manifest = """
        {
          "resources": {
            "web": {
              "type": "project.v0",
              "path": "Web/Web.csproj",
              "env": {
                "HTTP_PORTS": "{web.bindings.http.targetPort}",
                "ConnectionStrings__cache": "{cache.connectionString}",
                "ConnectionStrings__db": "Host={db.bindings.tcp.host};Port={db.bindings.tcp.port};Password={db-password.value}"
              },
              "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "external": true } }
            },
            "cache": {
              "type": "container.v0",
              "image": "docker.io/library/redis:7.4",
              "connectionString": "{cache.bindings.tcp.host}:{cache.bindings.tcp.port}",
              "bindings": { "tcp": { "scheme": "tcp", "protocol": "tcp", "transport": "tcp", "targetPort": 6379 } }
            },
            "db": {
              "type": "container.v0",
              "image": "docker.io/library/postgres:17.6",
              "env": { "POSTGRES_PASSWORD": "{db-password.value}" },
              "volumes": [ { "name": "data", "target": "/var/lib/postgresql/data", "readOnly": false } ],
              "bindings": { "tcp": { "scheme": "tcp", "protocol": "tcp", "transport": "tcp", "targetPort": 5432 } }
            },
            "db-password": {
              "type": "parameter.v0",
              "value": "{db-password.inputs.value}",
              "inputs": { "value": { "type": "string", "secret": true } }
            }
          }
        }
        """;

    /// <summary>Writes the manifest and two environments.</summary>
    public static void WriteTo(TemporaryFolder folder, string name)
    {
        folder.Write($"{name}/aspire-manifest.json", Manifest);
        folder.Write($"{name}/environments/dev.json", """{ "application": "shop" }""");
        folder.Write($"{name}/environments/production.json", """{ "application": "shop", "edge": { "domain": "shop.example.com", "hostedZoneId": "Z0123456789ABCDEFGHIJ" } }""");
    }
}
