using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Run;

/// <summary>Gives every endpoint its public address: DCP's proxies where there is one, else the port that the process itself will listen on.</summary>
internal sealed class EndpointAllocation(RunContext run)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Ports that were asked for and are taken, each with who has it where that can be known.</summary>
    public IReadOnlyList<Problem> TakenPorts() =>
        [.. Endpoints().Where(known => WantedPort(known.Endpoint) is not null)
            .Select(known => PortCheck.Find($"resources.{known.Resource.Name}.bindings.{known.Endpoint.Name}", WantedPort(known.Endpoint) ?? 0))
            .OfType<Problem>()];

    /// <summary>Has DCP serve the public ports; ends when it does.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        var proxied = Endpoints().Where(known => known.Endpoint.IsProxied).ToDictionary(known => DcpTranslation.ServiceName(known.Resource, known.Endpoint));
        if (proxied.Count > 0)
        {
            await CreateServicesAsync(proxied, cancellationToken);
        }
    }

    /// <summary>Gives the addresses. Waits for DCP only where it has to choose a port: its services are ready later than its processes.</summary>
    /// <param name="served">What <see cref="ServeAsync"/> has returned.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task AllocateAsync(Task served, CancellationToken cancellationToken)
    {
        foreach (var (_, endpoint) in Endpoints())
        {
            if ((WantedPort(endpoint) ?? (endpoint.IsProxied ? null : run.Ports.Take())) is { } port)
            {
                endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port);
            }
        }

        if (Endpoints().Any(known => WantedPort(known.Endpoint) is null && known.Endpoint.IsProxied))
        {
            await served.WaitAsync(cancellationToken);
        }

        foreach (var resource in run.Model.Resources.Where(resource => resource.Annotations.OfType<EndpointAnnotation>().Any()))
        {
            await run.Eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, run.Services), cancellationToken);
        }
    }

    private async Task CreateServicesAsync(
        Dictionary<string, (IResource Resource, EndpointAnnotation Endpoint)> proxied, CancellationToken cancellationToken)
    {
        var dcp = await run.Dcp.WaitAsync(cancellationToken);
        var open = new HashSet<string>(proxied.Keys);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            _ = await Task.WhenAll(proxied.Select(known => dcp.CreateAsync(
                DcpTranslation.Service(known.Key, known.Value.Endpoint, WantedPort(known.Value.Endpoint)), deadline.Token)));
            await foreach (var change in dcp.WatchAsync<DcpService>(deadline.Token))
            {
                var service = change.Object;
                if (service.Status?.EffectivePort is { } port && proxied.TryGetValue(service.Metadata.Name, out var known))
                {
                    known.Endpoint.AllocatedEndpoint = new AllocatedEndpoint(known.Endpoint, "localhost", port);
                    _ = open.Remove(service.Metadata.Name);
                }

                if (open.Count == 0)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            // A port that was taken between the check and now: DCP says nothing then.
            var (resource, endpoint) = proxied[open.First()];
            throw new DistributedApplicationException(RunProblems.NoPort(resource.Name, endpoint.Name, WantedPort(endpoint)), late);
        }
    }

    private int? WantedPort(EndpointAnnotation endpoint) =>
        run.Settings.RandomPorts ? (endpoint.IsProxied ? null : endpoint.TargetPort) : endpoint.Port ?? (endpoint.IsProxied ? null : endpoint.TargetPort);

    private IEnumerable<(IResource Resource, EndpointAnnotation Endpoint)> Endpoints() =>
        run.Model.Resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (resource, endpoint)));
}
