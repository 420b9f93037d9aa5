using System.Collections.Immutable;
using System.Globalization;
using k8s.Models;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>What Kubernetes or the load balancer would refuse. Codes DEP141 to DEP159.</summary>
internal static class ObjectProblems
{
    private const int ConfigMapLimit = 1024 * 1024;

    public static Problem VariablesTooLarge(string resource, long bytes) => new(
        "DEP141",
        string.Create(CultureInfo.InvariantCulture, $"The environment variables of '{resource}' have {bytes} bytes, and a ConfigMap holds at most {ConfigMapLimit}."),
        "Put large texts into a file that the application reads.",
        ExitCode.Input)
    {
        Subject = $"resources.{resource}.env",
    };

    public static Problem IllegalVariable(string resource, string variable) => new(
        "DEP142",
        $"'{variable}' cannot be the name of an environment variable in Kubernetes: it is empty, or has '=' or a character that is not printable ASCII.",
        "Rename the variable.",
        ExitCode.Input)
    {
        Subject = $"resources.{resource}.env.{variable}",
    };

    public static Problem SameObject(string kind, string name, string resource, string other) => new(
        "DEP143",
        $"'{resource}' and '{other}' both need the {kind} '{name}'.",
        "Rename one of the resources.",
        ExitCode.Input)
    {
        Subject = $"resources.{other}",
    };

    public static Problem GrpcWithoutTls(string resource, string binding) => new(
        "DEP144",
        $"The external binding '{binding}' of '{resource}' speaks HTTP/2, which a load balancer takes from visitors only with TLS.",
        "Set edge.domain and edge.hostedZoneId, or edge.certificateArn, or make the binding internal.",
        ExitCode.Input)
    {
        Subject = $"resources.{resource}.bindings.{binding}",
    };

    public static Problem NothingToAsk(string resource, string binding) => new(
        "DEP145",
        $"The external binding '{binding}' of '{resource}' is UDP, and the container has no TCP port: the load balancer can ask by TCP alone whether it is there, and would send nothing.",
        $"Let the container take connections at a TCP port, and name it with resources.{resource}.readiness.port; or make the binding internal.",
        ExitCode.Input)
    {
        Subject = $"resources.{resource}.bindings.{binding}",
    };

    /// <summary>Everything at once.</summary>
    public static IEnumerable<Problem> Of(ObjectContext context, ImmutableArray<KubernetesObject> objects)
    {
        foreach (var workload in context.Model.Workloads)
        {
            foreach (var name in workload.Environment.Keys.Where(name => name.Length == 0 || name.Any(character => character is '=' or < ' ' or > '~')))
            {
                yield return IllegalVariable(workload.Resource, name);
            }

            if (workload.ExternalPorts.FirstOrDefault(port => port.Udp && HealthChecks.PortOf(workload, port) is null) is { } udp)
            {
                yield return NothingToAsk(workload.Resource, udp.Bindings.FirstOrDefault(udp.Name));
            }
        }

        foreach (var item in objects)
        {
            if (item.Body is V1ConfigMap { Data: { } data } && item.Name == Names.Label(item.Workload ?? "", "config") && Bytes(data) is > ConfigMapLimit and var bytes)
            {
                yield return VariablesTooLarge(Resource(context, item), bytes);
            }
        }

        var first = new Dictionary<string, KubernetesObject>(objects.Length, StringComparer.Ordinal);
        foreach (var item in objects)
        {
            if (!first.TryAdd($"{item.Kind}/{item.Namespace}/{item.Name}", item))
            {
                yield return SameObject(item.Kind, item.Name, Resource(context, first[$"{item.Kind}/{item.Namespace}/{item.Name}"]), Resource(context, item));
            }
        }

        foreach (var rule in context.Model.Ingresses.Where(ingress => !ingress.Tls).SelectMany(ingress => ingress.Rules).Where(rule => rule.Port.Application == PortApplication.Http2))
        {
            yield return GrpcWithoutTls(context.Workloads[rule.Workload].Resource, rule.Port.Bindings.FirstOrDefault(rule.Port.Name));
        }
    }

    private static string Resource(ObjectContext context, KubernetesObject item) => item.Workload is { } name ? context.Workloads[name].Resource : item.File;

    private static long Bytes(IDictionary<string, string> data) => data.Sum(pair => (long)System.Text.Encoding.UTF8.GetByteCount(pair.Value) + pair.Key.Length);
}
