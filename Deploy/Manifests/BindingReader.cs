using System.Collections.Immutable;

namespace Platform.Deploy.Manifests;

/// <summary>Reads the endpoints of a workload.</summary>
internal sealed class BindingReader(ReadingFindings findings)
{
    private const int LastPort = 65535;

    private static readonly MemberNames Binding = new("A binding", ["scheme", "protocol", "transport", "external", "port", "targetPort"]);

    private static readonly Words<BindingProtocol> Protocols = new([("tcp", BindingProtocol.Tcp), ("udp", BindingProtocol.Udp)])
    {
        Other = [("http", BindingProtocol.Tcp)],
    };

    // Aspire itself writes "udp" for an endpoint of that protocol, although its schema does not have the word.
    private static readonly Words<BindingTransport> Transports = new([("http", BindingTransport.Http), ("http2", BindingTransport.Http2), ("tcp", BindingTransport.Tcp)])
    {
        Other = [("udp", BindingTransport.Tcp)],
    };

    public ImmutableArray<ManifestBinding> Read(Members workload)
    {
        var bindings = ImmutableArray.CreateBuilder<ManifestBinding>();
        foreach (var (name, value, place) in workload.Map("bindings", StringComparer.OrdinalIgnoreCase))
        {
            if (!ManifestReader.IsName(name))
            {
                findings.Add(ManifestProblems.BadName(place.ToString(), "a binding", name));
            }
            else if (Members.Of(value, place, Binding, findings) is { } members)
            {
                bindings.Add(Read(name, members));
            }
        }

        return bindings.ToImmutable();
    }

    private ManifestBinding Read(string name, Members members)
    {
        var scheme = members.FilledText("scheme", "tcp");
        if (!Uri.CheckSchemeName(scheme))
        {
            findings.Add(ManifestProblems.BadScheme(members.Place.ToString("scheme"), scheme));
            scheme = "tcp";
        }

        return new ManifestBinding(name, scheme, members.Word("protocol", Protocols), members.Word("transport", Transports))
        {
            Port = members.Number("port", 1, LastPort),
            TargetPort = members.Number("targetPort", 1, LastPort),
            External = members.Flag("external", whenAbsent: false),
        };
    }
}
