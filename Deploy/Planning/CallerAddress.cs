using System.Net;
using System.Net.Sockets;
using Platform.Deploy.Aws;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>Under which address the internet sees this machine.</summary>
internal static class CallerAddress
{
    // Of a network that is kept for documentation: a stand-in for AWS on this machine sees no address of ours.
    private const string BesideStandIn = "192.0.2.1";

    private static readonly Uri Service = new("https://checkip.amazonaws.com");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <exception cref="DeployException">Nobody says it.</exception>
    public static async Task<string> FindAsync(AwsEndpoints endpoints, CancellationToken cancellationToken)
    {
        if (endpoints.AddressOf(AwsApi.CloudFormation).IsLoopback)
        {
            return BesideStandIn;
        }

        try
        {
            using var http = new HttpClient { Timeout = Limit };
            var answer = (await http.GetStringAsync(Service, cancellationToken)).Trim();
            return IPAddress.TryParse(answer, out var address) && address.AddressFamily == AddressFamily.InterNetwork
                ? address.ToString()
                : throw new DeployException(StackInputProblems.NoCallerAddress($"{Service} answers something else than an IPv4 address."));
        }
        catch (HttpRequestException refused)
        {
            throw new DeployException([StackInputProblems.NoCallerAddress(refused.Message)], refused);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeployException([StackInputProblems.NoCallerAddress($"{Service} does not answer.")], late);
        }
    }
}
