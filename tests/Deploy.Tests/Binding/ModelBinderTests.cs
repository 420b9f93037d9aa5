using System.Text;
using System.Text.Json.Nodes;
using Platform.Deploy.Manifests;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Binding;

public sealed class ModelBinderTests
{
    [Fact]
    public void The_order_of_the_manifest_has_no_meaning()
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Scenario.Root, "workers-and-jobs", "manifest.json"))) ?? throw new InvalidDataException();
        var resources = json["resources"]?.AsObject() ?? throw new InvalidDataException();
        var reversed = new JsonObject(resources.Reverse().Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
        var hints = json["deploymentHints"]?.DeepClone();

        var forwards = Model(json.ToJsonString());
        var backwards = Model(new JsonObject { ["resources"] = reversed, ["deploymentHints"] = hints }.ToJsonString());

        Assert.Equal(ModelJson.Write(forwards), ModelJson.Write(backwards));
    }

    [Fact]
    public void A_fingerprint_is_that_of_what_runs()
    {
        var one = Bound.Of(Bound.Project("one", """ "A": "1", "OTEL_SERVICE_NAME": "x" """)).Workload("one");
        var other = Bound.Of(Bound.Project("one", """ "A": "2", "OTEL_SERVICE_NAME": "x" """)).Workload("one");
        var again = Bound.Of($"{Bound.Project("two", "")}, {Bound.Project("one", """ "A": "1", "OTEL_SERVICE_NAME": "x" """)}").Workload("one");

        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Equal(one.Fingerprint, again.Fingerprint);
        Assert.Equal(one.Fingerprint, ModelJson.FingerprintOf(one with { Name = "else", Resource = "else", Fingerprint = "" }));
    }

    [Theory]
    [InlineData("", "", "TCP 8080")]
    [InlineData(""" , "web": { "scheme": "http", "protocol": "tcp", "transport": "http" } """, "", "/health on 8000")]
    [InlineData("", """ "managementPort": 9090 """, "/health on 9090")]
    [InlineData("", """ "readiness": { "path": "/ready", "port": 8080 } """, "TCP 8080")]
    public void A_port_of_HTTP_2_without_TLS_is_not_asked_by_HTTP(string others, string settings, string expected)
    {
        var binding = Bound.Of(
            $$"""
            "api": { "type": "project.v0", "path": "api.csproj", "bindings": { "grpc": { "scheme": "http", "protocol": "tcp", "transport": "http2" }{{others}} } }
            """,
            hints: """ "api": { "probes": { "readiness": { "path": "/health", "binding": "grpc" } } } """,
            settings: $$""" "resources": { "api": { {{settings}} } } """);

        var readiness = binding.Workload("api").Readiness?.Action switch
        {
            ProbeAction.Http http => $"{http.Path} on {http.Port}",
            ProbeAction.Tcp tcp => $"TCP {tcp.Port}",
            _ => "none",
        };

        Assert.Equal("", Texts.Problems(binding.Problems));
        Assert.Equal(expected, readiness);
        Assert.Equal(expected.StartsWith("TCP", StringComparison.Ordinal), Texts.Coverage(binding.Coverage).Contains("speaks HTTP/2 without TLS", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_for_which_the_zone_can_have_no_record_is_refused_whoever_made_the_certificate()
    {
        var binding = Bound.Of(
            """
            "web": { "type": "project.v0", "path": "web.csproj", "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "external": true } } }
            """,
            hints: "",
            settings: """
                "edge": { "domain": "shop.example.com", "hostedZoneId": "Z0123456789ABCDEFGHIJ", "certificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f" },
                "resources": { "web": { "hosts": [ "www.shop.example.com", "www.example.org" ] } }
                """);

        var problem = Assert.Single(binding.Problems);

        Assert.Equal(
            new Problem(
                "DEP096",
                "'web' is to be found at 'www.example.org', for which the zone of 'shop.example.com' can have no record.",
                "Use a name below 'shop.example.com', or remove edge.hostedZoneId and lead all names to the load balancer yourself.",
                ExitCode.Input)
            { Subject = "resources.web.hosts" },
            problem);
    }

    [Fact]
    public void The_value_of_a_secret_that_stands_in_the_settings_is_shown_nowhere()
    {
        var binding = Bound.Of(
            $"{Bound.Secret("token", "")}, {Bound.Project("web", """ "TOKEN": "{token.value}" """)}",
            hints: "",
            settings: """ "parameters": { "token": "canary-value" } """);

        Assert.Equal(["DEP066"], binding.Problems.Select(problem => problem.Code));
        Assert.DoesNotContain("canary", Texts.Problems(binding.Problems) + Texts.Coverage(binding.Coverage) + ModelJson.Write(binding.Model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_value_that_is_no_secret_can_be_given_by_a_setting()
    {
        var resources = $$"""
            "cluster": { "type": "parameter.v0", "value": "{cluster.inputs.value}", "inputs": { "value": { "type": "string", "default": { "generate": { "minLength": 8 } } } } },
            {{Bound.Project("web", """ "CLUSTER": "{cluster.value}" """)}}
            """;

        var made = Bound.Of(resources);
        var given = Bound.Of(resources, hints: "", settings: """ "parameters": { "cluster": "blue" } """);

        Assert.Equal(new Value.Secret("cluster"), made.Workload("web").Environment["CLUSTER"]);
        Assert.Equal(Value.Of("blue"), given.Workload("web").Environment["CLUSTER"]);
    }

    [Fact]
    public void Of_a_setting_and_a_default_the_default_gives_way()
    {
        var workload = Bound.Of(
            Bound.Project("web", ""),
            hints: """ "web": { "replicas": 4 } """,
            settings: """ "resources": { "web": { "replicas": { "max": 2 }, "size": { "memoryRequest": "3Gi", "cpuLimit": "10m" } } } """).Workload("web");

        Assert.Equal(new ScalingModel(2, 2, 70), workload.Scaling);
        Assert.Equal(new SizeModel("10m", "10m", "3Gi", "3Gi", "256Mi", "512Mi"), workload.Size);
    }

    [Fact]
    public void What_waits_for_something_of_a_later_wave_belongs_to_that_wave()
    {
        var binding = Bound.Of(
            $"{Bound.Project("late", "")}, {Bound.Project("job", "")}, {Bound.Project("middle", "")}, {Bound.Project("behind", "")}",
            hints: """
                "late": { "waitFor": [{ "resource": "middle", "condition": "healthy" }] },
                "middle": { "waitFor": [{ "resource": "job", "condition": "completed", "exitCode": 0 }] },
                "behind": { "waitFor": [{ "resource": "late", "condition": "completed", "exitCode": 0 }] }
                """,
            settings: "");

        Assert.Equal([("behind", 2), ("job", 0), ("late", 1), ("middle", 1)], binding.Model.Workloads.Select(workload => (workload.Name, workload.Wave)));
    }

    [Theory]
    [InlineData("sha-1", "public.ecr.aws/x/y:sha-1")]
    [InlineData("1.0", "public.ecr.aws/x/y:1.0")]
    public void The_name_of_an_image_may_hold_parameters(string tag, string expected)
    {
        var binding = Bound.Of(
            """
            "tag": { "type": "parameter.v0", "value": "{tag.inputs.value}", "inputs": { "value": { "type": "string" } } },
            "x": { "type": "container.v0", "image": "public.ecr.aws/x/y:{tag.value}" }
            """,
            hints: "",
            settings: $$""" "parameters": { "tag": "{{tag}}" } """);

        Assert.Equal(new WorkloadImage.ThirdParty(expected), binding.Workload("x").Image);
    }

    [Fact]
    public void Images_that_are_built_come_from_the_registry_that_the_settings_name()
    {
        var ecr = Bound.Of(Bound.Project("web", ""), hints: "", settings: """ "account": "123456789012", "region": "eu-central-1" """).Workload("web");
        var other = Bound.Of(Bound.Project("web", ""), hints: "", settings: """ "registry": { "existing": "ghcr.io/owner" } """).Workload("web");

        Assert.Equal(new WorkloadImage.Built("web", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web", "shop/web"), ecr.Image);
        Assert.Equal(new WorkloadImage.Built("web", "ghcr.io/owner/shop/web", "shop/web"), other.Image);
    }

    private static DeploymentModel Model(string manifest)
    {
        var settings = SettingsReader.Read(new SettingsInput { Environment = "dev", DefaultApplication = "shop" }).Settings;
        return ModelBinder.Bind(ManifestReader.Read(Encoding.UTF8.GetBytes(manifest), "/app").Manifest, settings, MountedFiles.None).Model;
    }
}
