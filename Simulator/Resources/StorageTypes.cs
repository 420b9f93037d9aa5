using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>Where things are kept: buckets, images, logs, secrets.</summary>
internal static class StorageTypes
{
    public const string LogGroup = "AWS::Logs::LogGroup";
    public const string Bucket = "AWS::S3::Bucket";
    public const string Repository = "AWS::ECR::Repository";
    public const string Secret = "AWS::SecretsManager::Secret";

    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = Bucket,
            Id = work => work.Text("BucketName") ?? work.NameOr("BucketName", 63).ToLowerInvariant(),
            Arn = work => $"arn:{work.Account.Partition}:s3:::{work.Id}",
            AttributeNames = ["Arn", "DomainName", "DualStackDomainName", "RegionalDomainName", "WebsiteURL"],
            Attributes = work => new JsonObject
            {
                ["Arn"] = work.Resource?.Arn,
                ["DomainName"] = $"{work.Id}.s3.amazonaws.com",
                ["DualStackDomainName"] = $"{work.Id}.s3.dualstack.{work.Account.Region}.amazonaws.com",
                ["RegionalDomainName"] = $"{work.Id}.s3.{work.Account.Region}.amazonaws.com",
                ["WebsiteURL"] = $"http://{work.Id}.s3-website-{work.Account.Region}.amazonaws.com",
            },
            CreateOnly = ["BucketName", "ObjectLockEnabled"],
            Times = TypeTimes.Seconds(22, 20, 4),
            RefusesDeletion = work => work.Resource?.Attributes["Objects"].AsNumber() > 0
                ? Refusal.Final($"The bucket you tried to delete is not empty (Service: S3, Status Code: 409, BucketName: {work.Id})")
                : null,
        },
        new()
        {
            Name = "AWS::S3::BucketPolicy",
            Id = work => work.Text("Bucket", ""),
            Required = ["Bucket", "PolicyDocument"],
            CreateOnly = ["Bucket"],
            IsTagged = false,
            Times = TypeTimes.Seconds(3, 3, 2),
        },
        new()
        {
            Name = Repository,
            Id = work => work.Text("RepositoryName") ?? work.NameOr("RepositoryName", 256).ToLowerInvariant(),
            Arn = work => work.Account.Arn("ecr", $"repository/{work.Id}"),
            AttributeNames = ["Arn", "RepositoryUri"],
            Attributes = work => new JsonObject
            {
                ["Arn"] = work.Resource?.Arn,
                ["RepositoryUri"] = $"{work.Account.Id}.dkr.ecr.{work.Account.Region}.{work.Account.DnsSuffix}/{work.Id}",
            },
            CreateOnly = ["EncryptionConfiguration", "RepositoryName"],
            Times = TypeTimes.Seconds(3, 3, 3),
            RefusesDeletion = work => !work.Properties["EmptyOnDelete"].IsTrue() && ImagesOf(work).Any()
                ? Refusal.Final($"The repository with name '{work.Id}' in registry with id '{work.Account.Id}' cannot be deleted because it still contains images (Service: Ecr, Status Code: 400)")
                : null,
            OnGone = work =>
            {
                foreach (var image in ImagesOf(work))
                {
                    work.Store.Remove(image.Type, image.Id);
                }
            },
        },
        new()
        {
            Name = LogGroup,
            Id = work => work.NameOr("LogGroupName", 512),
            Arn = work => work.Account.Arn("logs", $"log-group:{work.Id}:*"),
            AttributeNames = ["Arn"],
            Attributes = work => new JsonObject { ["Arn"] = work.Resource?.Arn },
            CreateOnly = ["LogGroupName"],
            Times = TypeTimes.Seconds(6, 5, 3),
        },
        new()
        {
            // Values are not kept: nothing here has to read them.
            Name = Secret,
            Id = work => work.Account.Arn("secretsmanager", $"secret:{work.NameOr("Name", 505)}-{work.Account.Ids.Word(6, $"{work.Purpose}/secret")}"),
            Arn = work => work.Id,
            AttributeNames = ["Id"],
            Attributes = work => new JsonObject { ["Id"] = work.Id, ["Name"] = work.Text("Name") ?? work.Id.Split(':')[^1][..^7] },
            CreateOnly = ["Name"],
            Times = TypeTimes.Seconds(5, 5, 3),
            RefusesCreation = work => work.Text("Name") is { } name && work.Store.All(Secret).Any(secret => secret.Text("Name") == name)
                ? new Refusal($"The operation failed because the secret {name} already exists. (Service: SecretsManager, Status Code: 400)", "AlreadyExists", IsPassing: false)
                : null,
        },
        new()
        {
            Name = "AWS::SSM::Parameter",
            Id = work => work.NameOr("Name", 1011),
            Arn = work => work.Account.Arn("ssm", $"parameter/{work.Id.TrimStart('/')}"),
            AttributeNames = ["Type", "Value"],
            Attributes = work => new JsonObject { ["Type"] = work.Text("Type"), ["Value"] = work.Text("Value") },
            Required = ["Type", "Value"],
            CreateOnly = ["Name"],
            Times = TypeTimes.Seconds(3, 3, 2),
        },
    ];

    /// <summary>As a service makes it for itself: kept for ever, without tags.</summary>
    public static CloudResource LogGroupOfService(SimulatedAccount account, string name) => new()
    {
        Type = LogGroup,
        Id = name,
        Arn = account.Arn("logs", $"log-group:{name}:*"),
        Properties = new JsonObject { ["LogGroupName"] = name },
        Attributes = new JsonObject { ["Arn"] = account.Arn("logs", $"log-group:{name}:*") },
        CreatedAt = account.Now,
    };

    private static IEnumerable<CloudResource> ImagesOf(ResourceWork work) =>
        work.Store.All("AWS::ECR::Image").Where(image => image.Text("RepositoryName") == work.Id);
}
