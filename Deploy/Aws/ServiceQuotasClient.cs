using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Deploy.Aws;

internal sealed class ServiceQuotasClient(AwsConnection connection)
{
    private static readonly JsonSerializerOptions Options = AwsJson.Options(ServiceQuotasJson.Default);

    private readonly JsonProtocol _json = new(connection, AwsApi.ServiceQuotas, Options);

    /// <summary>What the account may have; where nobody ever asked for more, what every account may have.</summary>
    /// <param name="serviceCode">Such as <c>vpc</c>.</param>
    /// <param name="quotaCode">Such as <c>L-F678F1CE</c> (VPCs of a region).</param>
    /// <returns>Null where there is no such quota.</returns>
    public async Task<ServiceQuota?> GetServiceQuotaAsync(string serviceCode, string quotaCode, CancellationToken cancellationToken) =>
        (await CallAsync("GetServiceQuota", serviceCode, quotaCode, cancellationToken).OrNullAsync()
            ?? await CallAsync("GetAWSDefaultServiceQuota", serviceCode, quotaCode, cancellationToken).OrNullAsync())?.Quota;

    private Task<GetServiceQuotaResponse> CallAsync(string operation, string serviceCode, string quotaCode, CancellationToken cancellationToken) =>
        _json.CallAsync<GetServiceQuotaRequest, GetServiceQuotaResponse>(operation, new GetServiceQuotaRequest(serviceCode, quotaCode), cancellationToken);
}

internal sealed record GetServiceQuotaRequest(string ServiceCode, string QuotaCode);

internal sealed record GetServiceQuotaResponse
{
    public ServiceQuota? Quota { get; set; }
}

internal sealed record ServiceQuota
{
    public string ServiceCode { get; set; } = "";

    public string QuotaCode { get; set; } = "";

    public string QuotaName { get; set; } = "";

    public double Value { get; set; }

    public string? Unit { get; set; }

    /// <summary>Whether more can be asked for.</summary>
    public bool Adjustable { get; set; }

    public bool GlobalQuota { get; set; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetServiceQuotaRequest))]
[JsonSerializable(typeof(GetServiceQuotaResponse))]
internal sealed partial class ServiceQuotasJson : JsonSerializerContext;
