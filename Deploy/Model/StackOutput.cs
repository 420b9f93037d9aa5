using System.Globalization;

namespace Platform.Deploy.Model;

/// <summary>Outputs of stacks that Kubernetes objects name. The template of each stack declares exactly these names among its outputs.</summary>
internal static class StackOutput
{
    public static LateValue ClusterSecurityGroupId { get; } = new("cluster", "ClusterSecurityGroupId");

    /// <summary>The key of nodes' disks and of volumes. Only in production; elsewhere AWS's own key is used.</summary>
    public static LateValue StorageKeyArn { get; } = new("identity", "StorageKeyArn");

    /// <summary>Only where the edge stack makes a certificate.</summary>
    public static LateValue CertificateArn { get; } = new("edge", "CertificateArn");

    /// <summary>Only with <c>edge.waf</c>.</summary>
    public static LateValue WebAclArn { get; } = new("edge", "WebAclArn");

    /// <summary>Name of the bucket of the load balancer's access logs. Only with <c>edge.protection</c>.</summary>
    public static LateValue AccessLogBucket { get; } = new("edge", "AccessLogBucketName");

    /// <param name="zone">From 1, in the order of the zones.</param>
    public static LateValue PublicSubnetId(int zone) => new("network", string.Create(CultureInfo.InvariantCulture, $"PublicSubnet{zone}Id"));

    /// <param name="zone">From 1, in the order of the zones.</param>
    public static LateValue NodeSubnetId(int zone) => new("network", string.Create(CultureInfo.InvariantCulture, $"NodeSubnet{zone}Id"));
}
