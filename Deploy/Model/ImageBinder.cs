using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Manifests;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>The image of a workload.</summary>
/// <param name="Image">Null where there is a problem.</param>
/// <param name="WellKnown">Null where nothing is known of it.</param>
internal sealed record BoundImage(WorkloadImage? Image, WellKnownImage? WellKnown);

/// <summary>Says which images are built, and which ones workloads run.</summary>
internal sealed class ImageBinder(KnownResources resources, EnvironmentSettings settings, Names names, ExpressionResolver resolver, Findings findings)
{
    private string Registry => ImageRegistry.Of(settings);

    /// <summary>All that are built, also those that are only a source of files; by resource.</summary>
    public ImmutableArray<ImageModel> Built()
    {
        ImmutableArray<ImageModel> images = [.. All().OrderBy(image => image.Resource, StringComparer.Ordinal)];
        var needs = images.ToDictionary(image => image.Resource, IReadOnlyCollection<string> (image) => [.. image.Files.Select(files => files.Image)], StringComparer.Ordinal);
        foreach (var circle in DependencyOrder.Of(needs).Circles)
        {
            findings.Add(WorkloadProblems.FilesCircle(circle));
        }

        return images;
    }

    /// <summary>Of images that are not built here because their resource is substituted or missing; by name.</summary>
    public ImmutableArray<RepositoryModel> OtherRepositories() =>
    [
        .. resources.All
            .Where(known => known is { Standing: not Standing.Deployed, Resource: ManifestResource.Workload { Source: WorkloadSource.Project or WorkloadSource.Build } })
            .Select(known => new RepositoryModel(names.Repository(known.Name), Names.RepositoryLogicalId(known.Name)))
            .OrderBy(repository => repository.Repository, StringComparer.Ordinal),
    ];

    private IEnumerable<ImageModel> All() =>
        resources.All
            .Where(known => known.Standing is Standing.Deployed)
            .Select(known => (Known: known, Source: known.Resource is ManifestResource.Workload workload ? SourceOf(known, workload.Source) : null))
            .Where(built => built.Source is not null)
            .Select(built => new ImageModel(built.Known.Name, names.Repository(built.Known.Name), built.Source ?? throw new System.Diagnostics.UnreachableException())
            {
                LogicalId = Names.RepositoryLogicalId(built.Known.Name),
                Files = FilesOf(built.Known),
            });

    public BoundImage ImageOf(KnownResource known, ManifestResource.Workload workload)
    {
        if (workload.Source is not WorkloadSource.Image image)
        {
            var repository = names.Repository(known.Name);
            return new BoundImage(new WorkloadImage.Built(known.Name, $"{Registry}/{repository}", repository), WellKnown: null);
        }

        var place = $"{known.Place}.image";
        var resolution = resolver.Resolve(known.Name, image.Reference, place);
        foreach (var refused in resolution.Refused)
        {
            findings.Refers(known.Name, place, refused);
        }

        foreach (var missing in resolution.Missing)
        {
            findings.Add(ReferenceProblems.ArgumentOfMissing(place, missing));
        }

        if (!resolution.IsUsable)
        {
            return new BoundImage(Image: null, WellKnown: null);
        }

        if (resolution.Value is not Value.Literal name)
        {
            findings.Add(ReferenceProblems.SecretNotAllowed(place, "the name of an image"));
            return new BoundImage(Image: null, WellKnown: null);
        }

        return ThirdParty(known, name.Text, place);
    }

    private BoundImage ThirdParty(KnownResource known, string name, string place)
    {
        if (ImageReference.Parse(name) is not { } reference)
        {
            findings.Add(WorkloadProblems.IllegalImage(place, name));
            return new BoundImage(Image: null, WellKnown: null);
        }

        if (known.Resource is ManifestResource.Workload { ContainerFiles.IsEmpty: false })
        {
            findings.Add(WorkloadProblems.FilesIntoFinishedImage(known.Name, reference.ToString()));
        }

        if (reference.IsMoving)
        {
            if (settings.Profile == Profile.Dev)
            {
                findings.Note(known.Name, $"The image '{reference}' has no fixed tag: what runs may change from one deployment to the next.");
            }
            else
            {
                findings.Add(WorkloadProblems.MovingImage(place, reference.ToString(), settings.Environment));
            }
        }

        return new BoundImage(new WorkloadImage.ThirdParty(reference.ToString()), WellKnownImage.Find(reference.Repository, reference.Tag));
    }

    private ImageSource? SourceOf(KnownResource known, WorkloadSource source) => source switch
    {
        WorkloadSource.Project project => new ImageSource.Project(project.Path),
        WorkloadSource.Build build => new ImageSource.Build(build.Context, build.Dockerfile)
        {
            DockerfileInContext = Path.GetRelativePath(Path.Combine(resources.Folder, build.Context), Path.Combine(resources.Folder, build.Dockerfile)).Replace('\\', '/'),
            Stage = build.Stage,
            BuildOnly = build.BuildOnly,
            Args = ArgsOf(known, build),
            Secrets = SecretsOf(known, build),
        },
        _ => null,
    };

    private ImmutableSortedDictionary<string, Value?> ArgsOf(KnownResource known, WorkloadSource.Build build)
    {
        var args = ImmutableSortedDictionary.CreateBuilder<string, Value?>(StringComparer.Ordinal);
        foreach (var (name, text) in build.Args)
        {
            var place = $"{known.Place}.build.args.{name}";
            var value = text is null ? null : Used(known, text, place);
            if (value is not null and not Value.Literal)
            {
                findings.Add(ReferenceProblems.SecretNotAllowed(place, "an argument of a build"));
            }
            else if (value is not null || text is null)
            {
                args.Add(name, value);
            }
        }

        return args.ToImmutable();
    }

    private ImmutableSortedDictionary<string, ImageBuildSecret> SecretsOf(KnownResource known, WorkloadSource.Build build)
    {
        var secrets = ImmutableSortedDictionary.CreateBuilder<string, ImageBuildSecret>(StringComparer.Ordinal);
        foreach (var (name, secret) in build.Secrets)
        {
            switch (secret)
            {
                case BuildSecret.File file:
                    secrets.Add(name, new ImageBuildSecret(Value: null, file.Source));
                    break;
                case BuildSecret.Env { Value: null }:
                    secrets.Add(name, new ImageBuildSecret(Value: null, File: null));
                    break;
                case BuildSecret.Env { Value: { } text } when Used(known, text, $"{known.Place}.build.secrets.{name}") is { } value:
                    secrets.Add(name, new ImageBuildSecret(value, File: null));
                    break;
                default:
                    break;
            }
        }

        return secrets.ToImmutable();
    }

    private Value? Used(KnownResource known, ManifestText text, string place)
    {
        var resolution = resolver.Resolve(known.Name, text, place);
        foreach (var refused in resolution.Refused)
        {
            findings.Refers(known.Name, place, refused);
        }

        foreach (var missing in resolution.Missing)
        {
            findings.Note(known.Name, $"{place[(known.Place.Length + 1)..]} is left out, because '{missing}' is missing.");
        }

        return resolution.IsUsable ? resolution.Value : null;
    }

    private ImmutableArray<ImageFiles> FilesOf(KnownResource known)
    {
        var files = ImmutableArray.CreateBuilder<ImageFiles>();
        foreach (var wanted in (known.Resource as ManifestResource.Workload)?.ContainerFiles ?? [])
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{known.Place}.containerFiles.{wanted.Resource}");
            if (resources.Find(wanted.Resource) is not { } source)
            {
                findings.Add(ReferenceProblems.UnknownResource(place, wanted.Resource, wanted.Resource, resources.Closest(wanted.Resource)));
            }
            else if (source.Standing is Standing.Refused)
            {
                findings.Refers(known.Name, place, source.Name);
            }
            else if (source is { Standing: Standing.Deployed, Resource: ManifestResource.Workload { Source: WorkloadSource.Project or WorkloadSource.Build } })
            {
                files.Add(new ImageFiles(source.Name, wanted.Destination, wanted.Sources));
            }
            else
            {
                findings.Add(WorkloadProblems.FilesOfNoImage(place, source.Name));
            }
        }

        return files.ToImmutable();
    }
}
