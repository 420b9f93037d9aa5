using System.Collections.Immutable;
using Platform.Deploy.Images;
using Platform.Deploy.Manifests;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;
using Platform.Deploy.Sources;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary>An application whose images are to be built, pushed or looked at, with what is needed for that.</summary>
internal sealed class ImageSession : IDisposable
{
    private readonly EcrAccess _ecr;

    private ImageSession(DeploymentModel model, ImageStageOrder stage, ImageTools tools, EcrAccess ecr)
    {
        _ecr = ecr;
        Model = model;
        Stage = stage;
        Tools = tools;
    }

    public DeploymentModel Model { get; }

    /// <summary>Only those images that were asked for.</summary>
    public ImageStageOrder Stage { get; }

    public ImageOrder Order => Stage.Build;

    public RegistryPrefix Registry => Stage.Registry;

    public ImageTools Tools { get; }

    /// <param name="input">What was asked for.</param>
    /// <param name="screen">Gets signs of life while an AppHost runs.</param>
    /// <param name="registryEvents">Told what goes over the wire.</param>
    /// <param name="imageEvents">Told how far builds are.</param>
    /// <param name="cancellationToken">Ends the AppHost too.</param>
    /// <exception cref="DeployException">The application has problems, or an option names what is not there.</exception>
    public static async Task<ImageSession> OpenAsync(
        ImageInput input, Screen screen, IProgress<RegistryEvent> registryEvents, IProgress<ImageEvent> imageEvents, CancellationToken cancellationToken)
    {
        var application = await BoundApplication.ReadAsync(input.Application, screen, cancellationToken);
        if (application.Problems.Length > 0)
        {
            throw new DeployException(application.Problems);
        }

        RefuseUnknown(input, application.Models[0]);
#pragma warning disable CA2000 // The session ends it.
        var ecr = new EcrAccess(given: null, TimeProvider.System);
#pragma warning restore CA2000
        try
        {
            return await OfAsync(input, await WithAccountAsync(application, input, ecr, cancellationToken), ecr, registryEvents, imageEvents, cancellationToken);
        }
        catch
        {
            ecr.Dispose();
            throw;
        }
    }

    /// <summary>For a command that has the application already, such as <c>aws deploy</c>: of the first of its models.</summary>
    /// <param name="input">See <see cref="ImageInput.Of"/>.</param>
    /// <param name="application">Without problems.</param>
    /// <param name="ecr">By the identity of the command. Is disposed of with the session.</param>
    /// <param name="registryEvents">Told what goes over the wire.</param>
    /// <param name="imageEvents">Told how far builds are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">An option names what is not there, or a stand-in for ECR does not answer.</exception>
    public static async Task<ImageSession> OfAsync(
        ImageInput input, BoundApplication application, EcrAccess ecr, IProgress<RegistryEvent> registryEvents, IProgress<ImageEvent> imageEvents, CancellationToken cancellationToken)
    {
        var model = application.Models[0];
        var registry = RegistryPrefix.Read(input.Registry ?? ImageRegistry.Of(model.Settings), input.Registry is null ? "registry.existing" : "--registry");
        var stage = ImageStageOrder.Of(model, Ordered(input, model, application), registry);
        var policy = RegistryPolicy.Default with { PlainHosts = input.PlainHosts.ToHashSet(StringComparer.Ordinal) };
        if (await ecr.EndpointAsync(registry.Host, cancellationToken) is { } endpoint)
        {
            policy = policy with { Endpoints = new Dictionary<string, Uri>(StringComparer.Ordinal) { [registry.Host] = endpoint } };
        }

        return new ImageSession(model, input.Only.IsEmpty ? stage : stage with { Others = [] }, ToolsOf(registry, policy, ecr, registryEvents, imageEvents), ecr);
    }

    /// <summary>What the registry's scan found; null where it does not scan or has not yet.</summary>
    public Task<ScanFindings?> FindingsAsync(PushedImage image, CancellationToken cancellationToken) => _ecr.FindingsAsync(image, Tools.Client, cancellationToken);

    public void Dispose()
    {
        Tools.Client.Dispose();
        _ecr.Dispose();
    }

    private static async Task<BoundApplication> WithAccountAsync(BoundApplication application, ImageInput input, EcrAccess ecr, CancellationToken cancellationToken)
    {
        var model = application.Models[0];
        if (input.IsLocal || input.Registry is not null || model.Settings is { Registry.Existing: not null } or { Account: not null })
        {
            return application;
        }

        var account = await ecr.AccountAsync(model.Settings.Region, cancellationToken);
        return application with { Models = application.Models.SetItem(0, model with { Settings = model.Settings with { Account = account } }) };
    }

    /// <summary>Beside the settings, which belong to the application as it does; without any beside the manifest.</summary>
    private static string LockFileOf(ImageInput input, string manifestFolder)
    {
        var settings = EnvironmentsReading.FolderOf(input.Application, manifestFolder);
        return Path.Combine(settings is null ? manifestFolder : Path.GetDirectoryName(settings) ?? settings, ImageLock.FileName);
    }

    private static void RefuseUnknown(ImageInput input, DeploymentModel model)
    {
        var names = model.Images.Select(image => image.Resource).ToList();
        var unknown = input.Only.Where(name => !names.Contains(name, StringComparer.Ordinal)).Select(name => UsageProblems.InvalidValue("image of this application", name, names)).ToList();
        if (unknown.Count > 0)
        {
            throw new DeployException(unknown);
        }
    }

    private static ImageOrder Ordered(ImageInput input, DeploymentModel model, BoundApplication application)
    {
        RefuseUnknown(input, model);
        var images = input.Only.IsEmpty ? model.Images : WithSources(model.Images, input.Only);
        return new ImageOrder
        {
            Images = images,
            Refused = application.Manifest is { } manifest ? RefusedOf(manifest, images) : [],
            Folder = application.Folder,
            LockFile = LockFileOf(input, application.Folder),
            Locked = Environment.GetEnvironmentVariable("CI") == "true",
            Settings = model.Settings.Images,
            Architectures = input.Architectures ?? model.Settings.Cluster.Architectures,
            GitHubRepository = model.Settings.GitHub.Repository,
            Tag = input.Tag,
        };
    }

    // Of what is built alone: somebody who builds one image need not have the sources of the others.
    private static ImmutableArray<Problem> RefusedOf(Manifest manifest, ImmutableArray<ImageModel> images)
    {
        var built = images.Select(image => image.Resource).ToHashSet(StringComparer.Ordinal);
        return BuildPaths.Check(manifest with { Resources = [.. manifest.Resources.Where(resource => built.Contains(resource.Name))] }, SourceRoot.Around(manifest.Folder));
    }

    // An image needs those that it takes files from.
    private static ImmutableArray<ImageModel> WithSources(ImmutableArray<ImageModel> all, ImmutableArray<string> names)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(names);
        while (open.TryDequeue(out var name))
        {
            if (wanted.Add(name))
            {
                all.Where(image => image.Resource == name).SelectMany(image => image.Files).ToList().ForEach(files => open.Enqueue(files.Image));
            }
        }

        return [.. all.Where(image => wanted.Contains(image.Resource))];
    }

    private static ImageTools ToolsOf(RegistryPrefix registry, RegistryPolicy policy, EcrAccess ecr, IProgress<RegistryEvent> registryEvents, IProgress<ImageEvent> imageEvents)
    {
        Func<string, string?> variable = Environment.GetEnvironmentVariable;
        var credentials = Credentials.Of(registry.Host, ecr.CredentialAsync, variable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
#pragma warning disable CA2000 // The client owns it.
        var client = new RegistryClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10) }, credentials, policy, registryEvents);
#pragma warning restore CA2000
        return new ImageTools(client, ImageBuilder.Of($"{CommandLine.Name}-{Version}", variable), new BuildValues(variable), imageEvents) { Time = ecr.Time };
    }

    private static string Version => typeof(ImageSession).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
