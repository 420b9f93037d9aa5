using Platform.Deploy.Problems;

namespace Platform.Deploy.Settings;

/// <summary>Settings of one resource that do not go together.</summary>
internal static class ResourceConflicts
{
    private static readonly string[] ProbeNames = ["startup", "readiness", "liveness"];
    private static readonly string[] ProbeMembers = ["path", "port", "initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold"];

    /// <param name="isWritten">Whether somebody said something about a key below the resource.</param>
    /// <param name="place">Where they did.</param>
    public static IEnumerable<Problem> Of(ResourceSettings resource, Func<string, bool> isWritten, Func<string, string> place)
    {
        if (isWritten("substitute.connectionStringSecret") && isWritten("substitute.externalUrl"))
        {
            yield return ConflictProblems.TwoSubstitutes(place("substitute"));
        }

        // Where only the most is said, the fewest may still come from a hint: the binder compares those.
        if (resource.Replicas is { Min: { } min, Max: { } max } && min > max)
        {
            yield return ConflictProblems.MinimumAboveMaximum(place("replicas.min"), "replicas.min", min, "replicas.max", max);
        }

        var size = resource.Size;
        if (size is { CpuRequest: { } cpu, CpuLimit: { } mostCpu } && Quantity.Cpu(cpu) > Quantity.Cpu(mostCpu))
        {
            yield return ConflictProblems.MinimumAboveMaximum(place("size.cpuRequest"), "size.cpuRequest", cpu, "size.cpuLimit", mostCpu);
        }

        if (size is { MemoryRequest: { } memory, MemoryLimit: { } mostMemory } && Quantity.Memory(memory) > Quantity.Memory(mostMemory))
        {
            yield return ConflictProblems.MinimumAboveMaximum(place("size.memoryRequest"), "size.memoryRequest", memory, "size.memoryLimit", mostMemory);
        }

        foreach (var (name, probe) in ProbeNames.Zip([resource.Startup, resource.Readiness, resource.Liveness]))
        {
            if (probe is { Disabled: true } && ProbeMembers.FirstOrDefault(member => isWritten($"{name}.{member}")) is { } other)
            {
                yield return ConflictProblems.DisabledProbe(place($"{name}.{other}"), name, other);
            }

            if (probe is { Disabled: false, Path: null, Port: null })
            {
                yield return ConflictProblems.ProbeOfNothing(place(name), name);
            }
        }
    }
}
