using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Infrastructure;

/// <summary>The stacks in the order in which they are deployed; they are deleted in the reverse order.</summary>
internal sealed record StackRendering(ImmutableArray<StackTemplate> Stacks, ImmutableArray<Problem> Problems);

/// <summary>A stack as it is deployed.</summary>
/// <param name="ShortName">Such as <c>network</c>; a stack that is split goes on as <c>identity-2</c>.</param>
/// <param name="Name">In CloudFormation, such as <c>shop-production-network</c>.</param>
/// <param name="Scope">Who shares it and who deploys it.</param>
internal sealed record StackTemplate(string ShortName, string Name, StackScope Scope, Template Template)
{
    /// <summary>The template as it is sent: UTF-8, at most 51,200 bytes.</summary>
    public required ImmutableArray<byte> Body { get; init; }

    /// <summary>What to pass, one for each of the template's parameters and in their order.</summary>
    public required ImmutableArray<StackParameter> Parameters { get; init; }

    /// <summary>For <c>SetStackPolicy</c>, UTF-8 JSON; null: none.</summary>
    public required ImmutableArray<byte>? StackPolicy { get; init; }

    /// <summary>For <c>UpdateTerminationProtection</c>.</summary>
    public required bool TerminationProtection { get; init; }

    /// <summary>What CloudFormation wants to have acknowledged, such as <c>CAPABILITY_NAMED_IAM</c>.</summary>
    public required ImmutableArray<string> Capabilities { get; init; }

    /// <summary>Of the stack; CloudFormation hands them down to every resource that takes tags.</summary>
    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    /// <summary>Full names of what it exports, sorted.</summary>
    public required ImmutableSortedSet<string> Exports { get; init; }

    /// <summary>Full names of what it imports, sorted; each is an export of a stack before it.</summary>
    public required ImmutableSortedSet<string> Imports { get; init; }
}

internal enum StackScope
{
    /// <summary>All environments of the application in the account and region; deployed once, by an administrator.</summary>
    Account,

    /// <summary>One environment; deployed by an administrator, as it makes the roles that deploy the others.</summary>
    Access,

    /// <summary>All environments of the application in the account and region.</summary>
    Product,

    /// <summary>One environment.</summary>
    Environment,
}

/// <param name="Name">In the template.</param>
internal sealed record StackParameter(string Name, ParameterValue Value);

/// <summary>Where the value of a template's parameter comes from.</summary>
internal abstract record ParameterValue
{
    private ParameterValue()
    {
    }

    public sealed record Text(string Value) : ParameterValue;

    /// <summary>An output of a stack before it.</summary>
    public sealed record Late(LateValue Source) : ParameterValue;

    /// <summary>A text, but nothing where the account has an identity provider with that URL already that the stack did not make.</summary>
    public sealed record UnlessOidcProvider(string Url, string Value) : ParameterValue;

    /// <summary>The address of whoever deploys, as <c>ADDRESS/32</c>.</summary>
    public sealed record CallerCidr : ParameterValue;

    /// <summary>The version of an EKS add-on that fits the cluster, from <c>DescribeAddonVersions</c>.</summary>
    public sealed record AddonVersion(string Addon) : ParameterValue;

    /// <summary>Of the load balancer of an Ingress, once it is there; the template's default, nothing, before.</summary>
    public sealed record LoadBalancer(string Ingress, LoadBalancerAttribute Attribute) : ParameterValue;

    /// <summary>The CloudWatch dimension of a target group, once it is there; the template's default, nothing, before.</summary>
    public sealed record TargetGroup(string Ingress, string Workload, int Port) : ParameterValue;
}

internal enum LoadBalancerAttribute
{
    DnsName,

    /// <summary>The Route 53 zone of its DNS name.</summary>
    HostedZoneId,

    /// <summary>The CloudWatch dimension: the end of its ARN, <c>app/NAME/ID</c>.</summary>
    Dimension,
}
