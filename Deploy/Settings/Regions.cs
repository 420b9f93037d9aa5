using System.Collections.Immutable;

namespace Platform.Deploy.Settings;

/// <summary>Regions of AWS and which of their zones are taken where nobody names them.</summary>
internal static class Regions
{
    private static readonly ImmutableArray<string> Known =
    [
        "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2",
        "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1",
        "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2",
        "us-gov-east-1", "us-gov-west-1", "us-west-1", "us-west-2",
    ];

    public static ImmutableArray<string> Names => Known;

    /// <summary>
    /// The first zones that every account has. Letters stand for other buildings in each account (us-east-1, us-west-2, …), so a zone in which EKS
    /// takes no control plane (use1-az3, usw1-az2, cac1-az3) shows only when the account is asked. Null: the region is not known here.
    /// </summary>
    public static ImmutableArray<string>? Zones(string region, int count)
    {
        if (!Known.Contains(region))
        {
            return null;
        }

        var letters = region switch
        {
            "ap-northeast-1" => "acd",
            "ca-central-1" => "abd",
            // An account has two of three.
            "us-west-1" => "ac",
            _ => "abc",
        };
        var zones = ImmutableArray.CreateBuilder<string>(count);
        foreach (var letter in letters.AsSpan(0, Math.Min(count, letters.Length)))
        {
            zones.Add(region + letter);
        }

        return zones.ToImmutable();
    }
}
