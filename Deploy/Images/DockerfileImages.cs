using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>Images that a Dockerfile describes, built by a builder of the machine for one platform after the other.</summary>
internal sealed class DockerfileImages(IProgress<ImageEvent> progress, BuildValues values)
{
    // Arguments reach the builder under their own names, where these would steer the builder itself.
    private static readonly string[] Steering = ["PATH", "HOME", "TMPDIR", "XDG_RUNTIME_DIR"];
    private static readonly string[] SteeringBeginnings = ["DOCKER_", "BUILDKIT_", "BUILDX_", "BUILDAH_", "CONTAINERS_", "CONTAINER_", "STORAGE_", "LD_"];

    /// <exception cref="DeployException">There is no builder, a value lacks, or a Dockerfile does not build.</exception>
    public async Task<ImmutableArray<ImageDraft>> BuildAsync(ImageOrder order, ImmutableArray<ImageModel> images, ImageWorkspace workspace, CancellationToken cancellationToken)
    {
        if (images.Length == 0)
        {
            return [];
        }

        var builder = await ContainerBuilder.FindAsync(order.Folder, cancellationToken)
            ?? throw new DeployException(images.Select(image => ImageProblems.NoBuilder(image.Resource)));
        var problems = new List<Problem>();
        var inputs = images.Select(image => InputsOf(order, image, problems)).ToList();
        if (problems.Count > 0)
        {
            throw new DeployException(problems);
        }

        var drafts = ImmutableArray.CreateBuilder<ImageDraft>();
        foreach (var (image, input) in images.Zip(inputs))
        {
            progress.Report(new ImageEvent.Publishing([image.Resource], order.Platforms));
            drafts.Add(await DraftAsync(order, image, input, builder, workspace, cancellationToken));
        }

        return drafts.ToImmutable();
    }

    private static async Task<ImageDraft> DraftAsync(
        ImageOrder order, ImageModel image, DockerfileCall inputs, ContainerBuilder builder, ImageWorkspace workspace, CancellationToken cancellationToken)
    {
        var revision = await workspace.Sources.RevisionAsync([inputs.Context, inputs.Dockerfile], cancellationToken);
        var identity = await workspace.Sources.IdentityAsync(image.Resource, revision, "0.0.0", order.GitHubRepository, cancellationToken);
        var label = Names.Label(image.Resource);
        var store = LayerStore.Open(workspace.Layers(label));
        var platforms = ImmutableArray.CreateBuilder<PlatformDraft>();
        foreach (var architecture in order.Platforms)
        {
            var scratch = Path.Combine(workspace.Folder, "archives", label);
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }

            Directory.CreateDirectory(scratch);
            var call = inputs with
            {
                Platform = $"linux/{architecture}",
                Time = (revision?.Time ?? DateTimeOffset.UnixEpoch).ToUnixTimeSeconds(),
                IdFile = Path.Combine(scratch, "id"),
                Archive = Path.Combine(scratch, "image.tar"),
            };
            await RunAsync(image.Resource, call.Platform, builder.Build(call), cancellationToken);
            await RunAsync(image.Resource, call.Platform, builder.Save(call, (await File.ReadAllTextAsync(call.IdFile, cancellationToken)).Trim()), cancellationToken);
            platforms.Add(ImageAssembly.Labelled(identity, await DockerArchive.ReadAsync(call.Archive, Path.Combine(scratch, "image"), image.Resource, store, cancellationToken)));
            Directory.Delete(scratch, recursive: true);
        }

        return new ImageDraft
        {
            Model = image,
            Identity = identity,
            Base = null,
            Platforms = platforms.ToImmutable(),
            Store = store,
            Parameters = ToolCall.Variables(("context", SourceOf(image).Context), ("dockerfile", SourceOf(image).Dockerfile), ("stage", inputs.Stage ?? "")),
        };
    }

    private static async Task RunAsync(string resource, string platform, ToolCall call, CancellationToken cancellationToken)
    {
        var result = await ToolProcess.RunAsync(call, cancellationToken);
        if (result is not { ExitCode: 0 })
        {
            throw new DeployException(ImageProblems.DockerfileFails(resource, platform, ToolProcess.LastLines((result?.Output ?? "") + result?.Error)));
        }
    }

    private DockerfileCall InputsOf(ImageOrder order, ImageModel image, List<Problem> problems)
    {
        var source = SourceOf(image);
        var environment = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in source.Args)
        {
            var subject = $"resources.{image.Resource}.build.args.{name}";
            if (Steering.Contains(name, StringComparer.Ordinal) || Array.Exists(SteeringBeginnings, beginning => name.StartsWith(beginning, StringComparison.Ordinal)))
            {
                problems.Add(ImageProblems.SteeringArgument(name, subject));
            }
            else if (value is not null && values.Text(value, subject, problems) is { } text)
            {
                environment[name] = text;
            }
        }

        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, secret) in source.Secrets)
        {
            if (secret.File is { } file)
            {
                files[name] = Path.GetFullPath(file, order.Folder);
                continue;
            }

            var subject = $"resources.{image.Resource}.build.secrets.{name}";
            var text = secret.Value is { } value ? values.Text(value, subject, problems) : values.Variable(name);
            if (text is null && secret.Value is null)
            {
                problems.Add(ImageProblems.NoSecret(name, subject));
            }

            variables[name] = string.Create(CultureInfo.InvariantCulture, $"PLATFORM_BUILD_SECRET_{variables.Count}");
            environment[variables[name]] = text ?? "";
        }

        return new DockerfileCall("", Path.GetFullPath(source.Context, order.Folder), Path.GetFullPath(source.Dockerfile, order.Folder), source.Stage)
        {
            Arguments = [.. source.Args.Keys],
            SecretVariables = variables.ToImmutable(),
            SecretFiles = files.ToImmutable(),
            Environment = environment.ToImmutable(),
            Time = 0,
            IdFile = "",
            Archive = "",
        };
    }

    private static ImageSource.Build SourceOf(ImageModel image) => image.Source as ImageSource.Build ?? throw new InvalidOperationException("Not a Dockerfile.");
}
