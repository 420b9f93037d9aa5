using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Manifests;

/// <summary>Makes a manifest of a model: runs the callbacks, gives out the ports, turns values into texts.</summary>
internal sealed class ManifestBinder
{
    private static readonly TimeSpan CallbackLimit = TimeSpan.FromSeconds(10);

    private readonly List<Problem> _problems = [];
    private readonly DistributedApplicationModel _model;
    private readonly DistributedApplicationExecutionContext _context;
    private readonly string _manifestPath;
    private readonly ManifestCallbacks _callbacks;
    private readonly ManifestTexts _texts;
    private readonly ManifestWorkloads _workloads;

    private ManifestBinder(
        DistributedApplicationModel model, DistributedApplicationExecutionContext context, string manifestPath, TimeSpan callbackLimit)
    {
        _model = model;
        _context = context;
        _manifestPath = manifestPath;
        _callbacks = new ManifestCallbacks(_problems, callbackLimit);
        _texts = new ManifestTexts([.. model.Resources], _problems);
        _workloads = new ManifestWorkloads(context, _callbacks, _texts, new ManifestPorts(_problems));
    }

    /// <summary>Makes the manifest.</summary>
    /// <param name="model">A model without problems.</param>
    /// <param name="context">Publish mode.</param>
    /// <param name="manifestPath">Full path of the manifest, for the paths in it.</param>
    /// <param name="cancellationToken">Ends the wait for callbacks.</param>
    /// <exception cref="DistributedApplicationException">Holds every problem that was found.</exception>
    public static Task<ManifestDocument> BindAsync(
        DistributedApplicationModel model, DistributedApplicationExecutionContext context, string manifestPath, CancellationToken cancellationToken) =>
        BindAsync(model, context, manifestPath, CallbackLimit, cancellationToken);

    internal static Task<ManifestDocument> BindAsync(
        DistributedApplicationModel model,
        DistributedApplicationExecutionContext context,
        string manifestPath,
        TimeSpan callbackLimit,
        CancellationToken cancellationToken) =>
        new ManifestBinder(model, context, manifestPath, callbackLimit).BindAsync(cancellationToken);

    private async Task<ManifestDocument> BindAsync(CancellationToken cancellationToken)
    {
        var resources = ImmutableArray.CreateBuilder<ManifestResource>();
        foreach (var resource in _model.Resources.Where(ManifestScope.Holds))
        {
            resources.Add(await BindAsync(resource, cancellationToken));
        }

        resources.AddRange(_texts.Encoded);
        var hints = _model.Resources.Where(ManifestScope.Holds).Select(HintBinder.HintsOf).Where(hints => !hints.IsEmpty).ToImmutableArray();
        return _problems.Count == 0
            ? new ManifestDocument(resources.ToImmutable(), hints)
            : throw new DistributedApplicationException(_problems.Distinct());
    }

    private async Task<ManifestResource> BindAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var own) && own.Callback is { } write)
        {
            return new ManifestResource.CustomEntry(await WrittenByAsync(resource, "manifest", write, cancellationToken)) { Name = resource.Name };
        }

        return resource switch
        {
            ContainerResource container => ContainerOf(container, await _workloads.BindAsync(container, cancellationToken)),
            ProjectResource project => new ManifestResource.ProjectEntry(
                RelativePath(project.GetProjectMetadata().ProjectPath), await _workloads.BindAsync(project, cancellationToken))
            {
                Name = project.Name,
            },
            ExecutableResource executable => new ManifestResource.ExecutableEntry(
                RelativePath(executable.WorkingDirectory), executable.Command, await _workloads.BindAsync(executable, cancellationToken))
            {
                Name = executable.Name,
                ConnectionString = ConnectionStringOf(executable),
            },
            ParameterResource parameter => new ManifestResource.ParameterEntry(
                parameter.IsConnectionString, parameter.Secret, await DefaultOfAsync(parameter, cancellationToken))
            {
                Name = parameter.Name,
            },
            IResourceWithConnectionString => new ManifestResource.ValueEntry(ConnectionStringOf(resource) ?? "") { Name = resource.Name },
            _ => new ManifestResource.UnsupportedEntry { Name = resource.Name },
        };
    }

    private ManifestResource.ContainerEntry ContainerOf(ContainerResource container, ManifestWorkload workload)
    {
        var build = container.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var annotation) ? BuildOf(container, annotation) : null;
        var image = build is null && container.TryGetLastAnnotation<ContainerImageAnnotation>(out var pulled) ? pulled.Reference : null;
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().ToList();
        return new ManifestResource.ContainerEntry(image, build, workload)
        {
            Name = container.Name,
            ConnectionString = ConnectionStringOf(container),
            Entrypoint = container.Entrypoint,
            BindMounts =
            [
                .. mounts.Where(mount => mount.Type == ContainerMountType.BindMount)
                    .Select(mount => new ManifestMount(ManifestScope.MountPath(_manifestPath, mount.Source ?? ""), mount.Target, mount.IsReadOnly)),
            ],
            Volumes =
            [
                .. mounts.Where(mount => mount.Type == ContainerMountType.Volume)
                    .Select(mount => new ManifestMount(mount.Source ?? "", mount.Target, mount.IsReadOnly)),
            ],
        };
    }

    private ManifestBuild BuildOf(ContainerResource container, DockerfileBuildAnnotation build) => new(
        RelativePath(build.ContextPath),
        RelativePath(build.DockerfilePath),
        build.Stage,
        [.. build.BuildArguments.Select(argument => KeyValuePair.Create(argument.Key, ArgumentOf(container, argument.Key, argument.Value)))],
        [.. build.BuildSecrets.Select(secret => SecretOf(container, secret.Key, secret.Value))]);

    private string? ArgumentOf(ContainerResource container, string name, object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        IFormattable number and not Enum => number.ToString(format: null, System.Globalization.CultureInfo.InvariantCulture),
        _ => _texts.Of(container, $"build.args.{name}", value),
    };

    private ManifestBuildSecret SecretOf(ContainerResource container, string name, object value)
    {
        if (value is FileInfo file)
        {
            return new ManifestBuildSecret(name, RelativePath(file.FullName), IsFile: true);
        }

        if (value is string)
        {
            _problems.Add(ManifestProblems.PlainBuildSecret(container.Name, name));
        }

        return new ManifestBuildSecret(name, _texts.Of(container, $"build.secrets.{name}", value), IsFile: false);
    }

    private string? ConnectionStringOf(IResource resource) =>
        resource is IResourceWithConnectionString source ? _texts.Of(resource, "connectionString", source.ConnectionStringExpression) : null;

    private async Task<JsonElement?> DefaultOfAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        if (parameter.Default is not { } fallback)
        {
            return null;
        }

        return await WrittenByAsync(
            parameter,
            "inputs.value.default",
            context =>
            {
                fallback.WriteToManifest(context);
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    // Written apart, so that a callback that leaves its object unfinished spoils nothing else.
    private async Task<JsonElement> WrittenByAsync(
        IResource resource, string place, Func<ManifestPublishingContext, Task> write, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        var context = new ManifestPublishingContext(_context, _manifestPath, writer, cancellationToken);
        if (!await _callbacks.RunAsync(resource, place, () => write(context), cancellationToken))
        {
            return default;
        }

        try
        {
            writer.WriteEndObject();
            await writer.FlushAsync(cancellationToken);
            return JsonElement.Parse(buffer.ToArray());
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            _problems.Add(ManifestProblems.BrokenEntry(resource.Name, Encoding.UTF8.GetString(buffer.ToArray())));
            return default;
        }
    }

    private string RelativePath(string path) => ManifestScope.RelativePath(_manifestPath, path);
}
