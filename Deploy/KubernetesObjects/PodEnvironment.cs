using System.Collections.Immutable;
using k8s.Models;
using Platform.Deploy.Model;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>
/// How a workload's variables reach its container. Plain ones stand in a ConfigMap. A secret comes from the Kubernetes Secret that the CSI driver
/// keeps; a text around a secret is put together by the kubelet, which replaces <c>$(SECRET_KEY)</c> by a variable that stands before it.
/// </summary>
/// <param name="Config">Data of the ConfigMap.</param>
/// <param name="Variables">Secrets first, as the others refer to them.</param>
internal sealed record PodEnvironment(ImmutableSortedDictionary<string, string> Config, ImmutableArray<V1EnvVar> Variables)
{
    private const string ResourceAttributes = "OTEL_RESOURCE_ATTRIBUTES";

    public static PodEnvironment Of(ObjectContext context, Workload workload)
    {
        var config = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var variables = ImmutableArray.CreateBuilder<V1EnvVar>();
        foreach (var key in KeysInTexts(workload))
        {
            variables.Add(FromSecret(SecretVariable(workload, key), workload, key));
        }

        var identified = SendsTelemetry(context, workload);
        foreach (var (name, value) in workload.Environment)
        {
            if (name == ResourceAttributes && identified)
            {
                continue;
            }

            if (value is Value.Secret secret)
            {
                variables.Add(FromSecret(name, workload, secret.Key));
            }
            else if (value.Flat.Any(part => part is Value.Secret) || !IsConfigKey(name))
            {
                variables.Add(new V1EnvVar { Name = name, Value = Expanded(workload, value) });
            }
            else
            {
                config.Add(name, Raw(value));
            }
        }

        if (identified)
        {
            variables.AddRange(Identity(context, workload));
        }

        return new PodEnvironment(config.ToImmutable(), variables.ToImmutable());
    }

    /// <summary>A text for a command or argument, in which the kubelet replaces <c>$(NAME)</c>.</summary>
    public static string Expanded(Workload workload, Value value) => string.Concat(value.Flat.Select(part => part switch
    {
        // "$$" is the kubelet's escape of "$".
        Value.Literal literal => literal.Text.Replace("$", "$$", StringComparison.Ordinal),
        Value.Secret secret => $"$({SecretVariable(workload, secret.Key)})",
        _ => Raw(part),
    }));

    /// <summary>Whether its telemetry goes to the stack in the cluster.</summary>
    public static bool SendsTelemetry(ObjectContext context, Workload workload) =>
        context.Settings.Operations.Observability && (workload.IsProject || workload.Environment.ContainsKey("OTEL_EXPORTER_OTLP_ENDPOINT"));

    /// <summary>A text without secrets.</summary>
    public static string Raw(Value value) => string.Concat(value.Flat.Select(part => part switch
    {
        Value.Literal literal => literal.Text,
        Value.Late late => late.Source.ToString(),
        _ => throw new System.Diagnostics.UnreachableException("A secret has no text."),
    }));

    /// <summary>Outputs of stacks in the ConfigMap.</summary>
    public IEnumerable<LateValue> ConfigLateValues(Workload workload) => Late(workload.Environment.Where(variable => Config.ContainsKey(variable.Key)).Select(variable => variable.Value));

    /// <summary>Outputs of stacks in the pod itself: its other variables, its command.</summary>
    public IEnumerable<LateValue> PodLateValues(Workload workload) =>
        Late(workload.Environment.Where(variable => !Config.ContainsKey(variable.Key)).Select(variable => variable.Value).Concat(workload.Command).Concat(workload.Args));

    /// <summary>Whether a variable of this name can come from a ConfigMap: the kubelet passes over keys that are no names of variables.</summary>
    private static bool IsConfigKey(string name) =>
        name.Length is > 0 and <= 253 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.')
        && name is not ("." or "..") && !name.StartsWith("..", StringComparison.Ordinal);

    private static IEnumerable<LateValue> Late(IEnumerable<Value> values) => values.SelectMany(value => value.Flat).OfType<Value.Late>().Select(late => late.Source);

    private static IEnumerable<string> KeysInTexts(Workload workload) =>
        workload.Environment.Where(variable => variable.Value is Value.Joined || variable.Key == ResourceAttributes).Select(variable => variable.Value)
            .Concat(workload.Command).Concat(workload.Args)
            .SelectMany(value => value.Flat).OfType<Value.Secret>().Select(secret => secret.Key).Distinct().Order(StringComparer.Ordinal);

    private static string SecretVariable(Workload workload, string key)
    {
        var name = "SECRET_" + key.ToUpperInvariant().Replace('-', '_');
        while (workload.Environment.ContainsKey(name))
        {
            name += "_";
        }

        return name;
    }

    private static V1EnvVar FromSecret(string name, Workload workload, string key) =>
        new() { Name = name, ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = Names.Label(workload.Name, "secrets"), Key = key } } };

    // Which pod and node a trace or log line comes from; the SDK adds it to all that it sends.
    private static IEnumerable<V1EnvVar> Identity(ObjectContext context, Workload workload)
    {
        yield return FromField("K8S_NODE_NAME", "spec.nodeName");
        yield return FromField("K8S_POD_NAME", "metadata.name");
        var kind = workload.Kind switch { WorkloadKind.Stateless => "deployment", WorkloadKind.Stateful => "statefulset", _ => "job" };
        var own = workload.Environment.TryGetValue(ResourceAttributes, out var value) ? Expanded(workload, value) + "," : "";
        yield return new V1EnvVar
        {
            Name = ResourceAttributes,
            Value = $"{own}deployment.environment.name={context.Names.Environment},k8s.container.name={workload.Name},k8s.namespace.name={context.Namespace},k8s.node.name=$(K8S_NODE_NAME),"
                + $"k8s.pod.name=$(K8S_POD_NAME),k8s.{kind}.name={workload.Name}",
        };
    }

    private static V1EnvVar FromField(string name, string path) => new() { Name = name, ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = path } } };
}
