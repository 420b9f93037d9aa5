using Platform.Deploy.Problems;

namespace Platform.Deploy.Manifests;

/// <summary>An AppHost that is to write its manifest.</summary>
/// <param name="Project">Full path of its project file.</param>
internal sealed record AppHostRun(string Project)
{
    /// <summary>The .NET SDK: a program on the path, or the path of one.</summary>
    public string Dotnet { get; init; } = "dotnet";

    /// <summary>Longest time that building may take: the first build restores packages. Default: 15 minutes.</summary>
    public TimeSpan BuildLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Longest time that it may take to write the manifest. Default: 2 minutes.</summary>
    public TimeSpan WriteLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Hears every line that it says, on any thread, one at a time. Default: nobody.</summary>
    public Action<string> Said { get; init; } = _ => { };

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>As messages name it.</summary>
    public string Name => Path.GetFileName(Project);

    public string Folder => Path.GetDirectoryName(Project) ?? Project;
}

/// <summary>Gets the bytes of a manifest: from a file, or from an AppHost that is built and run to write them.</summary>
internal static class ManifestSource
{
    /// <exception cref="DeployException">The file cannot be read.</exception>
    public static async Task<ManifestInput> FromFileAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new DeployException(AppHostProblems.UnreadableFile(path, "it is a folder"));
        }

        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetFullPath(path);
            return new ManifestInput(await ReadAsync(path, cancellationToken), folder, folder);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DeployException([AppHostProblems.UnreadableFile(path, "it is not there")], missing);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new DeployException([AppHostProblems.UnreadableFile(path, "this user may not read it")], refused);
        }
        catch (IOException broken)
        {
            throw new DeployException([AppHostProblems.UnreadableFile(path, broken.Message.TrimEnd('.'))], broken);
        }
    }

    /// <summary>
    /// Builds an AppHost and lets it publish its manifest, by the arguments that every version of Aspire and Hosting understand. It writes below its own <c>obj</c>:
    /// what Aspire puts beside a manifest, such as a Dockerfile that it made, has to stay where the manifest says, and is in nobody's way there.
    /// </summary>
    /// <exception cref="DeployException">It is no AppHost, does not build, fails, hangs, or writes nothing.</exception>
    public static async Task<ManifestInput> FromAppHostAsync(AppHostRun run, CancellationToken cancellationToken)
    {
        if (!AppHostSearch.IsAppHost(run.Project) && !await IsEvaluatedAppHostAsync(run, cancellationToken))
        {
            throw new DeployException(AppHostProblems.NotAnAppHost(run.Name));
        }

        var built = await new DotnetProcess(run).RunAsync(
            "building", run.BuildLimit, ["build", run.Project, "-nologo", "-v:minimal", "-tl:off", "-clp:NoSummary"], cancellationToken);
        if (built.ExitCode != 0)
        {
            throw new DeployException(AppHostProblems.DoesNotBuild(run.Name, built.ErrorLines));
        }

        var file = ManifestFile.In(run.Folder, run.Time);
        try
        {
            var written = await new DotnetProcess(run).RunAsync(
                "writing its manifest",
                run.WriteLimit,
                ["run", "--no-build", "--no-launch-profile", "--project", run.Project, "--", "--publisher", "manifest", "--output-path", file.FullPath],
                cancellationToken);
            if (written.ExitCode != 0)
            {
                throw new DeployException(AppHostProblems.Failed(run.Name, written.ExitCode, written.LastLines));
            }

            return File.Exists(file.FullPath)
                ? new ManifestInput(await ReadAsync(file.FullPath, cancellationToken), run.Folder, file.Folder)
                : throw new DeployException(AppHostProblems.NothingWritten(run.Name, written.LastLines));
        }
        finally
        {
            file.Delete();
        }
    }

    // A property may come from Directory.Build.props; running what is no AppHost could do anything, and a web application never ends.
    private static async Task<bool> IsEvaluatedAppHostAsync(AppHostRun run, CancellationToken cancellationToken)
    {
        var evaluated = await new DotnetProcess(run).RunAsync(
            "being looked at", run.WriteLimit, ["msbuild", run.Project, "-nologo", "-getProperty:IsAspireHost"], cancellationToken);
        return evaluated.ExitCode == 0 && evaluated.Lines.Any(line => line.Trim().Equals("true", StringComparison.OrdinalIgnoreCase));
    }

    // One byte more than the reader takes tells it that there is more.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        while (content.Length <= ManifestJson.MaxBytes && await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            await content.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
