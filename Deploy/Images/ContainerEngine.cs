using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Images;

/// <summary>What runs containers on this machine.</summary>
/// <param name="Program">Its command.</param>
/// <param name="Architecture">Of the machine that containers run on, which may be a virtual one.</param>
internal sealed record ContainerEngine(string Program, Architecture Architecture)
{
    private static readonly TimeSpan LoadLimit = TimeSpan.FromMinutes(10);

    /// <summary>The first that answers.</summary>
    /// <param name="folder">To run its command in.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">None answers.</exception>
    public static async Task<ContainerEngine> FindAsync(string folder, CancellationToken cancellationToken)
    {
        (string Program, string[] Question)[] candidates =
        [
            ("docker", ["version", "--format", "{{.Server.Arch}}"]),
            ("podman", ["info", "--format", "{{.Host.Arch}}"]),
        ];
        foreach (var (program, question) in candidates)
        {
            if (await ToolProcess.RunAsync(new ToolCall(program, [.. question], folder), cancellationToken) is { ExitCode: 0 } answer)
            {
                return new ContainerEngine(program, answer.Output.Trim() == "arm64" ? Architecture.Arm64 : Architecture.Amd64);
            }
        }

        throw new DeployException(ImageProblems.NoEngine());
    }

    /// <summary>Takes the image of an archive in, under the names that it has there.</summary>
    /// <param name="resource">Whose image it is.</param>
    /// <param name="archive">Path of the archive.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">It does not take it.</exception>
    public async Task LoadAsync(string resource, string archive, CancellationToken cancellationToken)
    {
        var call = new ToolCall(Program, ["load", "--quiet", "--input", archive], Path.GetDirectoryName(archive) ?? ".") { Limit = LoadLimit };
        if (await ToolProcess.RunAsync(call, cancellationToken) is not { ExitCode: 0 } and var failed)
        {
            throw new DeployException(ImageProblems.NotLoaded(resource, Program, ToolProcess.LastLines(failed?.Error ?? "")));
        }
    }
}
