using System.Collections.Immutable;
using Platform.Deploy.Manifests;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>Makes the model of a manifest and the settings of one environment. Everything that later stages need is fixed here, once.</summary>
internal static class ModelBinder
{
    public static ModelBinding Bind(Manifest manifest, EnvironmentSettings settings, MountedFiles files)
    {
        var findings = new Findings();
        var names = new Names(settings.Application, settings.Environment);
        var resources = new KnownResources(manifest, settings, files);
        var secrets = new SecretBook(names, findings);
        SettingsCheck.Check(resources, settings, secrets, findings);

        var ports = PortBinder.Bind(resources, findings);
        var resolver = new ExpressionResolver(resources, ports, secrets, ResolverLimits.Of(settings.Environment), findings);
        var waits = new WaitBinder(resources, ports, resolver, findings).Bind();
        var images = new ImageBinder(resources, settings, names, resolver, findings);
        var built = images.Built();
        var binder = new WorkloadBinder(
            new WorkloadSurroundings(settings, names, ports, waits, resolver),
            images,
            new StorageBinder(resources, files, findings),
            new EnvironmentBinder(settings, SubnetPlan.LoadBalancers(settings), findings),
            findings);
        ImmutableArray<Workload> workloads =
        [
            .. resources.All
                .Select(known => known.Running is { } running ? binder.Bind(known, running) : null)
                .OfType<Workload>()
                .OrderBy(workload => workload.Name, StringComparer.Ordinal),
        ];
        var ingresses = new ExposureBinder(resources, settings, names, findings).Bind(ports, workloads);
        resolver.CheckUnused();
        AddRefusals(resources, findings);

        var model = new DeploymentModel
        {
            Names = names,
            Settings = settings,
            Workloads = workloads,
            Ingresses = ingresses,
            Secrets = secrets.Only(workloads.SelectMany(workload => workload.Secrets).Concat(built.SelectMany(SecretsOf))),
            Images = built,
            OtherRepositories = images.OtherRepositories(),
            Coverage = [],
        };
        var coverage = new CoverageBinder(resources, model, findings).Bind();
        return new ModelBinding(model with { Coverage = coverage }, coverage, findings.Problems);
    }

    private static void AddRefusals(KnownResources resources, Findings findings)
    {
        foreach (var known in resources.All)
        {
            if (known.Standing is Standing.Refused refused)
            {
                findings.Add(ExposureProblems.Refused(known.Name, refused.Reason, refused.Cure, findings.ReferrersOf(known.Name)));
            }
        }
    }

    private static IEnumerable<string> SecretsOf(ImageModel image) => image.Source is ImageSource.Build build
        ? build.Secrets.Values.SelectMany(secret => secret.Value?.Flat ?? []).OfType<Value.Secret>().Select(secret => secret.Key)
        : [];
}
