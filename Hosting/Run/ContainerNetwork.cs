using Platform.Hosting.Dcp;

namespace Platform.Hosting.Run;

/// <summary>The network in which the containers of an application find each other.</summary>
internal static class ContainerNetwork
{
    public const string Name = "application";

    public static Task CreateAsync(DcpClient dcp, CancellationToken cancellationToken) => dcp.CreateAsync(
        new DcpContainerNetwork { Metadata = new DcpMetadata { Name = Name }, Spec = new DcpContainerNetworkSpec() }, cancellationToken);
}
