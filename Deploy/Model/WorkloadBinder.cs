using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Manifests;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>What the binding of one workload looks up.</summary>
internal sealed record WorkloadSurroundings(
    EnvironmentSettings Settings, Names Names, ImmutableDictionary<string, WorkloadPorts> Ports, BoundWaits Waits, ExpressionResolver Resolver);

/// <summary>Makes one workload of a resource that runs.</summary>
internal sealed class WorkloadBinder(WorkloadSurroundings around, ImageBinder images, StorageBinder storage, EnvironmentBinder environment, Findings findings)
{
    private const long ProjectUser = 1654;
    private const long AnyUser = 65532;

    /// <summary>Null where a problem leaves nothing that could run.</summary>
    public Workload? Bind(KnownResource known, ManifestResource.Workload source)
    {
        var ports = around.Ports[known.Name];
        var profile = around.Settings.Profile;
        var (image, wellKnown) = images.ImageOf(known, source);
        var texts = new WorkloadTexts(known, around.Resolver, findings);
        var kind = KindOf(known, source);
        var disk = storage.Bind(known, source, wellKnown);
        var probes = ProbeRules.Of(known, kind, ports, profile, findings);
        var variables = environment.Bind(known, source, ports, texts, DataVariableOf(source, wellKnown));
        ImmutableArray<Value> command = source.Entrypoint is { } entrypoint && texts.Argument("entrypoint", entrypoint) is { } program ? [program] : [];
        var args = ArgsOf(source, texts);
        var gates = around.Waits.Gates.GetValueOrDefault(known.Name, []);
        texts.AddNotes();
        if (image is null)
        {
            return null;
        }

        var workload = new Workload
        {
            Resource = known.Name,
            Name = ports.Host,
            Kind = kind,
            IsProject = known.IsProject,
            Image = image,
            Command = command,
            Args = args,
            Environment = variables,
            Ports = ports.Ports,
            Startup = probes.Startup,
            Readiness = probes.Readiness,
            Liveness = probes.Liveness,
            Metrics = MetricsOf(known, ports),
            Scaling = ScalingRules.Of(known, kind, ports, profile, findings),
            Size = SizeRules.Of(known, profile, wellKnown?.LeastMemoryMiB ?? 0, findings),
            Volumes = disk.Volumes,
            Files = disk.Files,
            WritablePaths = disk.WritablePaths,
            UserId = UserOf(known, wellKnown),
            ReadOnlyRootFilesystem = ReadOnlyRootOf(known, wellKnown),
            NetBindService = wellKnown?.NeedsNetBindService ?? false,
            Calls = [.. texts.Calls.Concat(gates).Distinct().OrderBy(call => call.Target, StringComparer.Ordinal).ThenBy(call => call.ContainerPort).ThenBy(call => call.Udp)],
            InternetAccess = texts.InternetAccess,
            OutsidePorts = texts.OutsidePorts,
            Gates = gates,
            Wave = around.Waits.Waves.GetValueOrDefault(known.Name),
            ExternalPorts = kind == WorkloadKind.Job ? [] : ExternalOf(ports),
            Secrets = texts.Secrets,
            Role = RoleOf(known, texts),
            ExplicitStart = known.Hints.ExplicitStart,
            Fingerprint = "",
        };
        return workload with { Fingerprint = ModelJson.FingerprintOf(workload) };
    }

    private WorkloadKind KindOf(KnownResource known, ManifestResource.Workload source)
    {
        var hasVolumes = source.Volumes.Any(volume => volume.Name.Length > 0);
        if (!around.Waits.Jobs.Contains(known.Name))
        {
            return hasVolumes ? WorkloadKind.Stateful : WorkloadKind.Stateless;
        }

        if (hasVolumes)
        {
            findings.Add(WorkloadProblems.JobWithVolumes(known.Name));
        }

        return WorkloadKind.Job;
    }

    // A volume above the data belongs to an image that has a folder of its own in it.
    private static (string Name, string Value)? DataVariableOf(ManifestResource.Workload source, WellKnownImage? image) =>
        image is { DataPath: { } path, DataVariable: { } variable }
        && !source.Volumes.Any(volume => volume.Target.TrimEnd('/').Length < path.Length && path.StartsWith(volume.Target.TrimEnd('/') + "/", StringComparison.Ordinal))
            ? variable
            : null;

    private static ImmutableArray<Value> ArgsOf(ManifestResource.Workload source, WorkloadTexts texts)
    {
        var args = ImmutableArray.CreateBuilder<Value>(source.Args.Length);
        for (var i = 0; i < source.Args.Length; i++)
        {
            if (texts.Argument(string.Create(CultureInfo.InvariantCulture, $"args[{i}]"), source.Args[i]) is { } value)
            {
                args.Add(value);
            }
        }

        return args.ToImmutable();
    }

    private MetricsModel? MetricsOf(KnownResource known, WorkloadPorts ports)
    {
        if (known.Settings.MetricsPath is not { } path)
        {
            return null;
        }

        if (known.Settings.ManagementPort is { } management)
        {
            return new MetricsModel(path, management);
        }

        if (ports.FirstHttp is { } http)
        {
            return new MetricsModel(path, http.ContainerPort);
        }

        findings.Add(WorkloadProblems.MetricsWithoutPort(known.Name));
        return null;
    }

    private long UserOf(KnownResource known, WellKnownImage? image)
    {
        if (known.Settings.UserId is { } user)
        {
            return user;
        }

        if (known.IsProject)
        {
            return ProjectUser;
        }

        if (image is not null)
        {
            return image.UserId;
        }

        findings.Note(known.Name, $"It runs as user {AnyUser}, whatever its image says; another with resources.{known.Name}.userId.");
        return AnyUser;
    }

    private bool ReadOnlyRootOf(KnownResource known, WellKnownImage? image)
    {
        if (known.Settings.ReadOnlyRootFilesystem is { } said)
        {
            return said;
        }

        if (image is { NeedsWritableRoot: true })
        {
            findings.Note(known.Name, "Its root file system can be written to, as its image rewrites its own files when it starts.");
        }

        return image is not { NeedsWritableRoot: true };
    }

    private static ImmutableArray<PortModel> ExternalOf(WorkloadPorts ports) =>
    [
        .. ports.Bindings.Values
            .Where(binding => binding.External && binding.Port.Application == PortApplication.Tcp)
            .Select(binding => binding.Port)
            .Distinct()
            .OrderBy(port => port.Name, StringComparer.Ordinal),
    ];

    private WorkloadRole? RoleOf(KnownResource known, WorkloadTexts texts) => texts.Secrets.IsEmpty && known.Settings.AwsPolicies.IsEmpty
        ? null
        : new WorkloadRole(
            around.Names.PodRole(known.Name), Names.PodRoleLogicalId(known.Name), [.. known.Settings.AwsPolicies.Distinct().Order(StringComparer.Ordinal)]);
}
