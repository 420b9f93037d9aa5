using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>What a stack has to be given and nobody can say. DEP450 and DEP451.</summary>
internal static class StackInputProblems
{
    public static Problem NoCallerAddress(string reason) => new(
        "DEP450",
        "The cluster's API is to be open to this machine's address, and that address cannot be found out.",
        "Set 'cluster.publicAccessCidrs' to the networks that may reach the API, or let this machine reach https://checkip.amazonaws.com.",
        ExitCode.Environment)
    {
        Subject = "cluster.publicAccessCidrs",
        Detail = reason,
    };

    public static Problem NoAddonVersion(string addon, string kubernetes) => new(
        "DEP451",
        $"EKS has no version of the add-on '{addon}' for Kubernetes {kubernetes} in this region.",
        "Set 'cluster.version' to another version, or another region.",
        ExitCode.Environment)
    {
        Subject = "cluster.version",
    };
}
