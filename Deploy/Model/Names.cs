using System.Security.Cryptography;
using System.Text;

namespace Platform.Deploy.Model;

/// <summary>
/// Every name that is derived from another. A name depends on nothing but its arguments, so it is the same in every run and does not change
/// when other resources come or go; different arguments give different names.
/// </summary>
/// <param name="Application">At most 24 lower-case letters, digits, hyphens.</param>
/// <param name="Environment">At most 12 of the same.</param>
internal sealed record Names(string Application, string Environment)
{
    private const int LabelLimit = 63;
    private const int RoleLimit = 64;
    private const int HashLength = 8;

    /// <summary>Namespace of the Prometheus, Grafana, Loki stack.</summary>
    public const string ObservabilityNamespace = "observability";

    /// <summary>Service in <see cref="ObservabilityNamespace"/> that takes OTLP.</summary>
    public const string TelemetryService = "alloy";

    /// <summary>Where it takes OTLP by gRPC, for all namespaces of the cluster.</summary>
    public const string TelemetryEndpoint = $"http://{TelemetryService}.{ObservabilityNamespace}:4317";

    /// <summary>Group of Kubernetes that the access entry of production's deployer is in.</summary>
    public const string DeployersGroup = "platform:deployers";

    /// <summary>Group of Kubernetes that the access entry of the planner is in.</summary>
    public const string PlannersGroup = "platform:planners";

    /// <summary>Who owns our objects in Kubernetes and our resources in AWS.</summary>
    public const string ManagedBy = "platform";

    /// <summary><c>shop-production</c>: the cluster, and the beginning of stacks, roles and exports.</summary>
    public string Prefix => $"{Application}-{Environment}";

    public string Cluster => Prefix;

    /// <summary>Path of IAM roles and beginning of secrets and parameters: <c>/shop/production/</c>.</summary>
    public string Path => $"/{Application}/{Environment}/";

    /// <summary>Path of the roles that plan and deploy: not below <see cref="Path"/>, and no other environment's, as names have no underscore.</summary>
    public string AccessPath => $"/{Application}/{Environment}_access/";

    /// <summary>The parameter that keeps two runs apart.</summary>
    public string DeployLock => Path + "deploy-lock";

    /// <summary>The parameter that says what was deployed last.</summary>
    public string DeployRecord => Path + "deploy";

    public string BootstrapStack => $"{Application}-bootstrap";

    public string RegistryStack => $"{Application}-registry";

    /// <param name="part"><c>access</c>, <c>mirror</c>, <c>network</c>, <c>identity</c>, <c>cluster</c>, <c>addons</c>, <c>edge</c>, <c>ops</c>.</param>
    public string Stack(string part) => $"{Prefix}-{part}";

    public string Export(string output) => $"{Prefix}-{output}";

    /// <summary>An IAM role of the environment, such as <c>shop-production-node</c>.</summary>
    public string Role(string part) => Shortened($"{Prefix}-{Label(part)}", RoleLimit, part);

    /// <summary>The managed policy that bounds every role that the tool makes; policies of IAM are the same in all regions.</summary>
    public string Boundary(string region) => $"{Application}-{region}-boundary";

    /// <summary>The bucket of records; bucket names are the same for all accounts and regions.</summary>
    public string StateBucket(string account, string region) => $"{Application}-state-{account}-{region}";

    /// <summary>Full name in Secrets Manager.</summary>
    public string Secret(string parameter) => $"{Application}/{Environment}/{Label(parameter)}";

    /// <summary>An object of a whole cluster that others use too.</summary>
    public string ClusterWide(string name) => Label(Prefix, name);

    public string Repository(string resource) => $"{Application}/{Label(resource)}";

    /// <summary>The role that the pods of a workload get. The ending keeps it apart from the roles of the environment itself, whatever a resource is called.</summary>
    public string PodRole(string resource) => Role($"{Label(resource)}-pods");

    /// <summary>Of <see cref="PodRole"/> in the identity stack.</summary>
    public static string PodRoleLogicalId(string resource) => LogicalId(resource) + "PodsRole";

    public static string RepositoryLogicalId(string resource) => LogicalId(resource) + "Repository";

    public static string SecretLogicalId(string parameter) => LogicalId(parameter) + "Secret";

    /// <summary>Of the Deployment, Service, ServiceAccount … of a resource. Every namespace has a ServiceAccount <c>default</c> already.</summary>
    public static string Workload(string resource)
    {
        var label = Label(resource);
        return label == "default" ? $"{label}-{Hash(label)}" : label;
    }

    /// <summary>Where the environment's copy of a third-party image is kept: <c>shop/mirror/production/docker.io/library/redis</c>.</summary>
    /// <param name="reference">With host, with or without tag and digest: <c>docker.io/library/redis:7.4</c>.</param>
    public string Mirror(string reference) =>
        $"{Application}/mirror/{Environment}/{(ImageReference.Parse(reference)?.Repository ?? reference).Replace(':', '-').ToLowerInvariant()}";

    /// <summary>
    /// A DNS label. A name that differs from it in more than upper case gets a hash of itself, so that <c>a.b</c> and <c>a-b</c> stay apart;
    /// names that differ in case alone are the same name to Aspire.
    /// </summary>
    public static string Label(string name)
    {
        var lower = name.ToLowerInvariant();
        var clean = new StringBuilder(lower.Length);
        foreach (var character in lower)
        {
            clean.Append(char.IsAsciiLetterOrDigit(character) ? character : '-');
        }

        var label = clean.ToString().Trim('-');
        if (label.Length == 0 || !char.IsAsciiLetter(label[0]))
        {
            label = "r" + (label.Length == 0 ? "" : "-") + label;
        }

        return label == lower ? Shortened(label, LabelLimit - HashLength - 1, lower) : Shortened(label, 0, lower);
    }

    /// <summary>A label with something behind it, within the limit of a label.</summary>
    public static string Label(string label, string suffix) => Shortened($"{label}-{suffix}", LabelLimit, $"{label}\n{suffix}");

    /// <summary>
    /// One of several objects of one kind that a label stands for, such as <c>db--headless</c>. Names of Aspire have no two hyphens in a row,
    /// so that no other resource has this one.
    /// </summary>
    public static string Part(string label, string part) => Shortened($"{label}--{part}", LabelLimit, $"{label}\n{part}");

    /// <summary>Name of a port in Kubernetes: at most 15 characters, with a letter among them.</summary>
    public static string Port(string binding)
    {
        const int limit = 15;
        var label = Label(binding);
        return label.Length <= limit && !label.Contains("--", StringComparison.Ordinal) ? label : $"p-{Hash(binding.ToLowerInvariant())}";
    }

    /// <summary>In a CloudFormation template: <c>web-api</c> becomes <c>WebApi</c>. Where a digit follows a hyphen the name gets its hash.</summary>
    public static string LogicalId(string name)
    {
        var label = Label(name);
        var id = new StringBuilder(label.Length);
        var ambiguous = false;
        foreach (var word in label.Split('-'))
        {
            ambiguous |= word.Length == 0 || (id.Length > 0 && char.IsAsciiDigit(word[0]));
            id.Append(word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]);
        }

        return ambiguous ? id + Hash(label).ToUpperInvariant() : id.ToString();
    }

    /// <summary>Eight hexadecimal digits of SHA-256: enough to keep the names of one application apart.</summary>
    public static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    /// <summary>The same of bytes.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLength];

    private static string Shortened(string name, int limit, string hashed)
    {
        if (name.Length <= limit)
        {
            return name;
        }

        var room = limit == 0 ? LabelLimit - (2 * (HashLength + 1)) : limit - HashLength - 1;
        return $"{name[..Math.Min(name.Length, room)].TrimEnd('-')}-{Hash(hashed)}";
    }
}
