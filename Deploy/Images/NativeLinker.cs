using System.Runtime.InteropServices;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>What links native programs: no part of the SDK, and for another processor than this machine's no part of most machines.</summary>
internal static class NativeLinker
{
    /// <summary>Why a build of native programs cannot have ended well. What a project itself names as its linker is not known here, so only a build that failed is asked.</summary>
    /// <param name="runtimeIdentifiers">What was built for.</param>
    public static IEnumerable<Problem> Lacking(IEnumerable<string> runtimeIdentifiers)
    {
        var own = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64";
        return from identifier in runtimeIdentifiers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let problem = !OperatingSystem.IsLinux() ? ImageProblems.NativeOnLinuxOnly(identifier)
                   : IsThere("clang") ? null
                   : !identifier.EndsWith(own, StringComparison.Ordinal) ? ImageProblems.NoLinker(identifier, "no clang, which links for other processors too")
                   : IsThere("gcc") ? null
                   : ImageProblems.NoLinker(identifier, "neither clang nor gcc")
               where problem is not null
               select problem;
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, program)));
}
