using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Deploy.Manifests;

/// <summary>Reads <c>deploymentHints</c>, and sees that what they name is there.</summary>
internal sealed class HintsReader
{
    private const int MostReplicas = 10_000;
    private const int MostSeconds = 86_400;
    private const int MostTries = 10_000;

    private static readonly MemberNames Hints = new(
        "A hint", ["replicas", "probes", "healthChecks", "waitFor", "explicitStart", "parent", "description"]);

    private static readonly MemberNames Probes = new("'probes'", ["startup", "readiness", "liveness"]);

    private static readonly MemberNames Probe = new(
        "A probe",
        ["path", "binding", "scheme", "initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold", "successThreshold"]);

    private static readonly MemberNames HealthCheck = new("A health check", ["path", "binding", "statusCode"]);
    private static readonly MemberNames Wait = new("A wait", ["resource", "condition", "exitCode"]);
    private static readonly Words<string> Schemes = new([("http", "http"), ("https", "https")]);

    private static readonly Words<WaitCondition> Conditions =
        new([("healthy", WaitCondition.Healthy), ("started", WaitCondition.Started), ("completed", WaitCondition.Completed)]);

    private readonly Dictionary<string, ManifestResource> _resources;
    private readonly ReadingFindings _findings;

    public HintsReader(ImmutableArray<ManifestResource> resources, ReadingFindings findings)
    {
        _resources = resources.ToDictionary(resource => resource.Name, StringComparer.Ordinal);
        _findings = findings;
    }

    public ImmutableSortedDictionary<string, ResourceHints> Read(JsonElement element, Place place)
    {
        var hints = ImmutableSortedDictionary.CreateBuilder<string, ResourceHints>(StringComparer.Ordinal);
        foreach (var (name, value, at) in Members.Entries(element, place, StringComparer.Ordinal, _findings))
        {
            if (!_resources.TryGetValue(name, out var resource))
            {
                _findings.Add(ManifestProblems.UnknownResource(at.ToString(), name, _findings.Closest(_resources.Keys, name)));
            }
            else if (Members.Of(value, at, Hints, _findings) is { } members)
            {
                hints.Add(name, Read(resource, members));
            }
        }

        return hints.ToImmutable();
    }

    private ResourceHints Read(ManifestResource resource, Members members)
    {
        var probes = members.Find("probes") is { } element ? Members.Of(element, members.Place.Member("probes"), Probes, _findings) : null;
        return new ResourceHints
        {
            Replicas = members.Number("replicas", 1, MostReplicas),
            Startup = ReadProbe(resource, probes, "startup"),
            Readiness = ReadProbe(resource, probes, "readiness"),
            Liveness = ReadProbe(resource, probes, "liveness"),
            HealthChecks = [.. members.List("healthChecks").Select(check => ReadHealthCheck(resource, check.Value, check.Place)).OfType<HealthCheckHint>()],
            WaitFor = [.. members.List("waitFor").Select(wait => ReadWait(wait.Value, wait.Place)).OfType<WaitHint>()],
            ExplicitStart = members.Flag("explicitStart", whenAbsent: false),
            Parent = members.Text("parent") is { } parent && IsResource(parent, members.Place.Member("parent")) ? parent : null,
            Description = members.Text("description"),
        };
    }

    private ProbeHint? ReadProbe(ManifestResource resource, Members? probes, string kind)
    {
        if (probes?.Find(kind) is not { } element || Members.Of(element, probes.Place.Member(kind), Probe, _findings) is not { } members)
        {
            return null;
        }

        return new ProbeHint(ReadPath(members), ReadBinding(resource, members))
        {
            Scheme = members.Has("scheme") ? members.Word("scheme", Schemes) : "http",
            InitialDelaySeconds = members.Number("initialDelaySeconds", 0, MostSeconds),
            PeriodSeconds = members.Number("periodSeconds", 1, MostSeconds),
            TimeoutSeconds = members.Number("timeoutSeconds", 1, MostSeconds),
            FailureThreshold = members.Number("failureThreshold", 1, MostTries),
            SuccessThreshold = members.Number("successThreshold", 1, MostTries),
        };
    }

    private HealthCheckHint? ReadHealthCheck(ManifestResource resource, JsonElement element, Place place) =>
        Members.Of(element, place, HealthCheck, _findings) is { } members
            ? new HealthCheckHint(ReadPath(members), ReadBinding(resource, members), members.Number("statusCode", 100, 599) ?? 200)
            : null;

    private WaitHint? ReadWait(JsonElement element, Place place)
    {
        if (Members.Of(element, place, Wait, _findings) is not { } members)
        {
            return null;
        }

        var condition = members.Word("condition", Conditions);
        var exitCode = members.Number("exitCode", int.MinValue, int.MaxValue);
        return members.FilledText("resource", "") is { Length: > 0 } other && IsResource(other, place.Member("resource"))
            ? new WaitHint(other, condition, condition == WaitCondition.Completed ? exitCode ?? 0 : null)
            : null;
    }

    // Hosting writes it as the author did, and "health" is the same to an HTTP client.
    private static string ReadPath(Members members)
    {
        var path = members.FilledText("path", "/");
        return path.StartsWith('/') ? path : "/" + path;
    }

    private string ReadBinding(ManifestResource resource, Members members)
    {
        var binding = members.FilledText("binding", "");
        ImmutableArray<string>? known = resource switch
        {
            ManifestResource.Workload workload => [.. workload.Bindings.Select(one => one.Name)],
            ManifestResource.Foreign or ManifestResource.Failed => null,
            _ => [],
        };
        if (binding.Length > 0 && known is { } names && !names.Contains(binding))
        {
            _findings.Add(ManifestProblems.UnknownBinding(members.Place.ToString("binding"), resource.Name, binding, names));
        }

        return binding;
    }

    private bool IsResource(string name, Place place)
    {
        if (_resources.ContainsKey(name))
        {
            return true;
        }

        _findings.Add(ManifestProblems.UnknownResource(place.ToString(), name, _findings.Closest(_resources.Keys, name)));
        return false;
    }
}
