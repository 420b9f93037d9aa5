using System.IO.Compression;
using System.Text.Json;

namespace Platform.Deploy.Aws.Tests;

/// <summary>A service as AWS describes it for its own SDKs: botocore's <c>service-2.json</c>.</summary>
internal sealed class ServiceModel
{
    private readonly JsonElement _root;

    private ServiceModel(JsonElement root) => _root = root;

    /// <summary><c>query</c>, <c>ec2</c>, <c>json</c>, <c>rest-json</c>.</summary>
    public string Protocol => Metadata("protocol") ?? "";

    public string? Metadata(string name) => _root.GetProperty("metadata").TryGetProperty(name, out var value) ? value.GetString() : null;

    public Operation Operation(string name) =>
        _root.GetProperty("operations").TryGetProperty(name, out var operation)
            ? new Operation(this, name, operation)
            : throw new InvalidOperationException($"{Metadata("serviceId")} has no operation {name}.");

    public Shape Shape(string name) => new(this, name, _root.GetProperty("shapes").GetProperty(name));

    /// <summary>Services of the shared models by their file, the others by the folder of moto's botocore, which is of an earlier date.</summary>
    public static ServiceModel Of(AwsApi api)
    {
        var shared = new Dictionary<AwsApi, string>
        {
            [AwsApi.Acm] = "acm",
            [AwsApi.CloudFormation] = "cloudformation",
            [AwsApi.Ecr] = "ecr",
            [AwsApi.Eks] = "eks",
            [AwsApi.LoadBalancing] = "elbv2",
            [AwsApi.Tagging] = "resourcegroupstaggingapi",
            [AwsApi.Sts] = "sts",
        };
        var ofMoto = new Dictionary<AwsApi, string>
        {
            [AwsApi.Ec2] = "ec2/2016-11-15",
            [AwsApi.Iam] = "iam/2010-05-08",
            [AwsApi.Logs] = "logs/2014-03-28",
            [AwsApi.SecretsManager] = "secretsmanager/2017-10-17",
            [AwsApi.ServiceQuotas] = "service-quotas/2019-06-24",
            [AwsApi.Ssm] = "ssm/2014-11-06",
        };
        return shared.TryGetValue(api, out var name)
            ? Read(Path.Combine(Need.SharedData("aws-models"), $"{name}.service-2.json.gz"))
            : Read(Path.Combine(Need.Moto(), "usr/lib/python3/dist-packages/botocore/data", ofMoto[api], "service-2.json"));
    }

    private static ServiceModel Read(string path)
    {
        var packed = path.EndsWith(".gz", StringComparison.Ordinal) ? path : File.Exists(path) ? path : path + ".gz";
        using var file = File.OpenRead(packed);
        using Stream text = packed.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return new ServiceModel(JsonDocument.Parse(text).RootElement);
    }
}

internal sealed class Operation(ServiceModel model, string name, JsonElement element)
{
    public ServiceModel Model => model;

    public string Name => name;

    public string Method => element.GetProperty("http").GetProperty("method").GetString() ?? "";

    public string Path => element.GetProperty("http").GetProperty("requestUri").GetString() ?? "";

    public Shape? Input => Of("input");

    public Shape? Output => Of("output");

    public string? ResultWrapper => element.TryGetProperty("output", out var output) && output.TryGetProperty("resultWrapper", out var wrapper) ? wrapper.GetString() : null;

    /// <summary>As they are on the wire: the name of the shape, or the code that the shape gives.</summary>
    public IEnumerable<string> ErrorCodes =>
        from error in element.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().ToArray() : []
        select model.Shape(error.GetProperty("shape").GetString() ?? "").ErrorCode;

    private Shape? Of(string side) => element.TryGetProperty(side, out var use) ? model.Shape(use.GetProperty("shape").GetString() ?? "") : null;
}

internal sealed class Shape(ServiceModel model, string name, JsonElement element)
{
    public string Name => name;

    public string Type => element.GetProperty("type").GetString() ?? "";

    public IEnumerable<Member> Members =>
        from member in element.TryGetProperty("members", out var members) ? members.EnumerateObject().ToArray() : []
        select new Member(model, member.Name, member.Value, Required.Contains(member.Name));

    /// <summary>Of a list.</summary>
    public Member Item => new(model, "member", element.GetProperty("member"), IsRequired: false);

    /// <summary>Of a map.</summary>
    public Member Value => new(model, "value", element.GetProperty("value"), IsRequired: false);

    public Member Key => new(model, "key", element.GetProperty("key"), IsRequired: false);

    public string[] Enum => element.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray().Select(value => value.GetString() ?? "")] : [];

    public string ErrorCode =>
        element.TryGetProperty("error", out var error) && error.TryGetProperty("code", out var code) ? code.GetString() ?? name : name;

    private string[] Required => element.TryGetProperty("required", out var required) ? [.. required.EnumerateArray().Select(value => value.GetString() ?? "")] : [];
}

internal sealed record Member(ServiceModel Model, string Name, JsonElement Use, bool IsRequired)
{
    public Shape Shape => Model.Shape(Text("shape") ?? "");

    /// <summary>On the wire.</summary>
    public string WireName => Text("locationName") ?? Name;

    /// <summary>In a form of EC2.</summary>
    public string Ec2Name => Text("queryName") ?? (Text("locationName") is { } location ? char.ToUpperInvariant(location[0]) + location[1..] : Name);

    /// <summary><c>uri</c>, <c>querystring</c>, or null for the body.</summary>
    public string? Location => Text("location");

    /// <summary>A token that makes a repeated request the same one.</summary>
    public bool IsToken => Name is "ClientRequestToken" or "ClientToken" or "clientRequestToken" or "clientToken";

    private string? Text(string name) => Use.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
