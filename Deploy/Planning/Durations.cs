using System.Collections.Immutable;
using Platform.Deploy.Infrastructure;

namespace Platform.Deploy.Planning;

/// <summary>How long things usually take in AWS: what the waiting is measured against, and no promise.</summary>
internal static class Durations
{
    /// <summary>Building and sending the images of an application, which goes on beside the stacks.</summary>
    public static TimeSpan Images { get; } = TimeSpan.FromMinutes(3);

    /// <summary>A stack whose template changes nothing that takes long.</summary>
    private static readonly TimeSpan ShortUpdate = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ControlPlaneUpdate = TimeSpan.FromMinutes(9);

    // The types that decide how long a stack takes.
    private static readonly ImmutableDictionary<string, TimeSpan> Long = new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
    {
        ["AWS::EKS::Cluster"] = TimeSpan.FromMinutes(9),
        ["AWS::EKS::Nodegroup"] = TimeSpan.FromMinutes(3),
        ["AWS::EKS::Addon"] = TimeSpan.FromMinutes(2),
        ["AWS::EC2::NatGateway"] = TimeSpan.FromMinutes(2.5),
        ["AWS::EC2::VPCEndpoint"] = TimeSpan.FromMinutes(2),
        ["AWS::CertificateManager::Certificate"] = TimeSpan.FromMinutes(3),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Of a stack that is made.</summary>
    public static TimeSpan OfCreation(string shortName, IEnumerable<string> types) => Floor(shortName) + types.Select(type => Long.GetValueOrDefault(type)).DefaultIfEmpty().Max();

    /// <summary>Of a stack that changes.</summary>
    public static TimeSpan OfUpdate(IEnumerable<PlannedChange> changes) => ShortUpdate + changes.Select(OfChange).DefaultIfEmpty().Max();

    /// <summary>Of a stack that goes.</summary>
    public static TimeSpan OfDeletion(string shortName) => shortName == ClusterStack.ShortName ? TimeSpan.FromMinutes(10) : TimeSpan.FromMinutes(2);

    private static TimeSpan OfChange(PlannedChange change) => (change.Action, change.Type) switch
    {
        (ChangeAction.Modify, "AWS::EKS::Cluster") when change.Properties.Any(property => property.Path is "Version" || property.Path.StartsWith("ResourcesVpcConfig", StringComparison.Ordinal)) => ControlPlaneUpdate,
        (ChangeAction.Modify, _) when change.Replacement == Replacement.No => TimeSpan.Zero,
        _ => Long.GetValueOrDefault(change.Type),
    };

    // Roles and policies take half a minute until all of AWS knows them.
    private static TimeSpan Floor(string shortName) => shortName switch
    {
        NetworkStack.ShortName => TimeSpan.FromSeconds(45),
        ClusterStack.ShortName => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromSeconds(40),
    };
}
