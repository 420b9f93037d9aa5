using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Deploy.Aws;

/// <summary>Log groups of CloudWatch: a cluster that is being deleted may make its own anew.</summary>
internal sealed class LogsClient(AwsConnection connection)
{
    private static readonly JsonSerializerOptions Options = AwsJson.Options(LogsJson.Default);

    private readonly JsonProtocol _json = new(connection, AwsApi.Logs, Options);

    /// <param name="logGroupNamePrefix">Such as <c>/aws/eks/shop-production/</c>.</param>
    public IAsyncEnumerable<LogGroup> DescribeLogGroupsAsync(string logGroupNamePrefix, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var page = await _json.CallAsync<DescribeLogGroupsRequest, DescribeLogGroupsResponse>("DescribeLogGroups", new DescribeLogGroupsRequest(logGroupNamePrefix, token), cancellationToken);
                return new Page<LogGroup>(page.LogGroups, page.NextToken);
            },
            cancellationToken);

    /// <returns>Whether it was there.</returns>
    public Task<bool> DeleteLogGroupAsync(string logGroupName, CancellationToken cancellationToken) =>
        _json.CallAsync<DeleteLogGroupRequest, NoResponse>("DeleteLogGroup", new DeleteLogGroupRequest(logGroupName), cancellationToken).OrFalseAsync();
}

internal sealed record DescribeLogGroupsRequest(string LogGroupNamePrefix, string? NextToken);

internal sealed record DescribeLogGroupsResponse
{
    public IReadOnlyList<LogGroup> LogGroups { get; set; } = [];

    public string? NextToken { get; set; }
}

internal sealed record LogGroup
{
    public string LogGroupName { get; set; } = "";

    public string? Arn { get; set; }

    /// <summary>Milliseconds since 1970.</summary>
    public long CreationTime { get; set; }

    /// <summary>Null: for ever.</summary>
    public int? RetentionInDays { get; set; }

    public long StoredBytes { get; set; }

    public string? KmsKeyId { get; set; }
}

internal sealed record DeleteLogGroupRequest(string LogGroupName);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DescribeLogGroupsRequest))]
[JsonSerializable(typeof(DescribeLogGroupsResponse))]
[JsonSerializable(typeof(DeleteLogGroupRequest))]
[JsonSerializable(typeof(NoResponse))]
internal sealed partial class LogsJson : JsonSerializerContext;
