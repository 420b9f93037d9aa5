using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.KubernetesObjects;

/// <summary>How much the application may take: what the profile grants, or more where its own largest scale is more.</summary>
internal static class Capacity
{
    private const decimal GiB = 1024m * 1024m * 1024m;

    /// <summary>Of the namespace.</summary>
    public static Quota Quota(ObjectContext context)
    {
        var need = Need(context);
        var least = context.Values.Quota;
        return new Quota(Math.Max(least.Cpu, need.Cpu), Math.Max(least.MemoryGiB, need.MemoryGiB), Math.Max(least.Pods, need.Pods));
    }

    /// <summary>Of each node pool, with half as much again for what else runs on nodes and for what does not fit exactly.</summary>
    public static Quota NodeLimit(ObjectContext context)
    {
        var need = Need(context);
        var least = context.Values.NodeLimit;
        return new Quota(Math.Max(least.Cpu, need.Cpu + (need.Cpu / 2)), Math.Max(least.MemoryGiB, need.MemoryGiB + (need.MemoryGiB / 2)), 0);
    }

    private static Quota Need(ObjectContext context)
    {
        decimal cpu = 0, memory = 0;
        long pods = 0;
        foreach (var workload in context.Model.Workloads)
        {
            var most = MostPods(workload);
            pods += most;
            cpu += most * (Quantity.Cpu(workload.Size.CpuRequest) ?? 0);
            memory += most * (Quantity.Memory(workload.Size.MemoryRequest) ?? 0);
        }

        if (context.Settings.Cluster.Overprovision)
        {
            var zones = context.Settings.AvailabilityZones.Length;
            pods += zones;
            cpu += zones * (Quantity.Cpu(Overprovisioning.Cpu) ?? 0);
            memory += zones * (Quantity.Memory(Overprovisioning.Memory) ?? 0);
        }

        return new Quota((long)Math.Ceiling(cpu), (long)Math.Ceiling(memory / GiB), pods);
    }

    // With those of a rollout: at most a quarter more, rounded up.
    private static long MostPods(Workload workload) => workload.Kind == WorkloadKind.Stateless ? workload.Scaling.Max + ((workload.Scaling.Max + 3) / 4) : workload.Scaling.Max;
}
