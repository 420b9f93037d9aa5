using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Deploy.Model;

/// <summary>
/// The model as JSON, for machines and for the difference between two commits: every member in a fixed order, secrets by key, files by the hash of
/// their content. A value is a text, <c>{ "secret": KEY }</c>, <c>{ "late": "STACK.OUTPUT" }</c>, or a list of these.
/// </summary>
internal static class ModelJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(DeploymentModel model)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, model);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    public static void Write(Utf8JsonWriter writer, DeploymentModel model)
    {
        writer.WriteStartObject();
        writer.WriteString("application", model.Names.Application);
        writer.WriteString("environment", model.Names.Environment);
        writer.WriteString("profile", Lower(model.Settings.Profile));
        writer.WriteString("region", model.Settings.Region);
        writer.WriteString("namespace", model.Settings.Namespace);
        ModelSettingsJson.Write(writer, model.Settings);
        List(writer, "workloads", model.Workloads, Workload);
        List(writer, "ingresses", model.Ingresses, Ingress);
        List(writer, "secrets", model.Secrets, Secret);
        List(writer, "images", model.Images, Image);
        Texts(writer, "otherRepositories", [.. model.OtherRepositories.Select(repository => repository.Repository)]);
        writer.WriteEndObject();
    }

    /// <summary>Of everything that runs, without its names.</summary>
    public static string FingerprintOf(Workload workload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            Content(writer, workload);
            writer.WriteEndObject();
        }

        return Names.Hash(buffer.WrittenSpan);
    }

    private static void Workload(Utf8JsonWriter writer, Workload workload)
    {
        writer.WriteString("resource", workload.Resource);
        writer.WriteString("name", workload.Name);
        Content(writer, workload);
        writer.WriteString("fingerprint", workload.Fingerprint);
    }

    private static void Content(Utf8JsonWriter writer, Workload workload)
    {
        writer.WriteString("kind", Lower(workload.Kind));
        writer.WriteBoolean("isProject", workload.IsProject);
        writer.WriteString("image", workload.Image switch
        {
            WorkloadImage.Built built => built.Repository,
            WorkloadImage.ThirdParty other => other.Reference,
            _ => "",
        });
        Values(writer, "command", workload.Command);
        Values(writer, "args", workload.Args);
        writer.WriteStartObject("environment");
        foreach (var (name, value) in workload.Environment)
        {
            writer.WritePropertyName(name);
            Value(writer, value);
        }

        writer.WriteEndObject();
        List(writer, "ports", workload.Ports, Port);
        Probe(writer, "startup", workload.Startup);
        Probe(writer, "readiness", workload.Readiness);
        Probe(writer, "liveness", workload.Liveness);
        if (workload.Metrics is { } metrics)
        {
            writer.WriteStartObject("metrics");
            writer.WriteString("path", metrics.Path);
            writer.WriteNumber("port", metrics.Port);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("scaling");
        writer.WriteNumber("min", workload.Scaling.Min);
        writer.WriteNumber("max", workload.Scaling.Max);
        writer.WriteNumber("targetCpuPercent", workload.Scaling.TargetCpuPercent);
        writer.WriteEndObject();
        Size(writer, workload.Size);
        List(writer, "volumes", workload.Volumes, Volume);
        List(writer, "files", workload.Files, Mount);
        Texts(writer, "writablePaths", workload.WritablePaths);
        writer.WriteNumber("userId", workload.UserId);
        writer.WriteBoolean("readOnlyRootFilesystem", workload.ReadOnlyRootFilesystem);
        writer.WriteBoolean("netBindService", workload.NetBindService);
        List(writer, "calls", workload.Calls, Flow);
        writer.WriteBoolean("internetAccess", workload.InternetAccess);
        writer.WriteStartArray("outsidePorts");
        foreach (var port in workload.OutsidePorts)
        {
            writer.WriteNumberValue(port);
        }

        writer.WriteEndArray();
        List(writer, "gates", workload.Gates, Flow);
        writer.WriteNumber("wave", workload.Wave);
        Texts(writer, "externalPorts", [.. workload.ExternalPorts.Select(port => port.Name)]);
        Texts(writer, "secrets", workload.Secrets);
        if (workload.Role is { } role)
        {
            writer.WriteStartObject("role");
            writer.WriteString("name", role.RoleName);
            Texts(writer, "managedPolicies", role.ManagedPolicies);
            writer.WriteEndObject();
        }

        writer.WriteBoolean("explicitStart", workload.ExplicitStart);
    }

    private static void Size(Utf8JsonWriter writer, SizeModel size)
    {
        writer.WriteStartObject("size");
        writer.WriteString("cpuRequest", size.CpuRequest);
        writer.WriteString("cpuLimit", size.CpuLimit);
        writer.WriteString("memoryRequest", size.MemoryRequest);
        writer.WriteString("memoryLimit", size.MemoryLimit);
        writer.WriteString("ephemeralRequest", size.EphemeralRequest);
        writer.WriteString("ephemeralLimit", size.EphemeralLimit);
        writer.WriteEndObject();
    }

    private static void Port(Utf8JsonWriter writer, PortModel port)
    {
        writer.WriteString("name", port.Name);
        writer.WriteNumber("containerPort", port.ContainerPort);
        writer.WriteNumber("servicePort", port.ServicePort);
        writer.WriteString("protocol", port.Udp ? "udp" : "tcp");
        writer.WriteString("application", Lower(port.Application));
        Texts(writer, "bindings", port.Bindings);
        writer.WriteBoolean("management", port.Management);
    }

    private static void Probe(Utf8JsonWriter writer, string name, ProbeModel? probe)
    {
        if (probe is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        switch (probe.Action)
        {
            case ProbeAction.Http http:
                writer.WriteString("path", http.Path);
                writer.WriteNumber("port", http.Port);
                writer.WriteBoolean("tls", http.Tls);
                break;
            case ProbeAction.Tcp tcp:
                writer.WriteNumber("port", tcp.Port);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        writer.WriteNumber("initialDelaySeconds", probe.InitialDelaySeconds);
        writer.WriteNumber("periodSeconds", probe.PeriodSeconds);
        writer.WriteNumber("timeoutSeconds", probe.TimeoutSeconds);
        writer.WriteNumber("failureThreshold", probe.FailureThreshold);
        writer.WriteNumber("successThreshold", probe.SuccessThreshold);
        writer.WriteEndObject();
    }

    private static void Volume(Utf8JsonWriter writer, VolumeModel volume)
    {
        writer.WriteString("name", volume.Name);
        writer.WriteString("mountPath", volume.MountPath);
        writer.WriteBoolean("readOnly", volume.ReadOnly);
        writer.WriteNumber("sizeGiB", volume.SizeGiB);
    }

    private static void Mount(Utf8JsonWriter writer, FileMount mount)
    {
        writer.WriteString("name", mount.Name);
        writer.WriteString("mountPath", mount.MountPath);
        writer.WriteStartObject("files");
        foreach (var (path, content) in mount.Files)
        {
            writer.WriteString(path, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content.AsSpan())));
        }

        writer.WriteEndObject();
    }

    private static void Flow(Utf8JsonWriter writer, FlowModel flow)
    {
        writer.WriteString("target", flow.Target);
        writer.WriteNumber("containerPort", flow.ContainerPort);
        writer.WriteNumber("servicePort", flow.ServicePort);
        writer.WriteString("protocol", flow.Udp ? "udp" : "tcp");
    }

    private static void Ingress(Utf8JsonWriter writer, IngressModel ingress)
    {
        writer.WriteString("name", ingress.Name);
        writer.WriteBoolean("tls", ingress.Tls);
        if (ingress.Certificate is { } certificate)
        {
            writer.WritePropertyName("certificate");
            Value(writer, certificate);
        }

        List(writer, "rules", ingress.Rules, Rule);
    }

    private static void Rule(Utf8JsonWriter writer, IngressRule rule)
    {
        writer.WriteString("host", rule.Host);
        writer.WriteString("path", rule.Path);
        writer.WriteString("workload", rule.Workload);
        writer.WriteString("port", rule.Port.Name);
        writer.WriteBoolean("stickySessions", rule.StickySessions);
        writer.WriteNumber("idleTimeoutSeconds", rule.IdleTimeoutSeconds);
        writer.WriteString("healthCheckPath", rule.HealthCheckPath);
        writer.WriteNumber("healthCheckPort", rule.HealthCheckPort);
    }

    private static void Secret(Utf8JsonWriter writer, SecretModel secret)
    {
        writer.WriteString("key", secret.Key);
        writer.WriteString("name", secret.SecretName);
        switch (secret.Origin)
        {
            case SecretOrigin.Generated generated:
                writer.WriteString("origin", "generated");
                writer.WriteNumber("length", generated.Length);
                writer.WriteBoolean("lower", generated.Lower);
                writer.WriteBoolean("upper", generated.Upper);
                writer.WriteBoolean("numeric", generated.Numeric);
                writer.WriteBoolean("special", generated.Special);
                break;
            case SecretOrigin.Given given:
                writer.WriteString("origin", "given");
                writer.WriteString("description", given.Description);
                break;
            case SecretOrigin.Encoded encoded:
                writer.WriteString("origin", "encoded");
                writer.WriteString("of", encoded.OfKey);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Image(Utf8JsonWriter writer, ImageModel image)
    {
        writer.WriteString("resource", image.Resource);
        writer.WriteString("repository", image.Repository);
        switch (image.Source)
        {
            case ImageSource.Project project:
                writer.WriteString("project", project.ProjectFile);
                break;
            case ImageSource.Build build:
                writer.WriteString("context", build.Context);
                writer.WriteString("dockerfile", build.Dockerfile);
                writer.WriteString("stage", build.Stage);
                writer.WriteBoolean("buildOnly", build.BuildOnly);
                writer.WriteStartObject("args");
                foreach (var (name, value) in build.Args)
                {
                    writer.WritePropertyName(name);
                    Value(writer, value);
                }

                writer.WriteEndObject();
                Texts(writer, "secrets", [.. build.Secrets.Keys]);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        List(writer, "files", image.Files, Files);
    }

    private static void Files(Utf8JsonWriter writer, ImageFiles files)
    {
        writer.WriteString("image", files.Image);
        writer.WriteString("destination", files.Destination);
        Texts(writer, "sources", files.Sources);
    }

    private static void Values(Utf8JsonWriter writer, string name, ImmutableArray<Value> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            Value(writer, value);
        }

        writer.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter writer, Value? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case Value.Literal literal:
                writer.WriteStringValue(literal.Text);
                break;
            case Value.Secret secret:
                writer.WriteStartObject();
                writer.WriteString("secret", secret.Key);
                writer.WriteEndObject();
                break;
            case Value.Late late:
                writer.WriteStartObject();
                writer.WriteString("late", $"{late.Source.Stack}.{late.Source.Output}");
                writer.WriteEndObject();
                break;
            case Value.Joined joined:
                writer.WriteStartArray();
                foreach (var part in joined.Parts)
                {
                    Value(writer, part);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Texts(Utf8JsonWriter writer, string name, ImmutableArray<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void List<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Lower<T>(T choice)
        where T : struct, Enum => choice.ToString().ToLowerInvariant();
}
