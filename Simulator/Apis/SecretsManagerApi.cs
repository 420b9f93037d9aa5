using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>Secrets Manager. Values are not kept, only what tells one from another: nothing here has to read them.</summary>
internal sealed class SecretsManagerApi(SimulatedAccount account) : ISimulatedService
{
    private const string Type = "AWS::SecretsManager::Secret";
    private const int DefaultWindow = 30;

    public string SigningName => "secretsmanager";

    public WireProtocol Protocol { get; } = new WireProtocol.Json();

    public Answer Handle(ServiceCall call)
    {
        // What is over is gone.
        foreach (var gone in account.Resources.All(Type).Where(secret => DeletionOf(secret) <= account.Now).ToList())
        {
            account.Resources.Remove(Type, gone.Id);
        }

        return call.Operation switch
        {
            "CreateSecret" => Create(call.Input),
            "PutSecretValue" => PutValue(call.Input),
            "DescribeSecret" => Answer.Of(Json(Find(call.Input))),
            "ListSecrets" => List(call.Input),
            "DeleteSecret" => Delete(call.Input),
            "RestoreSecret" => Restore(call.Input),
            _ => throw call.UnknownOperation(),
        };
    }

    private Answer Create(CallInput input)
    {
        var (name, token) = (input.Required("Name"), input.Text("ClientRequestToken") ?? account.Ids.Guid("secret version"));
        if (account.Resources.All(Type).FirstOrDefault(secret => secret.Text("Name") == name) is { } existing)
        {
            return DeletionOf(existing) is not null
                ? throw new ServiceError("InvalidRequestException", "You can't create this secret because a secret with this name is already scheduled for deletion.", 400)
                : HashOf(existing, token) == Hash(input) ? Version(existing, token)
                : throw new ServiceError("ResourceExistsException", $"The operation failed because the secret {name} already exists.", 400);
        }

        var arn = account.Arn("secretsmanager", $"secret:{name}-{account.Ids.Word(6, $"secret {name}")}");
        var made = new CloudResource
        {
            Type = Type,
            Id = arn,
            Arn = arn,
            Properties = AwsJson.WithoutNulls(new JsonObject { ["Name"] = name, ["Description"] = input.Text("Description"), ["KmsKeyId"] = input.Text("KmsKeyId") }),
            Attributes = new JsonObject { ["Versions"] = new JsonObject { [token] = Hash(input) }, ["LastChangedDate"] = account.Now },
            Tags = AwsJson.ReadTags(input),
            CreatedAt = account.Now,
        };
        account.Resources.Add(made);
        return Version(made, token);
    }

    private Answer PutValue(CallInput input)
    {
        var (secret, token) = (Present(input), input.Text("ClientRequestToken") ?? account.Ids.Guid("secret version"));
        if (HashOf(secret, token) is { } same)
        {
            return same == Hash(input)
                ? Version(secret, token)
                : throw new ServiceError("ResourceExistsException", $"You can't use ClientRequestToken {token} because that value is already in use for a version of secret {secret.Arn}.", 400);
        }

        var attributes = secret.Attributes.DeepClone().AsObject();
        (attributes["Versions"] ??= new JsonObject()).AsObject()[token] = Hash(input);
        attributes["LastChangedDate"] = account.Now;
        account.Resources.Put(secret with { Attributes = attributes });
        return Version(secret, token);
    }

    private Answer List(CallInput input)
    {
        var prefixes = input.Structures("Filters").Where(filter => filter.Text("Key") == "name").SelectMany(filter => filter.Texts("Values")).ToList();
        var found = account.Resources.All(Type)
            .Where(secret => DeletionOf(secret) is null || input.Flag("IncludePlannedDeletion") == true)
            .Where(secret => prefixes.Count == 0 || prefixes.Exists(prefix => secret.Text("Name")?.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) == true));
        var (items, next) = Paging.Page(found, input.Text("NextToken"), 100);
        return Answer.Of(AwsJson.WithoutNulls(new JsonObject { ["SecretList"] = new JsonArray([.. items.Select(JsonNode? (secret) => Json(secret))]), ["NextToken"] = next }));
    }

    private Answer Delete(CallInput input)
    {
        var secret = Find(input);
        if (input.Flag("ForceDeleteWithoutRecovery") == true)
        {
            account.Resources.Remove(Type, secret.Id);
            return Answer.Of(new JsonObject { ["ARN"] = secret.Arn, ["Name"] = secret.Text("Name"), ["DeletionDate"] = AwsJson.Time(account.Now) });
        }

        var attributes = secret.Attributes.DeepClone().AsObject();
        attributes["DeletedDate"] = account.Now;
        attributes["DeletionDate"] = account.Now.AddDays(input.Number("RecoveryWindowInDays") ?? DefaultWindow);
        var deleted = secret with { Attributes = attributes };
        account.Resources.Put(deleted);
        return Answer.Of(new JsonObject { ["ARN"] = secret.Arn, ["Name"] = secret.Text("Name"), ["DeletionDate"] = AwsJson.Time(DeletionOf(deleted)) });
    }

    private Answer Restore(CallInput input)
    {
        var secret = Find(input);
        var attributes = secret.Attributes.DeepClone().AsObject();
        attributes.Remove("DeletedDate");
        attributes.Remove("DeletionDate");
        account.Resources.Put(secret with { Attributes = attributes });
        return Answer.Of(new JsonObject { ["ARN"] = secret.Arn, ["Name"] = secret.Text("Name") });
    }

    private CloudResource Find(CallInput input)
    {
        var id = input.Required("SecretId");
        return account.Resources.All(Type).FirstOrDefault(secret => secret.Arn == id || secret.Text("Name") == id)
            ?? throw new ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", 400);
    }

    private CloudResource Present(CallInput input) => Find(input) is var secret && DeletionOf(secret) is null
        ? secret
        : throw new ServiceError("InvalidRequestException", "You can't perform this operation on the secret because it was marked for deletion.", 400);

    private static Answer Version(CloudResource secret, string token) =>
        Answer.Of(new JsonObject { ["ARN"] = secret.Arn, ["Name"] = secret.Text("Name"), ["VersionId"] = token });

    private static JsonObject Json(CloudResource secret) => AwsJson.WithoutNulls(new JsonObject
    {
        ["ARN"] = secret.Arn,
        ["Name"] = secret.Text("Name"),
        ["Description"] = secret.Text("Description"),
        ["KmsKeyId"] = secret.Text("KmsKeyId"),
        ["CreatedDate"] = AwsJson.Time(secret.CreatedAt),
        ["LastChangedDate"] = AwsJson.Time(secret.Attributes["LastChangedDate"]?.GetValue<DateTimeOffset>() ?? secret.CreatedAt),
        ["DeletedDate"] = AwsJson.Time(secret.Attributes["DeletedDate"]?.GetValue<DateTimeOffset>()),
        ["Tags"] = AwsJson.Tags(secret.Tags),
    });

    private static DateTimeOffset? DeletionOf(CloudResource secret) => secret.Attributes["DeletionDate"]?.GetValue<DateTimeOffset>();

    private static string? HashOf(CloudResource secret, string token) => secret.Attributes["Versions"]?[token]?.GetValue<string>();

    private static string Hash(CallInput input) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"version {input.Text("ClientRequestToken")} of {input.Text("SecretString")}")));
}
