using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Model;

namespace Platform.Simulator.Tests;

/// <summary>Deploy's own clients, pointed at a simulated account.</summary>
internal static class Sessions
{
    public static AwsSession Of(SimulatedCloud cloud) => Of(cloud, new AwsKeys(cloud.AccessKeyId, new SecretText(cloud.SecretAccessKey), null));

    public static AwsSession Of(SimulatedCloud cloud, AwsKeys keys) =>
        AwsSession.Open(
            new AwsSessionSettings { Region = cloud.Region, StandIn = new AwsStandIn(cloud.Endpoint, keys) }, ImmutableDictionary<string, string>.Empty, TimeProvider.System);
}
