using System.Net.Sockets;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Dcp;

/// <summary>Turns instances into DCP's objects. Values are the user's, so templates in them are quoted.</summary>
internal static class DcpTranslation
{
    private const string ResourceName = "resource-name";

    /// <summary>Name of the service behind an endpoint. Resources and endpoints have no dots in their names.</summary>
    public static string ServiceName(IResource resource, EndpointAnnotation endpoint) => $"{resource.Name}.{endpoint.Name}".ToLowerInvariant();

    public static DcpService Service(string name, EndpointAnnotation endpoint, int? port) => new()
    {
        Metadata = new DcpMetadata { Name = name },
        Spec = new DcpServiceSpec
        {
            Port = port,
            Protocol = endpoint.Protocol == ProtocolType.Udp ? "UDP" : "TCP",
            AddressAllocationMode = DcpAddressAllocation.Localhost,
        },
    };

    public static DcpExecutable Executable(InstanceLaunch launch) => new()
    {
        Metadata = Metadata(launch, launch.Ports.Select(port => (port.Service, port.Port))),
        Spec = new DcpExecutableSpec
        {
            ExecutablePath = launch.Command ?? "",
            WorkingDirectory = launch.WorkingDirectory,
            Args = [.. launch.Arguments.Select(DcpTemplate.Escape)],
            Env = Environment(launch),
        },
    };

    public static DcpContainer Container(InstanceLaunch launch, ContainerLaunch container) => new()
    {
        // DCP adds the machine's port itself: what is served is the port inside.
        Metadata = Metadata(launch, launch.Ports.Select(port => (port.Service, PortInside(port)))),
        Spec = new DcpContainerSpec
        {
            Image = container.Image,
            Build = Build(container),
            ContainerName = container.ContainerName,
            Command = launch.Command,
            Args = [.. launch.Arguments.Select(DcpTemplate.Escape)],
            Env = Environment(launch),
            Ports = [.. launch.Ports.Select(port => new DcpContainerPort(
                PortInside(port), port.Port, "127.0.0.1", port.Endpoint.Protocol == ProtocolType.Udp ? "UDP" : "TCP"))],
            VolumeMounts = [.. container.Mounts.Select(mount => new DcpVolumeMount(
                mount.Type == ContainerMountType.BindMount ? "bind" : "volume", mount.Source ?? "", mount.Target, mount.IsReadOnly))],
            Networks = [new DcpContainerNetworkUse(container.Network, container.Aliases)],
            RunArgs = container.RuntimeArguments.IsEmpty ? null : container.RuntimeArguments,
            PullPolicy = container.PullPolicy switch
            {
                ImagePullPolicy.Always => "always",
                ImagePullPolicy.Missing => "missing",
                ImagePullPolicy.Never => "never",
                _ => null,
            },
            Persistent = container.Persistent ? true : null,
        },
    };

    private static DcpContainerBuild? Build(ContainerLaunch container) => container.Build is not { } build ? null : new DcpContainerBuild
    {
        Context = build.ContextPath,
        Dockerfile = build.DockerfilePath,
        Stage = build.Stage,
        Args = [.. container.BuildArguments.Select(argument => new DcpNameValue(argument.Key, argument.Value))],
        Secrets = [.. container.BuildSecrets.Select(secret => new DcpBuildSecret(secret.Key, "env", Source: null, secret.Value))],
        Tags = [container.Image],
    };

    private static int PortInside(InstancePort port) => port.Endpoint.TargetPort ?? port.Endpoint.Port ?? port.Port;

    private static DcpNameValue[] Environment(InstanceLaunch launch) =>
        [.. launch.Environment.Select(variable => new DcpNameValue(variable.Key, DcpTemplate.Escape(variable.Value)))];

    private static DcpMetadata Metadata(InstanceLaunch launch, IEnumerable<(string? Service, int Port)> served)
    {
        var annotations = new Dictionary<string, string> { [ResourceName] = launch.ResourceName };
        var producers = served.Where(port => port.Service is not null)
            .Select(port => new DcpServiceProducer(port.Service ?? "", Address: null, port.Port)).ToArray();
        if (producers.Length > 0)
        {
            annotations[DcpAnnotations.ServiceProducer] = DcpJson.ServiceProducers(producers);
        }

        return new DcpMetadata { Name = launch.Id, Annotations = annotations };
    }
}
