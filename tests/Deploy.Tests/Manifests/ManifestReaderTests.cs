using System.Text;
using Platform.Deploy.Manifests;

namespace Platform.Deploy.Tests.Manifests;

public sealed class ManifestReaderTests
{
    [Fact]
    public void A_project_is_read_with_all_it_has()
    {
        var manifest = """
            { "$schema": "https://json.schemastore.org/aspire-8.0.json",
              "resources": { "web": {
                "type": "project.v1", "path": "..\\Web\\Web.csproj",
                "deployment": { "type": "azure.bicep.v0", "path": "web.bicep" },
                "containerFiles": { "frontend": { "destination": "wwwroot", "sources": [ "/app/dist", "/app/more" ] } },
                "args": [ "--cache", "{cache.bindings.tcp.host}:{cache.bindings.tcp.port}" ],
                "env": { "HTTP_PORTS": "{web.bindings.http.targetPort}", "Logging__JSON": "{ \"a.b\": 1 }", "http_proxy": "a", "HTTP_PROXY": "b", "NOTHING": "" },
                "bindings": {
                  "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "external": true },
                  "grpc": { "scheme": "https", "protocol": "tcp", "transport": "http2", "port": 443, "targetPort": 8081 },
                  "dns": { "scheme": "udp", "protocol": "udp", "transport": "udp", "targetPort": 53, "external": false } } } } }
            """;

        var reading = Read(manifest);

        Assert.Equal(
            """
            Workload web (project.v1)
              Source: Project
                Path: ../Web/Web.csproj
              Args: --cache
              Args: ⟨cache|bindings|tcp|host⟩:⟨cache|bindings|tcp|port⟩
              Env.HTTP_PORTS: ⟨web|bindings|http|targetPort⟩
              Env.HTTP_PROXY: b
              Env.Logging__JSON: { "a.b": 1 }
              Env.NOTHING: 
              Env.http_proxy: a
              Bindings: ManifestBinding
                Name: http
                Scheme: http
                Protocol: Tcp
                Transport: Http
                External: True
              Bindings: ManifestBinding
                Name: grpc
                Scheme: https
                Protocol: Tcp
                Transport: Http2
                Port: 443
                TargetPort: 8081
              Bindings: ManifestBinding
                Name: dns
                Scheme: udp
                Protocol: Udp
                Transport: Tcp
                TargetPort: 53
              ContainerFiles: ManifestContainerFiles
                Resource: frontend
                Destination: wwwroot
                Sources: /app/dist
                Sources: /app/more

            """,
            reading);
    }

    [Fact]
    public void A_container_is_read_with_all_it_has()
    {
        var manifest = """
            { "resources": { "cache": {
                "type": "container.v0", "image": "docker.io/library/redis:{tag.value}", "entrypoint": "/bin/sh",
                "connectionString": "{cache.bindings.tcp.host}:{cache.bindings.tcp.port},password={password.value}",
                "args": [ "-c", "redis-server --requirepass $PASSWORD" ],
                "bindMounts": [ { "source": "..\\config\\redis.conf", "target": "/etc/redis.conf", "readOnly": true } ],
                "volumes": [ { "name": "data", "target": "/data", "readOnly": false }, { "target": "/scratch", "readOnly": true } ],
                "env": { "PASSWORD": "{password.value}" },
                "bindings": { "tcp": { "scheme": "redis", "protocol": "tcp", "transport": "tcp", "targetPort": 6379 } } } } }
            """;

        var reading = Read(manifest);

        Assert.Equal(
            """
            Workload cache (container.v0)
              Source: Image
                Reference: docker.io/library/redis:⟨tag|value⟩
              ConnectionString: ⟨cache|bindings|tcp|host⟩:⟨cache|bindings|tcp|port⟩,password=⟨password|value⟩
              Entrypoint: /bin/sh
              Args: -c
              Args: redis-server --requirepass $PASSWORD
              Env.PASSWORD: ⟨password|value⟩
              Bindings: ManifestBinding
                Name: tcp
                Scheme: redis
                Protocol: Tcp
                Transport: Tcp
                TargetPort: 6379
              Volumes: ManifestVolume
                Name: data
                Target: /data
              Volumes: ManifestVolume
                Name: 
                Target: /scratch
                ReadOnly: True
              BindMounts: ManifestBindMount
                Source: ../config/redis.conf
                Target: /etc/redis.conf
                ReadOnly: True

            """,
            reading);
    }

    [Fact]
    public void Both_forms_of_a_build_are_read()
    {
        var manifest = """
            { "resources": {
                "frontend": { "type": "container.v1", "build": {
                    "context": "../frontend", "dockerfile": "../frontend/Dockerfile", "stage": "dist", "buildOnly": true,
                    "args": { "VERSION": "{version.value}", "COMMIT": null },
                    "secrets": {
                      "token": { "type": "env", "value": "{token.value}" },
                      "ambient": { "type": "env", "value": null },
                      "npmrc": { "type": "file", "source": "../.npmrc" } } } },
                "worker": { "type": "dockerfile.v0", "path": "../worker/Dockerfile", "context": "../worker", "buildArgs": { "A": "b" } } } }
            """;

        var reading = Read(manifest);

        Assert.Equal(
            """
            Workload frontend (container.v1)
              Source: Build
                Context: ../frontend
                Dockerfile: ../frontend/Dockerfile
                Stage: dist
                BuildOnly: True
                Args.COMMIT: from the environment
                Args.VERSION: ⟨version|value⟩
                Secrets.ambient: Env
                Secrets.npmrc: File
                  Source: ../.npmrc
                Secrets.token: Env
                  Value: ⟨token|value⟩
            Workload worker (dockerfile.v0)
              Source: Build
                Context: ../worker
                Dockerfile: ../worker/Dockerfile
                Args.A: b

            """,
            reading);
    }

    [Fact]
    public void Every_kind_of_parameter_and_value_is_read()
    {
        var manifest = """
            { "resources": {
                "plain": { "type": "parameter.v0", "value": "{plain.inputs.value}", "inputs": { "value": { "type": "string" } } },
                "bare": { "type": "parameter.v0", "value": "{bare.inputs.value}", "inputs": { "value": { } } },
                "given": { "type": "parameter.v0", "value": "a-{given.inputs.value}", "inputs": { "value": { "type": "string", "default": { "value": "{no expression}" } } } },
                "db": { "type": "parameter.v0", "value": "{db.inputs.value}", "connectionString": "{db.value}", "inputs": { "value": { "type": "string", "secret": true } } },
                "password": { "type": "parameter.v0", "value": "{password.inputs.value}", "inputs": { "value": { "type": "string", "secret": true, "default": { "generate": {
                    "minLength": 22, "lower": true, "upper": false, "numeric": true, "special": false, "minLower": 1, "minNumeric": 3 } } } } },
                "defaults": { "type": "parameter.v0", "value": "{defaults.inputs.value}", "inputs": { "value": { "secret": true, "default": { "generate": { "minLength": 20 } } } } },
                "shop": { "type": "value.v0", "connectionString": "{db.connectionString};Database=shop" },
                "none": { "type": "value.v0", "connectionString": "" },
                "password-uri-encoded": { "type": "annotated.string", "value": "{password.value}", "filter": "uri" } } }
            """;

        var reading = Read(manifest);

        Assert.Equal(
            """
            Parameter plain (parameter.v0)
              Value: ⟨plain|inputs|value⟩
              Default: None
            Parameter bare (parameter.v0)
              Value: ⟨bare|inputs|value⟩
              Default: None
            Parameter given (parameter.v0)
              Value: a-⟨given|inputs|value⟩
              Default: Literal
                Value: {no expression}
            Parameter db (parameter.v0)
              Value: ⟨db|inputs|value⟩
              Secret: True
              Default: None
              ConnectionString: ⟨db|value⟩
            Parameter password (parameter.v0)
              Value: ⟨password|inputs|value⟩
              Secret: True
              Default: Generate
                MinLength: 22
                Lower: True
                Numeric: True
                MinLower: 1
                MinUpper: 0
                MinNumeric: 3
                MinSpecial: 0
            Parameter defaults (parameter.v0)
              Value: ⟨defaults|inputs|value⟩
              Secret: True
              Default: Generate
                MinLength: 20
                Lower: True
                Upper: True
                Numeric: True
                Special: True
                MinLower: 0
                MinUpper: 0
                MinNumeric: 0
                MinSpecial: 0
            Connection shop (value.v0)
              ConnectionString: ⟨db|connectionString⟩;Database=shop
            Connection none (value.v0)
              ConnectionString: 
            Filtered password-uri-encoded (annotated.string)
              Value: ⟨password|value⟩
              Filter: uri

            """,
            reading);
    }

    [Fact]
    public void What_is_not_deployed_is_read_too()
    {
        var manifest = """
            { "resources": {
                "script": { "type": "executable.v0", "command": "node", "workingDirectory": "../node", "args": [ "app.js" ] },
                "storage": { "type": "azure.bicep.v0", "path": "storage.bicep", "params": { "principalId": "" } },
                "sidecar": { "type": "dapr.v0", "dapr": { "application": "web", "appId": "web", "components": [] } },
                "clock": { "error": "This resource does not support generation in the manifest." } } }
            """;

        var reading = Read(manifest);

        Assert.Equal(
            """
            Workload script (executable.v0)
              Source: Executable
                Command: node
                WorkingDirectory: ../node
              Args: app.js
            Foreign storage (azure.bicep.v0)
            Foreign sidecar (dapr.v0)
            Failed clock ()
              Error: This resource does not support generation in the manifest.

            """,
            reading);
    }

    [Fact]
    public void Hints_are_read()
    {
        var manifest = """
            { "resources": {
                "web": { "type": "project.v0", "path": "Web.csproj", "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http" } } },
                "migration": { "type": "project.v0", "path": "Migration.csproj" },
                "key": { "type": "parameter.v0", "value": "{key.inputs.value}", "inputs": { "value": { "type": "string" } } },
                "storage": { "type": "azure.bicep.v0", "path": "storage.bicep" } },
              "deploymentHints": {
                "web": {
                  "replicas": 3,
                  "probes": {
                    "startup": { "path": "/health", "binding": "http" },
                    "readiness": { "path": "ready?deep=1", "binding": "http", "scheme": "https", "initialDelaySeconds": 0, "periodSeconds": 5, "timeoutSeconds": 1,
                                   "failureThreshold": 3, "successThreshold": 2 },
                    "liveness": { "path": "/alive", "binding": "http", "scheme": "http" } },
                  "healthChecks": [ { "path": "/health", "binding": "http", "statusCode": 204 } ],
                  "waitFor": [ { "resource": "storage", "condition": "healthy" }, { "resource": "key", "condition": "started" },
                               { "resource": "migration", "condition": "completed", "exitCode": 3 } ],
                  "explicitStart": true, "parent": "migration" },
                "key": { "description": "The key of the shop." },
                "storage": { "probes": { "readiness": { "path": "/", "binding": "of-a-type-that-is-not-known" } } },
                "migration": { } } }
            """;

        var reading = Read(manifest).Split("hints of ")[1..];

        Assert.Equal(
            """
            key
              Description: The key of the shop.
            migration
            storage
              Readiness: ProbeHint
                Path: /
                Binding: of-a-type-that-is-not-known
                Scheme: http
            web
              Replicas: 3
              Startup: ProbeHint
                Path: /health
                Binding: http
                Scheme: http
              Readiness: ProbeHint
                Path: /ready?deep=1
                Binding: http
                Scheme: https
                InitialDelaySeconds: 0
                PeriodSeconds: 5
                TimeoutSeconds: 1
                FailureThreshold: 3
                SuccessThreshold: 2
              Liveness: ProbeHint
                Path: /alive
                Binding: http
                Scheme: http
              HealthChecks: HealthCheckHint
                Path: /health
                Binding: http
                StatusCode: 204
              WaitFor: WaitHint
                Resource: storage
                Condition: Healthy
              WaitFor: WaitHint
                Resource: key
                Condition: Started
              WaitFor: WaitHint
                Resource: migration
                Condition: Completed
                ExitCode: 3
              ExplicitStart: True
              Parent: migration

            """,
            string.Concat(reading));
    }

    [Fact]
    public void A_member_that_is_not_known_is_told_once_and_ignored()
    {
        var manifest = """
            { "resources": {
                "a": { "type": "container.v0", "image": "a", "bindngs": { }, "future": 1 },
                "b": { "type": "container.v0", "image": "b", "future": { "deep": [ 2 ] } },
                "c": { "type": "container.v0", "image": "c", "future": null } },
              "deploymentHints": { "a": { "replica": 2, "sidecars": [] }, "b": { "sidecars": [] } },
              "metadata": { "of": "another tool" },
              "deploymentHint": { } }
            """;

        var notes = Dump.Of(ManifestReader.Read(Encoding.UTF8.GetBytes(manifest), "/app")).Split('\n').Where(line => line.StartsWith("note", StringComparison.Ordinal));

        Assert.Equal(
            [
                "note deploymentHint: A manifest has no member 'deploymentHint', so it was ignored. Did you mean 'deploymentHints'?",
                "note resources.a.bindngs: A container has no member 'bindngs', so it was ignored. Did you mean 'bindings'?",
                "note resources.a.future: A container has no member 'future', so it was ignored. It stands in 2 more places.",
                "note deploymentHints.a.replica: A hint has no member 'replica', so it was ignored. Did you mean 'replicas'?",
                "note deploymentHints.a.sidecars: A hint has no member 'sidecars', so it was ignored. It stands in one more place.",
            ],
            notes);
    }

    [Fact]
    public void A_mark_of_UTF_8_is_no_part_of_the_manifest()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. """{ "resources": { "clock": { "error": "no" } } }"""u8];

        var reading = ManifestReader.Read(marked, "/app");

        Assert.Equal("Failed clock ()\n  Error: no\n", Dump.Of(reading));
    }

    [Fact]
    public void A_resource_may_be_called_as_no_resource_of_Aspire_can()
    {
        var manifest = """
            { "resources": {
                "my.api": { "type": "value.v0", "connectionString": "{my.api.bindings.http.url} {my.bindings.http.url} {1st.value} {2nd.value}" },
                "1st": { "type": "value.v0", "connectionString": "" } } }
            """;

        var reading = Read(manifest);

        Assert.Equal(
            """
            Connection my.api (value.v0)
              ConnectionString: ⟨my.api|bindings|http|url⟩ ⟨my|bindings|http|url⟩ ⟨1st|value⟩ {2nd.value}
            Connection 1st (value.v0)
              ConnectionString: 

            """,
            reading);
    }

    private static string Read(string manifest) => Dump.Of(ManifestReader.Read(Encoding.UTF8.GetBytes(manifest), "/app"));
}
