using System.Buffers.Text;
using System.Text;
using Platform.Deploy.Model;

namespace Platform.Deploy.Aws;

/// <summary>
/// How somebody shows a cluster of EKS who they are: the address of a signed GetCallerIdentity, which the cluster sends to STS. It always names the
/// STS of AWS in the cluster's region, whatever other endpoint is configured, for that is where the cluster asks.
/// </summary>
/// <param name="Bearer">Goes behind <c>Authorization: Bearer</c>.</param>
/// <param name="RenewAfter">The cluster takes it for 15 minutes; a minute is left for the way.</param>
internal sealed record EksToken(SecretText Bearer, DateTimeOffset RenewAfter)
{
    private const string Prefix = "k8s-aws-v1.";
    private const string ClusterHeader = "x-k8s-aws-id";

    // EKS goes by the time in the signature; this says how soon STS has to be asked, and 60 is what AWS's own tools sign.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Use = TimeSpan.FromMinutes(14);

    public static EksToken Of(string cluster, AwsEndpoints endpoints, AwsKeys keys, DateTimeOffset now)
    {
        var sts = endpoints.AwsAddressOf(AwsApi.Sts);
        var url = new Uri(sts, $"?Action=GetCallerIdentity&Version={AwsApi.Sts.Version}");
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = sts.Authority, [ClusterHeader] = cluster };
        var presigned = SigV4.Presign(url, headers, Lifetime, keys, new SigningScope(endpoints.Region, AwsApi.Sts.SigningName, now));
        return new EksToken(new SecretText(Prefix + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(presigned))), now + Use);
    }
}
