using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Manifests;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>
/// Fills in the expressions of the manifest's texts. What a member of a resource stands for is found once, so the time is that of the texts;
/// a problem in it is reported there and once, however many use it.
/// </summary>
internal sealed class ExpressionResolver(KnownResources resources, ImmutableDictionary<string, WorkloadPorts> ports, SecretBook secrets, ResolverLimits limits, Findings findings)
{
    private const string ConnectionString = "connectionString";
    private const string ValueMember = "value";

    private static readonly string[] BindingMembers = ["url", "host", "port", "scheme", "targetPort", "hostAndPort", "tlsEnabled"];

    private readonly Dictionary<(string Resource, string Member), Resolution> _members = [];
    private readonly List<(string Resource, string Member)> _path = [];
    private string _root = "";
    private bool _isNeeded = true;

    /// <param name="owner">The resource whose text it is.</param>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it stands, for problems.</param>
    public Resolution Resolve(string owner, ManifestText text, string place)
    {
        _root = _path.Count == 0 ? place : _root;
        var parts = new List<Resolution>(text.Parts.Length);
        var length = 0L;
        foreach (var part in text.Parts)
        {
            var resolved = part switch
            {
                ManifestTextPart.Literal literal => new Resolution(Value.Of(literal.Text)),
                ManifestTextPart.Reference reference => Reference(owner, reference, place),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            length += LengthOf(resolved.Value);
            if (length > limits.Length)
            {
                findings.Add(ReferenceProblems.TooLong(place, limits.Length));
                return Resolution.Failed;
            }

            parts.Add(resolved);
        }

        return parts.Count == 0 ? Resolution.Empty : Resolution.Join(parts);
    }

    /// <summary>What <c>{NAME.connectionString}</c> stands for; null where the resource has none.</summary>
    public Resolution? ConnectionStringOf(KnownResource known) => ConnectionTextOf(known.Resource) is { } text
        ? Member(known, ConnectionString, () => Resolve(known.Name, text, $"{known.Place}.{ConnectionString}"))
        : null;

    /// <summary>
    /// Looks at the texts that nothing deployed uses: an unknown name or a circle is a mistake there too. That a parameter has no value is none, as long as
    /// nobody needs it.
    /// </summary>
    public void CheckUnused()
    {
        _isNeeded = false;
        foreach (var known in resources.All.Where(known => known.Standing is Standing.Deployed))
        {
            _ = ConnectionStringOf(known);
            if (known.Resource is ManifestResource.Parameter or ManifestResource.Filtered)
            {
                _ = Deployed(known.Name, known, new ManifestTextPart.Reference(known.Name, [ValueMember]), known.Place);
            }
        }
    }

    private Resolution Reference(string owner, ManifestTextPart.Reference reference, string place)
    {
        if (resources.Find(reference.Resource) is not { } known)
        {
            findings.Add(ReferenceProblems.UnknownResource(place, reference.ToString(), reference.Resource, resources.Closest(reference.Resource)));
            return Resolution.Failed;
        }

        return known.Standing switch
        {
            Standing.Refused => Resolution.Empty with { Refused = [known.Name] },
            Standing.Missing => Resolution.Empty with { Missing = [known.Name] },
            Standing.Substituted substituted => Substituted(known, substituted.By, reference, place),
            _ => Deployed(owner, known, reference, place),
        };
    }

    private Resolution Deployed(string owner, KnownResource known, ManifestTextPart.Reference reference, string place)
    {
        switch (known.Resource, reference.Members)
        {
            case (ManifestResource.Workload, ["bindings", var name, var member]) when ports.TryGetValue(known.Name, out var listening):
                return Binding(owner, known, listening, name, member, reference, place);
            case (ManifestResource.Workload { Source: WorkloadSource.Image image }, ["containerImage"]):
                return Resolve(known.Name, image.Reference, $"{known.Place}.image");
            case (ManifestResource.Workload, ["containerPort"]) when ports.TryGetValue(known.Name, out var listening) && listening.FirstTcp is { } first:
                return new Resolution(Value.Of(first.ContainerPort));
            case (_, [ConnectionString]) when ConnectionStringOf(known) is { } connection:
                return connection;
            case (ManifestResource.Parameter parameter, [ValueMember]):
                return Member(known, ValueMember, () => Resolve(known.Name, parameter.Value, $"{known.Place}.{ValueMember}"));
            case (ManifestResource.Parameter, ["inputs", ValueMember]) when owner != known.Name:
                findings.Add(ReferenceProblems.InputOfAnother(place, reference.ToString(), known.Name));
                return Resolution.Failed;
            case (ManifestResource.Parameter parameter, ["inputs", ValueMember]):
                return Member(known, "inputs.value", () => Input(known, parameter));
            case (ManifestResource.Filtered filtered, [ValueMember]):
                return Member(known, ValueMember, () => Encoded(Resolve(known.Name, filtered.Value, $"{known.Place}.{ValueMember}")));
            default:
                return Unknown(known, reference, place);
        }
    }

    private Resolution Unknown(KnownResource known, ManifestTextPart.Reference reference, string place)
    {
        var members = new List<string>();
        if (ConnectionTextOf(known.Resource) is not null)
        {
            members.Add(ConnectionString);
        }

        if (known.Resource is ManifestResource.Parameter or ManifestResource.Filtered)
        {
            members.Add(ValueMember);
        }

        if (ports.TryGetValue(known.Name, out var listening))
        {
            members.AddRange(listening.Bindings.Keys.Order(StringComparer.Ordinal).Select(binding => $"bindings.{binding}"));
        }

        var written = string.Join('.', reference.Members.Take(2));
        findings.Add(ReferenceProblems.UnknownMember(place, reference.ToString(), known.Name, members, ClosestName.Among(members, written)));
        return Resolution.Failed;
    }

    private Resolution Binding(string owner, KnownResource known, WorkloadPorts listening, string name, string member, ManifestTextPart.Reference reference, string place)
    {
        if (!listening.Bindings.TryGetValue(name, out var binding))
        {
            return Unknown(known, reference, place);
        }

        var (host, port) = (listening.Host, binding.Port.ServicePort.ToString(CultureInfo.InvariantCulture));
        var text = member switch
        {
            "url" => $"{binding.Scheme}://{host}:{port}",
            "host" => host,
            "port" => port,
            "scheme" => binding.Scheme,
            "targetPort" => binding.Port.ContainerPort.ToString(CultureInfo.InvariantCulture),
            "hostAndPort" => $"{host}:{port}",
            "tlsEnabled" => binding.Tls.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        if (text is null)
        {
            findings.Add(ReferenceProblems.UnknownMember(place, reference.ToString(), $"{known.Name}.bindings.{name}", BindingMembers, ClosestName.Among(BindingMembers, member)));
            return Resolution.Failed;
        }

        // A workload that names its own host may call itself through its Service, as members of a cluster do; its own port alone is where it listens.
        var isCall = member is "url" or "host" or "hostAndPort" || (owner != known.Name && member is "port" or "targetPort");
        return new Resolution(Value.Of(text)) { Calls = isCall ? [listening.FlowTo(binding.Port)] : [] };
    }

    private Resolution Input(KnownResource known, ManifestResource.Parameter parameter)
    {
        var said = parameter.Secret ? null : resources.ValueOf(known.Name);
        if (said is not null)
        {
            return new Resolution(Value.Of(said));
        }

        if (parameter.Secret || parameter.Default is ParameterDefault.Generate)
        {
            var secret = secrets.OfParameter(known, parameter.Default);
            return new Resolution(new Value.Secret(secret.Key))
            {
                HiddenAddresses = parameter.ConnectionString is not null && secret.Origin is SecretOrigin.Given ? [known.Name] : [],
            };
        }

        if (parameter.Default is ParameterDefault.Literal literal)
        {
            return new Resolution(Value.Of(literal.Value));
        }

        if (known.MayBeMissing)
        {
            return Resolution.Empty with { Missing = [known.Name] };
        }

        if (_isNeeded)
        {
            findings.Add(ReferenceProblems.MissingParameter(known.Name, _root, limits.Environment));
        }

        return Resolution.Failed;
    }

    private Resolution Encoded(Resolution resolution) => resolution.IsUsable ? resolution with { Value = secrets.Encoded(resolution.Value) } : resolution;

    private Resolution Substituted(KnownResource known, Substitute by, ManifestTextPart.Reference reference, string place)
    {
        switch (by, reference.Members)
        {
            case (Substitute.ConnectionStringSecret secret, [ConnectionString] or [ValueMember]):
                return new Resolution(new Value.Secret(secrets.OfSubstitute(known, secret.SecretName).Key))
                {
                    HiddenAddresses = [known.Name],
                    OutsidePorts = known.Resource is ManifestResource.Workload workload ? [.. workload.Bindings.Select(binding => binding.TargetPort ?? binding.Port).OfType<int>()] : [],
                };
            case (Substitute.ExternalUrl external, [ConnectionString] or [ValueMember]):
                return new Resolution(Value.Of(OutsideAddress.TextOf(external.Url)));
            case (Substitute.ExternalUrl external, ["bindings", var name, var member]) when HasBinding(known, name) && OutsideAddress.Part(external.Url, member) is { } text:
                return new Resolution(Value.Of(text)) { OutsidePorts = OutsideAddress.PortOf(external.Url) is { } port ? [port] : [] };
            default:
                findings.Add(ReferenceProblems.NoCounterpart(
                    place, reference.ToString(), known.Name, by is Substitute.ExternalUrl ? "the address of a service outside" : "a secret with a connection string"));
                return Resolution.Failed;
        }
    }

    private static bool HasBinding(KnownResource known, string name) =>
        known.Resource is not ManifestResource.Workload workload || workload.Bindings.Any(binding => binding.Name == name);

    private static ManifestText? ConnectionTextOf(ManifestResource resource) => resource switch
    {
        ManifestResource.Workload workload => workload.ConnectionString,
        ManifestResource.Parameter parameter => parameter.ConnectionString,
        ManifestResource.Connection connection => connection.ConnectionString,
        _ => null,
    };

    private Resolution Member(KnownResource known, string member, Func<Resolution> resolve)
    {
        (string Resource, string Member) key = (known.Name, member);
        if (_members.TryGetValue(key, out var found))
        {
            return found;
        }

        if (_path.IndexOf(key) is >= 0 and var start)
        {
            findings.Add(ReferenceProblems.Circle([.. _path.Skip(start).Append(key).Select(step => $"{step.Resource}.{step.Member}")]));
            return Resolution.Failed;
        }

        if (_path.Count >= limits.Depth)
        {
            findings.Add(ReferenceProblems.NestedTooDeeply($"{known.Place}.{member}", limits.Depth));
            return Resolution.Failed;
        }

        _path.Add(key);
        var resolution = resolve();
        _path.RemoveAt(_path.Count - 1);
        resolution = resolution with { Depth = resolution.Depth + 1 };
        if (resolution.Depth > limits.Depth && !resolution.HasFailed)
        {
            // Members that were found before are not on the path: their depth counts too, so that the order of the manifest has no meaning.
            findings.Add(ReferenceProblems.NestedTooDeeply($"{known.Place}.{member}", limits.Depth));
            resolution = Resolution.Failed;
        }

        _members.Add(key, resolution);
        return resolution;
    }

    private static long LengthOf(Value value) => value switch
    {
        Value.Literal literal => literal.Text.Length,
        Value.Joined joined => joined.Parts.Sum(part => part is Value.Literal literal ? literal.Text.Length : 1L),
        _ => 1,
    };
}

/// <param name="Environment">Name of the environment, for cures.</param>
/// <param name="Length">Characters of a value with all expressions filled in. Linux gives a process at most 128 KiB in one variable or argument.</param>
/// <param name="Depth">Values that are made of values.</param>
internal sealed record ResolverLimits(string Environment, int Length, int Depth)
{
    public static ResolverLimits Of(string environment) => new(environment, 128 * 1024, 64);
}
