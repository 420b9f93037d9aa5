using System.Globalization;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>What one pod asks for and may use.</summary>
internal static class SizeRules
{
    /// <param name="leastMemoryMiB">What the image cannot do without; 0 where nothing is known.</param>
    public static SizeModel Of(KnownResource known, Profile profile, int leastMemoryMiB, Findings findings)
    {
        var said = known.Settings.Size;
        var usual = known.IsProject ? OfProject(profile) : OfContainer(profile);
        if (leastMemoryMiB > Memory(usual.MemoryRequest) / (1 << 20))
        {
            usual = usual with { MemoryRequest = MiB(leastMemoryMiB), MemoryLimit = MiB(leastMemoryMiB * 3 / 2) };
            findings.Note(known.Name, $"It gets {usual.MemoryRequest} of memory, which its image needs to start.");
        }

        var (cpuRequest, cpuLimit) = Pair((said.CpuRequest, said.CpuLimit), (usual.CpuRequest, usual.CpuLimit), Cpu);
        var (memoryRequest, memoryLimit) = Pair((said.MemoryRequest, said.MemoryLimit), (usual.MemoryRequest, usual.MemoryLimit), Memory);
        return usual with { CpuRequest = cpuRequest, CpuLimit = cpuLimit, MemoryRequest = memoryRequest, MemoryLimit = memoryLimit };
    }

    // Limits of memory are twice the request. A CPU limit is asked for by security benchmarks; eight to ten times the request hardly throttles.
    private static SizeModel OfProject(Profile profile) => profile switch
    {
        Profile.Dev => new SizeModel("50m", "500m", "128Mi", "256Mi", "256Mi", "512Mi"),
        Profile.Staging => new SizeModel("100m", "1", "256Mi", "512Mi", "512Mi", "1Gi"),
        _ => new SizeModel("250m", "2", "512Mi", "1Gi", "1Gi", "2Gi"),
    };

    // Databases, caches and other people's servers: what they hold in memory does not shrink with the environment as much.
    private static SizeModel OfContainer(Profile profile) => profile switch
    {
        Profile.Dev => new SizeModel("100m", "1", "256Mi", "512Mi", "256Mi", "512Mi"),
        Profile.Staging => new SizeModel("200m", "2", "512Mi", "1Gi", "512Mi", "1Gi"),
        _ => new SizeModel("500m", "4", "1Gi", "2Gi", "1Gi", "2Gi"),
    };

    private static (string Request, string Limit) Pair(
        (string? Request, string? Limit) said, (string Request, string Limit) usual, Func<string, decimal> amount)
    {
        var (request, limit) = (said.Request ?? usual.Request, said.Limit ?? usual.Limit);
        if (amount(request) <= amount(limit))
        {
            return (request, limit);
        }

        // Of a setting and a default the default gives way.
        return said.Request is null ? (limit, limit) : (request, request);
    }

    private static string MiB(int amount) => amount % 1024 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{amount / 1024}Gi") : string.Create(CultureInfo.InvariantCulture, $"{amount}Mi");

    private static decimal Cpu(string text) => Quantity.Cpu(text) ?? 0;

    private static decimal Memory(string text) => Quantity.Memory(text) ?? 0;
}
