namespace Platform.Deploy.Tests.Manifests;

/// <summary>A manifest with something of everything, which is right.</summary>
internal static class FuzzSeed
{
    public const string Rich = """
        { "$schema": "https://json.schemastore.org/aspire-8.0.json",
          "resources": {
            "web": { "type": "project.v1", "path": "../Web/Web.csproj", "args": [ "--a", "{cache.bindings.tcp.url}" ],
              "containerFiles": { "frontend": { "destination": "wwwroot", "sources": [ "/app/dist" ] } },
              "env": { "HTTP_PORTS": "{web.bindings.http.targetPort}", "JSON": "{ \"a\": 1 }" },
              "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "port": 80, "targetPort": 8080, "external": true } } },
            "cache": { "type": "container.v0", "image": "redis:8", "entrypoint": "/bin/sh", "connectionString": "{cache.bindings.tcp.host}:{cache.bindings.tcp.port}",
              "volumes": [ { "name": "data", "target": "/data", "readOnly": false } ], "bindMounts": [ { "source": "../a", "target": "/a", "readOnly": true } ],
              "bindings": { "tcp": { "scheme": "redis", "protocol": "tcp", "transport": "tcp", "targetPort": 6379 } } },
            "frontend": { "type": "container.v1", "build": { "context": "../f", "dockerfile": "../f/Dockerfile", "stage": "x", "buildOnly": true,
              "args": { "A": null }, "secrets": { "s": { "type": "env", "value": "{key.value}" }, "t": { "type": "file", "source": "t" } } } },
            "old": { "type": "dockerfile.v0", "path": "Dockerfile", "context": ".", "buildArgs": { "A": "b" } },
            "script": { "type": "executable.v0", "command": "node", "workingDirectory": ".." },
            "key": { "type": "parameter.v0", "value": "{key.inputs.value}", "connectionString": "{key.value}",
              "inputs": { "value": { "type": "string", "secret": true, "default": { "generate": { "minLength": 22, "lower": true, "minLower": 1 } } } } },
            "plain": { "type": "parameter.v0", "value": "x", "inputs": { "value": { "type": "string", "default": { "value": "y" } } } },
            "db": { "type": "value.v0", "connectionString": "{cache.connectionString};{key-uri-encoded.value}" },
            "key-uri-encoded": { "type": "annotated.string", "value": "{key.value}", "filter": "uri" },
            "storage": { "type": "azure.bicep.v0", "path": "s.bicep", "params": { "a": [ { } ] } },
            "clock": { "error": "no" } },
          "deploymentHints": { "web": { "replicas": 2, "probes": { "startup": { "path": "/", "binding": "http", "scheme": "http", "periodSeconds": 5 } },
            "healthChecks": [ { "path": "/", "binding": "http", "statusCode": 200 } ], "waitFor": [ { "resource": "cache", "condition": "completed", "exitCode": 1 } ],
            "explicitStart": true, "parent": "cache", "description": "d" } } }
        """;
}
