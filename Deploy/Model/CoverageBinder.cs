using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Manifests;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>Says of every resource of the manifest what it becomes.</summary>
internal sealed class CoverageBinder(KnownResources resources, DeploymentModel model, Findings findings)
{
    private readonly Dictionary<string, Workload> _workloads = model.Workloads.ToDictionary(workload => workload.Resource, StringComparer.Ordinal);
    private readonly Dictionary<string, SecretModel> _secrets = model.Secrets.ToDictionary(secret => secret.Key, StringComparer.Ordinal);
    private readonly ILookup<string, IngressRule> _rules = model.Ingresses.SelectMany(ingress => ingress.Rules).ToLookup(rule => rule.Workload, StringComparer.Ordinal);

    public ImmutableArray<CoverageEntry> Bind() => [.. resources.All.Select(Entry)];

    private CoverageEntry Entry(KnownResource known)
    {
        var (outcome, becomes, cure) = known.Standing switch
        {
            Standing.Refused refused => Refused(known, refused),
            Standing.Missing missing => (CoverageOutcome.Missing, $"left out: it {missing.Reason}", null),
            Standing.Substituted { By: Substitute.ConnectionStringSecret secret } => (CoverageOutcome.Substituted, $"connection string from the secret {secret.SecretName}", null),
            Standing.Substituted { By: Substitute.ExternalUrl external } => (CoverageOutcome.Substituted, $"service outside at {external.Url.Host}", null),
            _ => Deployed(known),
        };
        var type = known.Resource is ManifestResource.Failed ? "error" : known.Resource.Type;
        return new CoverageEntry(known.Name, type, outcome, becomes) { Cure = cure, Notes = findings.NotesOf(known.Name) };
    }

    private (CoverageOutcome Outcome, string Becomes, string? Cure) Refused(KnownResource known, Standing.Refused refused)
    {
        var problem = ExposureProblems.Refused(known.Name, refused.Reason, refused.Cure, findings.ReferrersOf(known.Name));
        return (CoverageOutcome.Refused, $"it {refused.Reason}", problem.Fix);
    }

    private (CoverageOutcome Outcome, string Becomes, string? Cure) Deployed(KnownResource known) => known.Resource switch
    {
        ManifestResource.Workload { Source: WorkloadSource.Build { BuildOnly: true } } => (CoverageOutcome.Becomes, "image, as a source of files", null),
        ManifestResource.Workload => (CoverageOutcome.Becomes, _workloads.TryGetValue(known.Name, out var workload) ? OfWorkload(workload) : "nothing, because of its problems", null),
        ManifestResource.Parameter parameter => OfParameter(known, parameter),
        ManifestResource.Connection => (CoverageOutcome.Becomes, "connection string", null),
        ManifestResource.Filtered => (CoverageOutcome.Becomes, "URL-encoded value", null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private (CoverageOutcome Outcome, string Becomes, string? Cure) OfParameter(KnownResource known, ManifestResource.Parameter parameter)
    {
        if (_secrets.TryGetValue(Names.Label(known.Name), out var secret))
        {
            var how = secret.Origin is SecretOrigin.Generated ? "made once in the target" : "to be put there before the first deployment";
            return (CoverageOutcome.Becomes, $"secret {secret.SecretName}, {how}", null);
        }

        var value = resources.ValueOf(known.Name) is not null ? "value from the settings"
            : parameter is { Secret: false, Default: ParameterDefault.Literal } ? "value by default"
            : null;
        return known.MayBeMissing && value is null && !parameter.Secret
            ? (CoverageOutcome.Missing, "left out: it has no value", null)
            : (CoverageOutcome.Becomes, value is null || parameter.Secret ? "nothing: what is deployed does not need it" : value, null);
    }

    private string OfWorkload(Workload workload)
    {
        var parts = new List<string> { workload.Kind switch { WorkloadKind.Job => "Job", WorkloadKind.Stateful => "StatefulSet", _ => "Deployment" } };
        if (workload.Ports.Any(port => !port.Management))
        {
            parts.Add("Service");
        }

        if (_rules[workload.Name].ToList() is { Count: > 0 } rules)
        {
            var addresses = rules.Where(rule => rule.Host is not null || rule.Path != "/").Select(rule => $"{rule.Host}{(rule.Path == "/" ? "" : rule.Path)}").ToList();
            parts.Add(addresses.Count == 0 ? "Ingress" : $"Ingress for {string.Join(" and ", addresses)}");
        }

        if (workload.ExternalPorts.Length > 0)
        {
            parts.Add("network load balancer");
        }

        if (workload.Volumes.Length > 0)
        {
            parts.Add(workload.Volumes.Length == 1 ? Text($"volume of {workload.Volumes[0].SizeGiB} GiB") : Text($"{workload.Volumes.Length} volumes of {workload.Volumes[0].SizeGiB} GiB"));
        }

        if (workload.Kind != WorkloadKind.Job)
        {
            parts.Add(workload.ExplicitStart ? "not started"
                : workload.Scaling.Min != workload.Scaling.Max ? Text($"autoscaling {workload.Scaling.Min} to {workload.Scaling.Max}")
                : Text($"{workload.Scaling.Min} {(workload.Scaling.Min == 1 ? "replica" : "replicas")}"));
        }

        return string.Join(", ", parts);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
