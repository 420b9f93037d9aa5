using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>How many pods a workload has.</summary>
internal static class ScalingRules
{
    public static ScalingModel Of(KnownResource known, WorkloadKind kind, WorkloadPorts ports, Profile profile, Findings findings)
    {
        var said = known.Settings.Replicas;
        var target = said.TargetCpuPercent ?? (profile == Profile.Production ? 60 : 70);
        if (kind == WorkloadKind.Job)
        {
            return new ScalingModel(1, 1, target);
        }

        var scales = kind == WorkloadKind.Stateless && !known.Hints.ExplicitStart && TakesRequestsOnly(ports);
        var (min, max) = scales ? Usual(profile) : (1, 1);
        if (known.Hints.Replicas is { } hint)
        {
            min = hint;
            max = Math.Max(scales ? max : hint, hint);
        }

        // Of a setting and a default the default gives way.
        min = said.Min ?? Math.Min(min, said.Max ?? min);
        max = Math.Max(min, said.Max ?? (scales ? max : min));
        if (kind == WorkloadKind.Stateful && max > min)
        {
            findings.Add(WorkloadProblems.StatefulAutoscaling(known.Name));
        }

        AddNotes(known, kind, scales, min, findings);
        return new ScalingModel(min, max, target);
    }

    // Several copies of a cache or a database without a disk would each know something else, and a worker may count on being the only one.
    private static bool TakesRequestsOnly(WorkloadPorts ports) =>
        ports.FirstTcp is not null && ports.Ports.All(port => port.Management || port.Application is PortApplication.Http or PortApplication.Http2);

    private static (int Min, int Max) Usual(Profile profile) => profile switch
    {
        Profile.Dev => (1, 3),
        Profile.Staging => (2, 6),
        _ => (3, 30),
    };

    private static void AddNotes(KnownResource known, WorkloadKind kind, bool scales, int min, Findings findings)
    {
        if (known.Settings.Replicas is { Min: null, Max: null })
        {
            if (known.Hints.Replicas is not null)
            {
                findings.Note(known.Name, $"The number of replicas is the hint's ({min}).");
            }
            else if (!scales && kind == WorkloadKind.Stateless && !known.Hints.ExplicitStart)
            {
                findings.Note(known.Name, $"One replica, as it does not only answer HTTP requests; more with resources.{known.Name}.replicas.");
            }
        }

        if (kind == WorkloadKind.Stateful && min > 1)
        {
            findings.Note(known.Name, "Every replica has volumes of its own.");
        }
    }
}
