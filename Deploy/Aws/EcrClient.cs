using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Model;

namespace Platform.Deploy.Aws;

/// <summary>The registry's own interface; images go over the registry protocol of OCI, with the credentials from here.</summary>
internal sealed class EcrClient(AwsConnection connection)
{
    private static readonly JsonSerializerOptions Options = AwsJson.Options(EcrJson.Default);

    private readonly JsonProtocol _json = new(connection, AwsApi.Ecr, Options);

    public Task<GetAuthorizationTokenResponse> GetAuthorizationTokenAsync(CancellationToken cancellationToken) =>
        _json.CallAsync<GetAuthorizationTokenRequest, GetAuthorizationTokenResponse>("GetAuthorizationToken", new GetAuthorizationTokenRequest(), cancellationToken);

    /// <summary>What the registry of the account takes as user and password, for 12 hours.</summary>
    public async Task<RegistryLogin> LoginAsync(CancellationToken cancellationToken)
    {
        var answer = await GetAuthorizationTokenAsync(cancellationToken);
        return answer.AuthorizationData is [{ AuthorizationToken: { } token, ProxyEndpoint: { } endpoint } data, ..]
            ? RegistryLogin.Of(token, endpoint, data.ExpiresAt)
            : throw connection.Failure(new AwsError(AwsApi.Ecr, "GetAuthorizationToken", AwsErrorKind.Unreadable, "NoToken", "the answer holds no token", RequestId: null), cause: null);
    }

    /// <summary>All repositories of the account's registry.</summary>
    public IAsyncEnumerable<RepositoryState> DescribeRepositoriesAsync(CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var page = await _json.CallAsync<DescribeRepositoriesRequest, DescribeRepositoriesResponse>("DescribeRepositories", new DescribeRepositoriesRequest(null, token), cancellationToken);
                return new Page<RepositoryState>(page.Repositories, page.NextToken);
            },
            cancellationToken);

    /// <returns>Null where there is no such repository.</returns>
    public async Task<RepositoryState?> DescribeRepositoryAsync(string repositoryName, CancellationToken cancellationToken)
    {
        var request = new DescribeRepositoriesRequest([repositoryName], null);
        var answer = await _json.CallAsync<DescribeRepositoriesRequest, DescribeRepositoriesResponse>("DescribeRepositories", request, cancellationToken).OrNullAsync();
        return answer?.Repositories is [var repository, ..] ? repository : null;
    }

    /// <summary>All images of a repository; none where there is no such repository.</summary>
    public async Task<IReadOnlyList<ImageDetail>> DescribeImagesAsync(string repositoryName, CancellationToken cancellationToken)
    {
        try
        {
            return await Pages.AllAsync(
                async token =>
                {
                    var request = new DescribeImagesRequest(repositoryName, null, token);
                    var page = await _json.CallAsync<DescribeImagesRequest, DescribeImagesResponse>("DescribeImages", request, cancellationToken);
                    return new Page<ImageDetail>(page.ImageDetails, page.NextToken);
                },
                cancellationToken).ToListAsync(cancellationToken);
        }
        catch (AwsException missing) when (missing.Error.Kind == AwsErrorKind.NotFound)
        {
            return [];
        }
    }

    /// <returns>Null where the repository, or the image in it, does not exist.</returns>
    public async Task<ImageDetail?> DescribeImageAsync(string repositoryName, ImageIdentifier image, CancellationToken cancellationToken)
    {
        var request = new DescribeImagesRequest(repositoryName, [image], null);
        var answer = await _json.CallAsync<DescribeImagesRequest, DescribeImagesResponse>("DescribeImages", request, cancellationToken).OrNullAsync();
        return answer?.ImageDetails is [var detail, ..] ? detail : null;
    }

    /// <summary>Tags and digests only: one for each tag of an image.</summary>
    public IAsyncEnumerable<ImageIdentifier> ListImagesAsync(string repositoryName, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var page = await _json.CallAsync<ListImagesRequest, ListImagesResponse>("ListImages", new ListImagesRequest(repositoryName, token), cancellationToken);
                return new Page<ImageIdentifier>(page.ImageIds, page.NextToken);
            },
            cancellationToken);

    /// <summary>Manifests. What is not found is among the failures.</summary>
    public Task<BatchGetImageResponse> BatchGetImageAsync(BatchGetImageRequest request, CancellationToken cancellationToken) =>
        _json.CallAsync<BatchGetImageRequest, BatchGetImageResponse>("BatchGetImage", request, cancellationToken);

    /// <summary>The first page, which has the counts by severity.</summary>
    /// <returns>Null where the image was not scanned.</returns>
    public async Task<ImageScan?> DescribeImageScanFindingsAsync(string repositoryName, ImageIdentifier image, CancellationToken cancellationToken) =>
        await _json.CallAsync<DescribeImageScanFindingsRequest, ImageScan>("DescribeImageScanFindings", new DescribeImageScanFindingsRequest(repositoryName, image), cancellationToken).OrNullAsync();
}

/// <param name="Endpoint">Where the registry answers: <c>https://123456789012.dkr.ecr.eu-west-1.amazonaws.com</c>.</param>
/// <param name="UserName">Always <c>AWS</c>.</param>
/// <param name="Password">For Basic authentication.</param>
internal sealed record RegistryLogin(Uri Endpoint, string UserName, SecretText Password, DateTimeOffset? ExpiresAt)
{
    /// <param name="token">Base64 of <c>USER:PASSWORD</c>.</param>
    /// <param name="endpoint">Such as <c>https://123456789012.dkr.ecr.eu-west-1.amazonaws.com</c>.</param>
    public static RegistryLogin Of(SecretText token, string endpoint, DateTimeOffset? expiresAt)
    {
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(token.Reveal())).Split(':', 2);
        return new RegistryLogin(new Uri(endpoint), pair[0], new SecretText(pair.Length == 2 ? pair[1] : ""), expiresAt);
    }
}

internal sealed record GetAuthorizationTokenRequest;

internal sealed record GetAuthorizationTokenResponse
{
    public IReadOnlyList<AuthorizationData> AuthorizationData { get; set; } = [];
}

internal sealed record AuthorizationData
{
    public SecretText? AuthorizationToken { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public string? ProxyEndpoint { get; set; }
}

internal sealed record DescribeRepositoriesRequest(IReadOnlyList<string>? RepositoryNames, string? NextToken);

internal sealed record DescribeRepositoriesResponse
{
    public IReadOnlyList<RepositoryState> Repositories { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record RepositoryState
{
    public string RepositoryName { get; set; } = "";

    public string RepositoryArn { get; set; } = "";

    /// <summary>Account id.</summary>
    public string RegistryId { get; set; } = "";

    /// <summary>What images are pushed to: host and name.</summary>
    public string RepositoryUri { get; set; } = "";

    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary><c>MUTABLE</c>, <c>IMMUTABLE</c>, or either <c>…_WITH_EXCLUSION</c>.</summary>
    public string? ImageTagMutability { get; set; }
}

internal sealed record DescribeImagesRequest(string RepositoryName, IReadOnlyList<ImageIdentifier>? ImageIds, string? NextToken);

internal sealed record DescribeImagesResponse
{
    public IReadOnlyList<ImageDetail> ImageDetails { get; set; } = [];

    public string? NextToken { get; set; }
}

/// <summary>By tag, by digest, or both.</summary>
internal sealed record ImageIdentifier
{
    public string? ImageTag { get; set; }

    public string? ImageDigest { get; set; }
}

internal sealed record ImageDetail
{
    public string RepositoryName { get; set; } = "";

    public string ImageDigest { get; set; } = "";

    public IReadOnlyList<string> ImageTags { get; set; } = [];

    public long ImageSizeInBytes { get; set; }

    public DateTimeOffset? ImagePushedAt { get; set; }

    public string? ImageManifestMediaType { get; set; }

    public string? ArtifactMediaType { get; set; }

    public ImageScanStatus? ImageScanStatus { get; set; }

    public ImageScanSummary? ImageScanFindingsSummary { get; set; }
}

internal sealed record ImageScanStatus
{
    /// <summary><c>IN_PROGRESS</c>, <c>COMPLETE</c>, <c>FAILED</c>, <c>UNSUPPORTED_IMAGE</c>, <c>ACTIVE</c>, <c>PENDING</c>, …</summary>
    public string Status { get; set; } = "";

    public string? Description { get; set; }
}

internal sealed record ImageScanSummary
{
    public DateTimeOffset? ImageScanCompletedAt { get; set; }

    /// <summary>By <c>CRITICAL</c>, <c>HIGH</c>, <c>MEDIUM</c>, <c>LOW</c>, <c>INFORMATIONAL</c>, <c>UNDEFINED</c>.</summary>
    public IReadOnlyDictionary<string, int> FindingSeverityCounts { get; set; } = new Dictionary<string, int>();
}

internal sealed record ListImagesRequest(string RepositoryName, string? NextToken);

internal sealed record ListImagesResponse
{
    public IReadOnlyList<ImageIdentifier> ImageIds { get; set; } = [];

    public string? NextToken { get; set; }
}

/// <param name="AcceptedMediaTypes">Null: ECR chooses.</param>
internal sealed record BatchGetImageRequest(string RepositoryName, IReadOnlyList<ImageIdentifier> ImageIds, IReadOnlyList<string>? AcceptedMediaTypes);

internal sealed record BatchGetImageResponse
{
    public IReadOnlyList<RegistryImage> Images { get; set; } = [];

    public IReadOnlyList<ImageFailure> Failures { get; set; } = [];
}

internal sealed record RegistryImage
{
    public string RepositoryName { get; set; } = "";

    public ImageIdentifier? ImageId { get; set; }

    /// <summary>The JSON that the digest is of.</summary>
    public string ImageManifest { get; set; } = "";

    public string? ImageManifestMediaType { get; set; }
}

internal sealed record ImageFailure
{
    public ImageIdentifier? ImageId { get; set; }

    /// <summary>Such as <c>ImageNotFound</c>.</summary>
    public string FailureCode { get; set; } = "";

    public string? FailureReason { get; set; }
}

internal sealed record DescribeImageScanFindingsRequest(string RepositoryName, ImageIdentifier ImageId);

internal sealed record ImageScan
{
    public string RepositoryName { get; set; } = "";

    public ImageIdentifier? ImageId { get; set; }

    public ImageScanStatus? ImageScanStatus { get; set; }

    public ImageScanFindings? ImageScanFindings { get; set; }
}

internal sealed record ImageScanFindings
{
    public DateTimeOffset? ImageScanCompletedAt { get; set; }

    public IReadOnlyDictionary<string, int> FindingSeverityCounts { get; set; } = new Dictionary<string, int>();

    /// <summary>Of the basic scan; the enhanced one has others.</summary>
    public IReadOnlyList<ImageScanFinding> Findings { get; set; } = [];
}

internal sealed record ImageScanFinding
{
    /// <summary>Such as <c>CVE-2026-1234</c>.</summary>
    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public string? Uri { get; set; }

    public string? Severity { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(EpochSecondsConverter), typeof(SecretTextConverter)])]
[JsonSerializable(typeof(GetAuthorizationTokenRequest))]
[JsonSerializable(typeof(GetAuthorizationTokenResponse))]
[JsonSerializable(typeof(DescribeRepositoriesRequest))]
[JsonSerializable(typeof(DescribeRepositoriesResponse))]
[JsonSerializable(typeof(DescribeImagesRequest))]
[JsonSerializable(typeof(DescribeImagesResponse))]
[JsonSerializable(typeof(ListImagesRequest))]
[JsonSerializable(typeof(ListImagesResponse))]
[JsonSerializable(typeof(BatchGetImageRequest))]
[JsonSerializable(typeof(BatchGetImageResponse))]
[JsonSerializable(typeof(DescribeImageScanFindingsRequest))]
[JsonSerializable(typeof(ImageScan))]
internal sealed partial class EcrJson : JsonSerializerContext;
