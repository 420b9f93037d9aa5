using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Platform.Deploy.Model;

namespace Platform.Deploy.Aws;

/// <summary>JSON goes and comes: ECR, ACM, tagging, Secrets Manager, SSM, Service Quotas and Logs name the operation in a header, EKS in method and path.</summary>
/// <param name="options">Of <see cref="AwsJson.Options"/>.</param>
internal sealed class JsonProtocol(AwsConnection connection, AwsApi api, JsonSerializerOptions options)
{
    private const string Json11 = "application/x-amz-json-1.1";
    private const string Json = "application/json";

    /// <summary>JSON 1.1.</summary>
    public Task<TResponse> CallAsync<TRequest, TResponse>(string operation, TRequest request, CancellationToken cancellationToken) =>
        ReadAsync<TResponse>(
            AwsRequest.Post(api, operation, Json11, JsonSerializer.SerializeToUtf8Bytes(request, Type<TRequest>())) with
            {
                Headers = ImmutableSortedDictionary<string, string>.Empty.Add("x-amz-target", $"{api.Version}.{operation}"),
            },
            cancellationToken);

    /// <param name="path">Escaped, without the first slash.</param>
    public Task<TResponse> GetAsync<TResponse>(string operation, string path, CancellationToken cancellationToken) =>
        ReadAsync<TResponse>(new AwsRequest(api, operation, HttpMethod.Get, path, ImmutableSortedDictionary<string, string>.Empty), cancellationToken);

    /// <param name="path">Escaped, without the first slash.</param>
    public Task<TResponse> PostAsync<TRequest, TResponse>(string operation, string path, TRequest request, CancellationToken cancellationToken) =>
        ReadAsync<TResponse>(AwsRequest.Post(api, operation, Json, JsonSerializer.SerializeToUtf8Bytes(request, Type<TRequest>())) with { PathAndQuery = path }, cancellationToken);

    private async Task<TResponse> ReadAsync<TResponse>(AwsRequest request, CancellationToken cancellationToken)
    {
        var reply = await connection.SendAsync(request, cancellationToken);
        try
        {
            // Some calls answer success with nothing at all.
            return JsonSerializer.Deserialize(reply.Body.Length == 0 ? "{}"u8 : reply.Body, Type<TResponse>()) ?? throw connection.Unreadable(request, reply, cause: null);
        }
        catch (JsonException broken)
        {
            throw connection.Unreadable(request, reply, broken);
        }
    }

    private JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}

/// <summary>How AWS writes JSON: times are seconds since 1970, and null means absent.</summary>
internal static class AwsJson
{
    public static JsonSerializerOptions Options(JsonSerializerContext context)
    {
        var options = new JsonSerializerOptions(context.Options) { TypeInfoResolver = context.WithAddedModifier(WithoutNulls) };
        options.MakeReadOnly();
        return options;
    }

    // So that a property keeps its default, such as the empty list.
    private static void WithoutNulls(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Set is { } set)
            {
                property.Set = (target, value) =>
                {
                    if (value is not null)
                    {
                        set(target, value);
                    }
                };
            }
        }
    }
}

/// <summary>Seconds since 1970 with a fraction, or the text of ISO 8601 that stand-ins for AWS send.</summary>
internal sealed class EpochSecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? reader.GetDateTimeOffset() : DateTimeOffset.FromUnixTimeMilliseconds((long)(reader.GetDouble() * 1_000));

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteNumberValue(value.ToUnixTimeSeconds());
}

/// <summary>For the few fields that carry a secret over the wire.</summary>
internal sealed class SecretTextConverter : JsonConverter<SecretText>
{
    public override SecretText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, SecretText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Reveal());
}
