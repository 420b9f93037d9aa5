using System.Text;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Registry;

/// <summary>The registry's own interface.</summary>
internal sealed class EcrApi(SimulatedAccount account, BlobFolder blobs, ImageScanning scanning) : ISimulatedService
{
    private static readonly TimeSpan PasswordLife = TimeSpan.FromHours(12);

    public string SigningName => "ecr";

    public WireProtocol Protocol { get; } = new WireProtocol.Json();

    private string Host => $"{account.Id}.dkr.ecr.{account.Region}.{account.DnsSuffix}";

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "GetAuthorizationToken" => Token(),
        "DescribeRepositories" => Repositories(call.Input),
        "DescribeImages" => Images(call.Input),
        "ListImages" => Ids(call.Input),
        "BatchGetImage" => Manifests(call.Input),
        "DescribeImageScanFindings" => Findings(call.Input),
        _ => throw call.UnknownOperation(),
    };

    // References of images name AWS's host; that its registry is played here, whoever asks learns from the endpoint.
    private Answer Token() => Answer.Of(new JsonObject
    {
        ["authorizationData"] = new JsonArray(new JsonObject
        {
            ["authorizationToken"] = RegistryPassword.Token(account.Id),
            ["expiresAt"] = AwsJson.Time(account.Now + PasswordLife),
            ["proxyEndpoint"] = account.Endpoint?.AbsoluteUri.TrimEnd('/') ?? $"https://{Host}",
        }),
    });

    private Answer Repositories(CallInput input)
    {
        var names = input.Texts("repositoryNames");
        foreach (var name in names)
        {
            Find(name);
        }

        var found = account.Resources.All(ImageStore.Repository).Where(repository => names.IsEmpty || names.Contains(repository.Id, StringComparer.Ordinal));
        var (repositories, next) = Paging.Page(found, input.Text("nextToken"), 100);
        return Answer.Of(AwsJson.WithoutNulls(new JsonObject
        {
            ["repositories"] = new JsonArray([.. repositories.Select(JsonNode? (repository) => new JsonObject
            {
                ["repositoryArn"] = repository.Arn ?? account.Arn("ecr", $"repository/{repository.Id}"),
                ["registryId"] = account.Id,
                ["repositoryName"] = repository.Id,
                ["repositoryUri"] = $"{Host}/{repository.Id}",
                ["createdAt"] = AwsJson.Time(repository.CreatedAt),
                ["imageTagMutability"] = repository.Text("ImageTagMutability") ?? "MUTABLE",
            })]),
            ["nextToken"] = next,
        }));
    }

    private Answer Images(CallInput input)
    {
        var repository = Find(input.Required("repositoryName"));
        var wanted = input.Structures("imageIds");
        var found = wanted.IsEmpty ? ImageStore.Of(account, repository.Id) : wanted.Select(id => Image(repository.Id, id) ?? throw NoImage(repository.Id, id)).DistinctBy(image => image.Id);
        var (images, next) = Paging.Page(found, input.Text("nextToken"), 100);
        return Answer.Of(AwsJson.WithoutNulls(new JsonObject
        {
            ["imageDetails"] = new JsonArray([.. images.Select(JsonNode? (image) => Detail(repository, image))]),
            ["nextToken"] = next,
        }));
    }

    private JsonObject Detail(CloudResource repository, CloudResource image) => AwsJson.WithoutNulls(new JsonObject
    {
        ["registryId"] = account.Id,
        ["repositoryName"] = repository.Id,
        ["imageDigest"] = ImageStore.DigestOf(image),
        ["imageTags"] = ImageStore.TagsOf(image) is { IsEmpty: false } tags ? AwsJson.Texts(tags) : null,
        ["imageSizeInBytes"] = image.Properties["Size"]?.DeepClone(),
        ["imagePushedAt"] = AwsJson.Time(image.CreatedAt),
        ["imageManifestMediaType"] = image.Text("MediaType"),
        ["artifactMediaType"] = image.Text("ArtifactType"),
        ["imageScanStatus"] = scanning.StatusOf(image),
        ["imageScanFindingsSummary"] = scanning.SummaryOf(image),
    });

    private Answer Ids(CallInput input)
    {
        var repository = Find(input.Required("repositoryName"));
        var ids = ImageStore.Of(account, repository.Id).SelectMany(image => ImageStore.TagsOf(image) is { IsEmpty: false } tags
            ? tags.Select(tag => new JsonObject { ["imageDigest"] = ImageStore.DigestOf(image), ["imageTag"] = tag })
            : [new JsonObject { ["imageDigest"] = ImageStore.DigestOf(image) }]);
        var (items, next) = Paging.Page(ids, input.Text("nextToken"), 100);
        return Answer.Of(AwsJson.WithoutNulls(new JsonObject { ["imageIds"] = new JsonArray([.. items]), ["nextToken"] = next }));
    }

    private Answer Manifests(CallInput input)
    {
        var repository = Find(input.Required("repositoryName"));
        var (images, failures) = (new JsonArray(), new JsonArray());
        foreach (var id in input.Structures("imageIds"))
        {
            if (Image(repository.Id, id) is { } image && blobs.Find(repository.Id, ImageStore.DigestOf(image)) is { } file)
            {
                images.Add((JsonNode)new JsonObject
                {
                    ["registryId"] = account.Id,
                    ["repositoryName"] = repository.Id,
                    ["imageId"] = AwsJson.WithoutNulls(new JsonObject { ["imageDigest"] = ImageStore.DigestOf(image), ["imageTag"] = id.Text("imageTag") }),
                    ["imageManifest"] = Encoding.UTF8.GetString(File.ReadAllBytes(file.FullName)),
                    ["imageManifestMediaType"] = image.Text("MediaType"),
                });
            }
            else
            {
                failures.Add((JsonNode)new JsonObject { ["imageId"] = id.Content.DeepClone(), ["failureCode"] = "ImageNotFound", ["failureReason"] = "Requested image not found" });
            }
        }

        return Answer.Of(new JsonObject { ["images"] = images, ["failures"] = failures });
    }

    private Answer Findings(CallInput input)
    {
        var repository = Find(input.Required("repositoryName"));
        var id = input.Structure("imageId") ?? CallInput.Empty;
        var image = Image(repository.Id, id) ?? throw NoImage(repository.Id, id);
        if (scanning.StatusOf(image) is not { } status)
        {
            throw new ServiceError("ScanNotFoundException", $"Image scan does not exist for the image with '{{imageDigest:'{ImageStore.DigestOf(image)}'}}' in the repository with name '{repository.Id}' in the registry with id '{account.Id}'", 400);
        }

        var findings = scanning.SummaryOf(image);
        findings?["findings"] = new JsonArray();
        return Answer.Of(AwsJson.WithoutNulls(new JsonObject
        {
            ["registryId"] = account.Id,
            ["repositoryName"] = repository.Id,
            ["imageId"] = new JsonObject { ["imageDigest"] = ImageStore.DigestOf(image) },
            ["imageScanStatus"] = status,
            ["imageScanFindings"] = findings,
        }));
    }

    private CloudResource? Image(string repository, CallInput id) =>
        ((id.Text("imageDigest") ?? id.Text("imageTag")) is { } reference ? ImageStore.Find(account, repository, reference) : null) is { } image
        && (id.Text("imageTag") is not { } tag || ImageStore.TagsOf(image).Contains(tag, StringComparer.Ordinal)) ? image : null;

    private CloudResource Find(string name) => ImageStore.FindRepository(account, name)
        ?? throw new ServiceError("RepositoryNotFoundException", $"The repository with name '{name}' does not exist in the registry with id '{account.Id}'", 400);

    private ServiceError NoImage(string repository, CallInput id) => new(
        "ImageNotFoundException",
        $"The image with imageId {{imageDigest:'{id.Text("imageDigest") ?? "null"}', imageTag:'{id.Text("imageTag") ?? "null"}'}} does not exist within the repository with name '{repository}' in the registry with id '{account.Id}'",
        400);
}
