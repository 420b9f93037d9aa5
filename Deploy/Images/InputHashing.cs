using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>
/// Finds out without a build what images are made from. Where that cannot be told for sure it says so: what is found unchanged is not built. Left out is
/// what the machine has outside of the sources: NuGet's settings of the user, and versions of packages that float.
/// </summary>
internal sealed class InputHashing(ImageOrder order, SourceTree sources)
{
    // Raised with every change to what an image consists of: images of the same sources are then others.
    private const string Form = "2";
    private const int MostFiles = 20_000;
    private const long MostBytes = 256L << 20;
    private static readonly string[] Outputs = ["bin", "obj"];

    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>For each image of the order, by resource.</summary>
    public async Task<ImmutableSortedDictionary<string, ImageInputs>> RunAsync(CancellationToken cancellationToken)
    {
        var inputs = ImmutableSortedDictionary.CreateBuilder<string, ImageInputs>(StringComparer.Ordinal);
        foreach (var image in order.Images)
        {
            try
            {
                inputs[image.Resource] = await OfAsync(image, cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                inputs[image.Resource] = new ImageInputs.Unknown($"its sources cannot be read: {failure.Message}");
            }
            catch (DeployException failure)
            {
                inputs[image.Resource] = new ImageInputs.Unknown($"there is a problem: {failure.Problems[0].Summary}");
            }
        }

        return inputs.ToImmutable();
    }

    private async Task<ImageInputs> OfAsync(ImageModel image, CancellationToken cancellationToken)
    {
        if (image.Source is not ImageSource.Project source)
        {
            return new ImageInputs.Unknown("only a build tells what a Dockerfile gives");
        }

        if (!image.Files.IsEmpty)
        {
            return new ImageInputs.Unknown($"it has files of '{image.Files[0].Image}', which are known when that is built");
        }

        if (!order.Refused.IsEmpty)
        {
            return new ImageInputs.Unknown($"there is a problem: {order.Refused[0].Summary}");
        }

        var reference = order.Settings.BaseImage;
        if ((RemoteImage.Read(reference, "images.baseImage").Digest ?? ImageLock.Read(order.LockFile).Find(reference)) is not { } digest)
        {
            return new ImageInputs.Unknown($"{ImageLock.FileName} does not have its base yet");
        }

        var file = Path.GetFullPath(source.ProjectFile, order.Folder);
        var project = ProjectInputs.Of(file, sources.Root);
        if (!project.Computed.IsEmpty)
        {
            return new ImageInputs.Unknown($"only MSBuild can follow {project.Computed[0]}");
        }

        var files = new SortedSet<string>(StringComparer.Ordinal);
        if (Collect(project.Paths, files) is { } because)
        {
            return new ImageInputs.Unknown(because);
        }

        var (revision, lines) = await RevisionsAsync(project, image.Resource, cancellationToken);
        return new ImageInputs.Known(Hash(
        [
            $"form {Form}",
            $"for {image.Resource}",
            $"base {reference} {digest}",
            $"platforms {string.Join(' ', order.Platforms.Order(StringComparer.Ordinal))}",
            $"published {order.Settings.Publishing} {order.Settings.ReadyToRun}",
            $"tag {order.Tag}",
            .. lines,
            .. files.Select(path => $"file {sources.Relative(path) ?? path} {HashOf(path)}"),
        ]))
        {
            Revision = revision,
        };
    }

    // What labels, tags and assemblies say of the commit.
    private async Task<(SourceRevision? Own, ImmutableArray<string> Lines)> RevisionsAsync(ProjectInputs project, string resource, CancellationToken cancellationToken)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        SourceRevision? own = null;
        foreach (var file in project.References.Insert(0, project.File))
        {
            var revision = await sources.RevisionAsync(ProjectInputs.Of(file, sources.Root).Paths.Add(order.LockFile), cancellationToken);
            lines.Add($"project {sources.Relative(file)} {revision?.Commit} {(revision?.Dirty == true ? "dirty" : "clean")}");
            if (file == project.File)
            {
                own = revision;
                var identity = await sources.IdentityAsync(resource, revision, "", order.GitHubRepository, cancellationToken);
                lines.Add($"version {identity.Version} of {identity.Source}");
            }
        }

        return (own, lines.ToImmutable());
    }

    // Null: all are there; else why they are not.
    private string? Collect(ImmutableArray<string> paths, SortedSet<string> files)
    {
        var workspace = ImageWorkspace.FolderOf(sources.Root);
        var open = new Stack<string>(paths.Where(Directory.Exists));
        files.UnionWith(paths.Where(File.Exists));
        var visited = new HashSet<string>(StringComparer.Ordinal);
        long bytes = 0;
        while (open.TryPop(out var folder))
        {
            if (!visited.Add(folder))
            {
                continue;
            }

            var entries = new DirectoryInfo(folder).GetFileSystemInfos();
            var isProject = entries.Any(entry => entry.Extension.EndsWith("proj", StringComparison.Ordinal) && entry is FileInfo);
            foreach (var entry in entries)
            {
                if (entry is FileInfo file)
                {
                    bytes += file.Length;
                    files.Add(file.FullName);
                }
                else if (entry.Name[0] != '.' && entry.Name != "node_modules" && entry.FullName != workspace && !(isProject && Outputs.Contains(entry.Name, StringComparer.Ordinal)))
                {
                    if (entry.LinkTarget is not null)
                    {
                        return $"{sources.Relative(entry.FullName)} is a link to a folder";
                    }

                    open.Push(entry.FullName);
                }
            }

            if (files.Count > MostFiles || bytes > MostBytes)
            {
                return "its folder has too many files to be read for a plan";
            }
        }

        return null;
    }

    /// <summary>The SDK that builds are made with; null: there is none. Asked beside everything else, as it takes a while.</summary>
    public static async Task<string?> SdkAsync(SourceTree sources, CancellationToken cancellationToken)
    {
        // Where the build runs: global.json is looked for from there.
        var call = new ToolCall(ProjectPublish.DotnetProgram(), ["--version"], sources.Root) { Environment = ToolCall.Variables(("DOTNET_NOLOGO", "1")) };
        return await ToolProcess.RunAsync(call, cancellationToken) is { ExitCode: 0 } version ? version.Output.Trim() : null;
    }

    // Projects share files.
    private string HashOf(string path)
    {
        if (!_hashes.TryGetValue(path, out var hash))
        {
            using var content = File.OpenRead(path);
            hash = _hashes[path] = Convert.ToHexStringLower(SHA256.HashData(content));
        }

        return hash;
    }

    private static string Hash(ImmutableArray<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join("\n", lines))));
}
