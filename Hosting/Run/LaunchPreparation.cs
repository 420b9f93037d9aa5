using System.Collections.Immutable;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Run;

/// <summary>Asks the callbacks of a resource for arguments and variables and resolves every value, for one instance.</summary>
/// <param name="run">The run.</param>
/// <param name="outputs">Where the projects were built to.</param>
internal sealed class LaunchPreparation(RunContext run, ProjectOutputs outputs)
{
    /// <summary>Waits for whatever values the instance needs: parameters, ports, connection strings.</summary>
    public async Task<InstanceLaunch> PrepareAsync(IResource resource, string id, CancellationToken cancellationToken)
    {
        var logger = run.Loggers.GetLogger(id);
        var ports = TakePorts(resource, id);
        var resolver = ResolverFor(resource, ports);
        var variables = new Dictionary<string, object>(StringComparer.Ordinal);
        RunEnvironment.AddDefaults(resource, id, ports, run, variables);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(new EnvironmentCallbackContext(run.ExecutionContext, resource, variables, cancellationToken) { Logger = logger });
        }

        var arguments = new List<object>();
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(new CommandLineArgsCallbackContext(arguments, resource, cancellationToken)
            {
                ExecutionContext = run.ExecutionContext,
                Logger = logger,
            });
        }

        var launch = new InstanceLaunch
        {
            Id = id,
            ResourceName = resource.Name,
            Arguments = await AllAsync(arguments, resolver, cancellationToken),
            HasSecretArguments = arguments.Any(IsSecret),
            Environment = await AllAsync(variables, resolver, cancellationToken),
            Ports = ports,
        };
        return resource switch
        {
            ProjectResource project => ForProject(project, launch),
            ExecutableResource executable => launch with { Command = executable.Command, WorkingDirectory = executable.WorkingDirectory },
            ContainerResource container => launch with { Command = container.Entrypoint },
            _ => launch,
        };
    }

    public async Task<ContainerLaunch> PrepareContainerAsync(ContainerResource container, string network, CancellationToken cancellationToken)
    {
        var resolver = ResolverFor(container, []);
        var runtimeArguments = new List<object>();
        foreach (var annotation in container.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await annotation.Callback(new ContainerRuntimeArgsCallbackContext(runtimeArguments, cancellationToken));
        }

        // The name under which a container finds the processes of this machine; Docker Desktop knows it by itself.
        runtimeArguments.AddRange(["--add-host", $"{EndpointAddress.HostOfContainers}:host-gateway"]);
        _ = container.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build);
        return new ContainerLaunch
        {
            Image = container.Annotations.OfType<ContainerImageAnnotation>().Last().Reference,
            Build = build,
            BuildArguments = await ArgumentsOfBuildAsync(build, resolver, cancellationToken),
            BuildSecrets = await AllAsync(build?.BuildSecrets ?? [], resolver, cancellationToken),
            Mounts = [.. container.Annotations.OfType<ContainerMountAnnotation>()],
            RuntimeArguments = await AllAsync(runtimeArguments, resolver, cancellationToken),
            Aliases = [container.Name.ToLowerInvariant(), EndpointAddress.NetworkAlias(container), .. container.Annotations.OfType<ContainerNetworkAliasAnnotation>().Select(known => known.Alias)],
            Network = network,
            ContainerName = container.TryGetLastAnnotation<ContainerNameAnnotation>(out var name) ? name.Name : null,
            Persistent = InstanceIds.IsPersistent(container),
            PullPolicy = container.TryGetLastAnnotation<ContainerImagePullPolicyAnnotation>(out var policy) ? policy.ImagePullPolicy : ImagePullPolicy.Default,
        };
    }

    private static async Task<ImmutableArray<KeyValuePair<string, string?>>> ArgumentsOfBuildAsync(
        DockerfileBuildAnnotation? build, ValueResolver resolver, CancellationToken cancellationToken)
    {
        var resolved = ImmutableArray.CreateBuilder<KeyValuePair<string, string?>>();
        foreach (var (name, value) in build?.BuildArguments ?? [])
        {
            resolved.Add(new(name, await resolver.ResolveAsync(value, cancellationToken)));
        }

        return resolved.ToImmutable();
    }

    private InstanceLaunch ForProject(ProjectResource project, InstanceLaunch launch)
    {
        var assembly = outputs.AssemblyOf(project);
        if (!File.Exists(assembly))
        {
            throw new DistributedApplicationException(RunProblems.NotBuilt(project.Name, assembly));
        }

        return launch with
        {
            Command = DotnetHost.Path,
            WorkingDirectory = Path.GetDirectoryName(project.GetProjectMetadata().ProjectPath),
            Arguments = [assembly, .. ArgumentsOfProfile(project, launch), .. launch.Arguments],
        };
    }

    private static bool IsSecret(object argument) => ValueReferences.ResourcesIn(argument is IResourceBuilder<IResource> builder ? builder.Resource : argument)
        .Any(part => part is ParameterResource { Secret: true } or IResourceWithConnectionString and not ParameterResource);

    // What the model says counts more than the profile.
    private static IEnumerable<string> ArgumentsOfProfile(ProjectResource project, InstanceLaunch launch) =>
        launch.Arguments.IsEmpty && project.TryGetLastAnnotation<SelectedLaunchProfile>(out var selected)
            ? CommandLine.Split(selected.Profile.CommandLineArgs ?? "")
            : [];

    private ImmutableArray<InstancePort> TakePorts(IResource resource, string id) =>
        [.. resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new InstancePort(
            endpoint,
            endpoint.IsProxied ? DcpTranslation.ServiceName(resource, endpoint) : null,
            PortOf(resource, id, endpoint)))];

    private int PortOf(IResource resource, string id, EndpointAnnotation endpoint) => endpoint switch
    {
        { IsProxied: false, AllocatedEndpoint: { } allocated } => allocated.Port,
        { TargetPort: { } port } when resource is not ContainerResource => port,
        _ => InstanceIds.IsPersistent(resource) ? InstanceIds.StablePort(id, endpoint.Name) : run.Ports.Take(),
    };

    private ValueResolver ResolverFor(IResource resource, ImmutableArray<InstancePort> ports) => new(
        new ValueProviderContext { ExecutionContext = run.ExecutionContext, Caller = resource },
        ports.ToDictionary(
            port => port.Endpoint.Name, port => resource is ContainerResource ? port.Endpoint.TargetPort ?? port.Port : port.Port, StringComparer.OrdinalIgnoreCase));

    private static async Task<ImmutableArray<string>> AllAsync(List<object> values, ValueResolver resolver, CancellationToken cancellationToken)
    {
        var resolved = ImmutableArray.CreateBuilder<string>(values.Count);
        foreach (var value in values)
        {
            if (await resolver.ResolveAsync(value, cancellationToken) is { } text)
            {
                resolved.Add(text);
            }
        }

        return resolved.ToImmutable();
    }

    private static async Task<ImmutableArray<KeyValuePair<string, string>>> AllAsync(
        Dictionary<string, object> values, ValueResolver resolver, CancellationToken cancellationToken)
    {
        var resolved = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>(values.Count);
        foreach (var (name, value) in values)
        {
            if (await resolver.ResolveAsync(value, cancellationToken) is { } text)
            {
                resolved.Add(new(name, text));
            }
        }

        return resolved.ToImmutable();
    }
}
