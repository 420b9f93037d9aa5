using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Manifests;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>The environment variables of a workload: the manifest's, over them the operator's, and below both what the cluster adds.</summary>
internal sealed class EnvironmentBinder(EnvironmentSettings settings, ImmutableArray<string> proxies, Findings findings)
{
    private static readonly string[] HttpVariables =
        ["HTTP_PORTS", "ASPNETCORE_HTTP_PORTS", "DOTNET_HTTP_PORTS", "ASPNETCORE_URLS", "DOTNET_URLS", "URLS"];

    private static readonly string[] HttpsVariables = ["HTTPS_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_HTTPS_PORTS"];
    private static readonly string[] UrlVariables = ["ASPNETCORE_URLS", "DOTNET_URLS", "URLS"];

    /// <param name="ofImage">What the image needs; null: nothing.</param>
    public ImmutableSortedDictionary<string, Value> Bind(
        KnownResource known, ManifestResource.Workload workload, WorkloadPorts ports, WorkloadTexts texts, (string Name, string Value)? ofImage)
    {
        var variables = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, text) in workload.Env)
        {
            // What the operator sets is not looked at: that is how he mends a value that has no counterpart here.
            if (!known.Settings.Env.ContainsKey(name) && texts.Variable(name, text) is { } value)
            {
                variables.Add(name, value);
            }
        }

        if (ofImage is { } needed)
        {
            Add(variables, needed.Name, needed.Value);
        }

        if (known.IsProject)
        {
            EndTlsInFront(known, workload, ports, variables);
            AddDefaults(known, ports, variables);
        }

        if (settings.Operations.Observability && (known.IsProject || variables.Keys.Any(name => name.StartsWith("OTEL_", StringComparison.Ordinal))))
        {
            AddTelemetry(known, variables);
        }

        foreach (var (name, text) in known.Settings.Env)
        {
            variables[name] = texts.Plain(text);
        }

        return variables.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private void AddDefaults(KnownResource known, WorkloadPorts ports, SortedDictionary<string, Value> variables)
    {
        if (!Has(variables, "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"))
        {
            variables["ASPNETCORE_ENVIRONMENT"] = Value.Of("Production");
            variables["DOTNET_ENVIRONMENT"] = Value.Of("Production");
        }

        // A read-only root has no place for the sockets of debuggers and profilers.
        Add(variables, "DOTNET_EnableDiagnostics", "0");
        Add(variables, "AWS_REGION", settings.Region);
        if (ports.FirstHttp is not null && !Has(variables, HttpVariables))
        {
            variables["HTTP_PORTS"] = Value.Of(string.Join(';', HttpPorts(ports)));
        }

        if (ports.Management is { } management)
        {
            Add(variables, "MANAGEMENT_PORT", Text(management.ContainerPort));
        }

        if (ports.Bindings.Values.Any(binding => binding.External && binding.Port.Application is PortApplication.Http or PortApplication.Http2))
        {
            Add(variables, "KNOWN_PROXIES", string.Join(',', proxies));
        }
    }

    private void AddTelemetry(KnownResource known, SortedDictionary<string, Value> variables)
    {
        Add(variables, "OTEL_EXPORTER_OTLP_ENDPOINT", Names.TelemetryEndpoint);
        Add(variables, "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        Add(variables, "OTEL_SERVICE_NAME", known.Name);
        // The objects add what is known of the pod: environment, namespace, node.
        Add(variables, "OTEL_RESOURCE_ATTRIBUTES", $"service.namespace={settings.Application}");
    }

    // Kestrel does not start with an HTTPS address and no certificate.
    private void EndTlsInFront(KnownResource known, ManifestResource.Workload workload, WorkloadPorts ports, SortedDictionary<string, Value> variables)
    {
        if (KestrelCertificate.IsConfigured(variables.Keys.Concat(known.Settings.Env.Keys)))
        {
            return;
        }

        foreach (var name in variables.Keys.Where(name => HttpsVariables.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList())
        {
            _ = variables.Remove(name);
            findings.Note(known.Name, $"The variable {name} is left out: TLS ends in front of the container, which has no certificate.");
        }

        const string https = "https://";
        foreach (var name in variables.Keys.Where(name => UrlVariables.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList())
        {
            if (variables[name] is not Value.Literal literal || !literal.Text.Contains(https, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var own = OwnHttpsPorts(workload, ports);
            var plain = string.Join(';', literal.Text
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(url => !url.StartsWith(https, StringComparison.OrdinalIgnoreCase) ? url : own.Contains(url[(url.LastIndexOf(':') + 1)..].TrimEnd('/')) ? "http://" + url[https.Length..] : "")
                .Where(url => url.Length > 0));
            findings.Note(known.Name, $"{name} is without https: TLS ends in front of the container, which has no certificate.");
            _ = variables.Remove(name);
            if (plain.Length > 0)
            {
                variables.Add(name, Value.Of(plain));
            }
        }

        ServeAlso(known, workload, ports, variables);
    }

    // An HTTPS endpoint with a port of its own is served there without TLS.
    private void ServeAlso(KnownResource known, ManifestResource.Workload workload, WorkloadPorts ports, SortedDictionary<string, Value> variables)
    {
        if (!variables.TryGetValue("HTTP_PORTS", out var said) || said is not Value.Literal literal)
        {
            return;
        }

        var listed = literal.Text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var own = OwnHttpsPorts(workload, ports).Except(listed).ToList();
        if (own.Count > 0)
        {
            variables["HTTP_PORTS"] = Value.Of(string.Join(';', listed.Concat(own)));
            findings.Note(known.Name, $"HTTP_PORTS has {string.Join(", ", own)} too, which is the target port of an HTTPS endpoint.");
        }
    }

    private static List<string> OwnHttpsPorts(ManifestResource.Workload workload, WorkloadPorts ports) =>
    [
        .. workload.Bindings
            .Where(binding => binding is { Scheme: "https", TargetPort: not null } && ports.Bindings.TryGetValue(binding.Name, out var bound) && bound.Scheme == "http")
            .Select(binding => Text(binding.TargetPort ?? 0)),
    ];

    private static IEnumerable<string> HttpPorts(WorkloadPorts ports) =>
        ports.Ports.Where(port => !port.Management && port.Application is PortApplication.Http or PortApplication.Http2).Select(port => Text(port.ContainerPort));

    private static void Add(SortedDictionary<string, Value> variables, string name, string text)
    {
        if (!Has(variables, name))
        {
            variables.Add(name, Value.Of(text));
        }
    }

    // To .NET's configuration case means nothing.
    private static bool Has(SortedDictionary<string, Value> variables, params string[] names) =>
        variables.Keys.Any(name => names.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
