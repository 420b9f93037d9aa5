using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Deploy.Aws;

/// <summary>Certificate Manager: whether a certificate is issued, and what its validation waits for.</summary>
internal sealed class AcmClient(AwsConnection connection)
{
    private static readonly JsonSerializerOptions Options = AwsJson.Options(AcmJson.Default);

    private readonly JsonProtocol _json = new(connection, AwsApi.Acm, Options);

    /// <returns>Null where there is no such certificate.</returns>
    public async Task<Certificate?> DescribeCertificateAsync(string certificateArn, CancellationToken cancellationToken) =>
        (await _json.CallAsync<DescribeCertificateRequest, DescribeCertificateResponse>("DescribeCertificate", new DescribeCertificateRequest(certificateArn), cancellationToken).OrNullAsync())?.Certificate;

    /// <summary>A certificate that CloudFormation still waits for is in no output of its stack yet: it is found by its domain.</summary>
    public IAsyncEnumerable<CertificateSummary> ListCertificatesAsync(CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var page = await _json.CallAsync<ListCertificatesRequest, ListCertificatesResponse>("ListCertificates", new ListCertificatesRequest(token), cancellationToken);
                return new Page<CertificateSummary>(page.CertificateSummaryList, page.NextToken);
            },
            cancellationToken);
}

internal sealed record DescribeCertificateRequest(string CertificateArn);

internal sealed record DescribeCertificateResponse
{
    public Certificate? Certificate { get; set; }
}

internal sealed record Certificate
{
    public string CertificateArn { get; set; } = "";

    public string DomainName { get; set; } = "";

    /// <summary><c>PENDING_VALIDATION</c>, <c>ISSUED</c>, <c>INACTIVE</c>, <c>EXPIRED</c>, <c>VALIDATION_TIMED_OUT</c>, <c>REVOKED</c>, <c>FAILED</c>.</summary>
    public string Status { get; set; } = "";

    public string? FailureReason { get; set; }

    public IReadOnlyList<string> SubjectAlternativeNames { get; set; } = [];

    public IReadOnlyList<DomainValidation> DomainValidationOptions { get; set; } = [];

    public IReadOnlyList<string> InUseBy { get; set; } = [];

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? IssuedAt { get; set; }

    public DateTimeOffset? NotAfter { get; set; }
}

internal sealed record DomainValidation
{
    public string DomainName { get; set; } = "";

    /// <summary><c>PENDING_VALIDATION</c>, <c>SUCCESS</c>, <c>FAILED</c>.</summary>
    public string? ValidationStatus { get; set; }

    /// <summary><c>DNS</c>, <c>EMAIL</c>, <c>HTTP</c>.</summary>
    public string? ValidationMethod { get; set; }

    /// <summary>What the domain has to have; null for some seconds after the request.</summary>
    public ValidationRecord? ResourceRecord { get; set; }
}

internal sealed record ValidationRecord
{
    public string Name { get; set; } = "";

    /// <summary><c>CNAME</c>.</summary>
    public string Type { get; set; } = "";

    public string Value { get; set; } = "";
}

internal sealed record ListCertificatesRequest(string? NextToken);

internal sealed record ListCertificatesResponse
{
    public IReadOnlyList<CertificateSummary> CertificateSummaryList { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record CertificateSummary
{
    public string CertificateArn { get; set; } = "";

    public string DomainName { get; set; } = "";

    public string? Status { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSecondsConverter)])]
[JsonSerializable(typeof(DescribeCertificateRequest))]
[JsonSerializable(typeof(DescribeCertificateResponse))]
[JsonSerializable(typeof(ListCertificatesRequest))]
[JsonSerializable(typeof(ListCertificatesResponse))]
internal sealed partial class AcmJson : JsonSerializerContext;
