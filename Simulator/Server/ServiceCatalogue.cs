using System.Collections.Frozen;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;
using Platform.Simulator.Services;

namespace Platform.Simulator.Server;

/// <summary>All services of an account, by signing name.</summary>
internal static class ServiceCatalogue
{
    public static FrozenDictionary<string, ISimulatedService> Of(SimulatedAccount account, KeyRing keys) =>
        new ISimulatedService[]
        {
            new StsService(account, keys),
        }.ToFrozenDictionary(service => service.SigningName, StringComparer.Ordinal);
}
