using System.Collections.Immutable;

namespace Platform.Simulator.Protocols;

/// <summary>How a service's calls and answers are written.</summary>
internal abstract record WireProtocol
{
    private WireProtocol()
    {
    }

    /// <summary>A form goes, XML comes.</summary>
    /// <param name="Namespace">Of the XML.</param>
    public sealed record Query(string Namespace) : WireProtocol;

    /// <summary>The same with lists of <c>item</c>s, and errors and results of its own shape.</summary>
    public sealed record Ec2(string Namespace) : WireProtocol;

    /// <summary>JSON 1.1: the operation is in the header <c>x-amz-target</c>.</summary>
    public sealed record Json : WireProtocol;

    /// <summary>The operation is in method and path.</summary>
    public sealed record Rest(ImmutableArray<RestRoute> Routes) : WireProtocol;
}

/// <param name="Path">Such as <c>clusters/{name}/updates/{updateId}</c>: what is in braces becomes input.</param>
internal sealed record RestRoute(string Method, string Path, string Operation);
