using System.Collections.Immutable;
using k8s.Models;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.KubernetesObjects;

public sealed class PodEnvironmentTests
{
    private static readonly ObjectContext Context = new(Sample.Model(Profile.Production));

    [Fact]
    public void A_plain_variable_comes_from_the_ConfigMap_as_it_is()
    {
        var environment = Of(("Price", Value.Of("$5 or $(HOME)")), ("Vpc", Value.Join([Value.Of("in "), new Value.Late(new LateValue("network", "VpcId"))])));

        Assert.Equal(["Price=$5 or $(HOME)", "Vpc=in ${network.VpcId}"], environment.Config.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Empty(environment.Variables);
    }

    [Fact]
    public void A_secret_is_put_into_a_text_by_the_kubelet()
    {
        var environment = Of(("Url", Value.Join([Value.Of("redis://:"), new Value.Secret("cache-password"), Value.Of("@cache?cost=$5&name=$(A)")])), ("Token", new Value.Secret("token")));

        Assert.Empty(environment.Config);
        Assert.Equal(
            [
                "SECRET_CACHE_PASSWORD <- worker-secrets/cache-password",
                "Token <- worker-secrets/token",
                "Url = redis://:$(SECRET_CACHE_PASSWORD)@cache?cost=$$5&name=$$(A)",
            ],
            environment.Variables.Select(Text));
    }

    [Fact]
    public void A_variable_of_the_application_keeps_its_name_beside_that_of_a_secret()
    {
        var environment = Of(("SECRET_TOKEN", Value.Of("mine")), ("Header", Value.Join([Value.Of("Bearer "), new Value.Secret("token")])));

        Assert.Equal(["SECRET_TOKEN=mine"], environment.Config.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(["SECRET_TOKEN_ <- worker-secrets/token", "Header = Bearer $(SECRET_TOKEN_)"], environment.Variables.Select(Text));
    }

    [Theory]
    [InlineData("1ST")]
    [InlineData("a b")]
    [InlineData("Logging:Level")]
    [InlineData("..")]
    public void A_name_that_no_ConfigMap_can_hold_stands_in_the_pod(string name)
    {
        var environment = Of((name, Value.Of("$x")));

        Assert.Empty(environment.Config);
        Assert.Equal([$"{name} = $$x"], environment.Variables.Select(Text));
    }

    [Fact]
    public void Telemetry_says_where_it_comes_from_beside_what_the_application_says()
    {
        var workload = Worker(("OTEL_EXPORTER_OTLP_ENDPOINT", Value.Of("http://alloy.observability:4317")), ("OTEL_RESOURCE_ATTRIBUTES", Value.Of("team=a")));

        var environment = PodEnvironment.Of(Context, workload);

        Assert.Equal(["OTEL_EXPORTER_OTLP_ENDPOINT"], environment.Config.Keys);
        Assert.Equal(
            [
                "K8S_NODE_NAME <- spec.nodeName",
                "K8S_POD_NAME <- metadata.name",
                "OTEL_RESOURCE_ATTRIBUTES = team=a,deployment.environment.name=production,k8s.container.name=worker,k8s.namespace.name=shop,k8s.node.name=$(K8S_NODE_NAME),k8s.pod.name=$(K8S_POD_NAME),k8s.deployment.name=worker",
            ],
            environment.Variables.Select(Text));
    }

    [Fact]
    public void A_changed_value_a_changed_file_and_another_secret_change_the_checksum()
    {
        var workload = Worker(("A", Value.Of("1")));
        Workload[] workloads =
        [
            workload,
            Worker(("A", Value.Of("2"))),
            Worker(("A1", Value.Of(""))),
            workload with { Files = [new FileMount("f", "/f", Files(("a", "x")))] },
            workload with { Files = [new FileMount("f", "/f", Files(("a", "y")))] },
            workload with { Files = [new FileMount("f", "/g", Files(("a", "x")))] },
            workload with { Secrets = ["password"] },
        ];

        var checksums = workloads.Select(one => ConfigurationObjects.Checksum(Context, one, PodEnvironment.Of(Context, one))).ToList();

        Assert.Equal(workloads.Length, checksums.Distinct().Count());
        Assert.Null(ConfigurationObjects.Checksum(Context, Worker(), PodEnvironment.Of(Context, Worker())));
    }

    [Theory]
    [InlineData("nginx.conf", "nginx.conf")]
    [InlineData("conf.d/site.conf", "conf.d_site.conf-0dbe6546")]
    [InlineData("conf.d_site.conf", "conf.d_site.conf")]
    [InlineData("ä.txt", "_.txt-95e17be1")]
    [InlineData("..", "-5ec1f7e7")]
    public void A_file_has_a_key_of_its_own_in_the_ConfigMap(string path, string key)
    {
        var mount = new FileMount("files", "/etc/files", Files((path, "")));

        Assert.Equal(key, PodVolumes.FileKey(mount, path));
    }

    private static PodEnvironment Of(params (string Name, Value Value)[] variables) => PodEnvironment.Of(Context, Worker(variables));

    private static Workload Worker(params (string Name, Value Value)[] variables) => Sample.Web() with
    {
        Name = "worker",
        IsProject = false,
        Environment = variables.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
        Secrets = [],
    };

    private static ImmutableSortedDictionary<string, ImmutableArray<byte>> Files(params (string Path, string Text)[] files) =>
        files.ToImmutableSortedDictionary(pair => pair.Path, pair => ImmutableArray.Create(System.Text.Encoding.UTF8.GetBytes(pair.Text)), StringComparer.Ordinal);

    private static string Text(V1EnvVar variable) => variable switch
    {
        { Value: { } value } => $"{variable.Name} = {value}",
        { ValueFrom.SecretKeyRef: { } secret } => $"{variable.Name} <- {secret.Name}/{secret.Key}",
        { ValueFrom.FieldRef: { } field } => $"{variable.Name} <- {field.FieldPath}",
        _ => variable.Name,
    };
}
