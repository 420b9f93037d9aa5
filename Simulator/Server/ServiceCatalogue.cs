using System.Collections.Frozen;
using Platform.Simulator.Accounts;
using Platform.Simulator.Apis;
using Platform.Simulator.CloudFormation;
using Platform.Simulator.Protocols;
using Platform.Simulator.Registry;

namespace Platform.Simulator.Server;

/// <summary>All services of an account, by signing name.</summary>
internal static class ServiceCatalogue
{
    public static FrozenDictionary<string, ISimulatedService> Of(SimulatedAccount account, KeyRing keys, BlobFolder blobs)
    {
        var balancing = new LoadBalancingApi(account);
        account.Add(balancing);
        var scanning = new ImageScanning(account);
        account.Add(scanning);
        return new ISimulatedService[]
        {
            new AcmApi(account),
            new CloudFormationService(account),
            new Ec2Api(account),
            new EcrApi(account, blobs, scanning),
            new EksApi(account),
            new IamApi(account),
            balancing,
            new LogsApi(account),
            new SecretsManagerApi(account),
            new ServiceQuotasApi(account),
            new SsmApi(account),
            new StsApi(account, keys),
            new TaggingApi(account),
        }.ToFrozenDictionary(service => service.SigningName, StringComparer.Ordinal);
    }
}
