using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Resources;

/// <summary>IAM: who may do what.</summary>
internal static class AccessTypes
{
    public const string Role = "AWS::IAM::Role";
    public const string Policy = "AWS::IAM::ManagedPolicy";
    public const string Profile = "AWS::IAM::InstanceProfile";
    public const string Provider = "AWS::IAM::OIDCProvider";

    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = Role,
            Id = work => work.NameOr("RoleName", 64),
            Arn = work => work.Account.GlobalArn("iam", $"role{work.Text("Path", "/")}{work.Id}"),
            AttributeNames = ["Arn", "RoleId"],
            Attributes = work => new JsonObject { ["Arn"] = work.Resource?.Arn, ["RoleId"] = $"AROA{work.Account.Ids.Word(17, $"{work.Purpose}/role")}" },
            Required = ["AssumeRolePolicyDocument"],
            CreateOnly = ["Path", "RoleName"],
            Times = TypeTimes.Seconds(17, 12, 4),
            RefusesCreation = MissingPolicy,
            RefusesDeletion = work => work.Store.All(Profile).Any(profile => profile.Texts("Roles").Contains(work.Id))
                ? Refusal.Final("Cannot delete entity, must remove roles from instance profile first. (Service: Iam, Status Code: 409)")
                : null,
        },
        new()
        {
            Name = Policy,
            Id = work => work.Account.GlobalArn("iam", $"policy{work.Text("Path", "/")}{work.NameOr("ManagedPolicyName", 128)}"),
            Arn = work => work.Id,
            AttributeNames = ["PolicyArn", "AttachmentCount", "CreateDate", "DefaultVersionId", "IsAttachable", "PermissionsBoundaryUsageCount", "PolicyId", "UpdateDate"],
            Attributes = work => new JsonObject
            {
                ["PolicyArn"] = work.Id,
                ["DefaultVersionId"] = "v1",
                ["IsAttachable"] = true,
                ["PolicyId"] = $"ANPA{work.Account.Ids.Word(17, $"{work.Purpose}/policy")}",
            },
            Required = ["PolicyDocument"],
            CreateOnly = ["ManagedPolicyName", "Description", "Path"],
            IsTagged = false,
            Times = TypeTimes.Seconds(16, 10, 4),
            RefusesDeletion = work => work.Store.All(Role).Any(role => role.Texts("ManagedPolicyArns").Contains(work.Id) || role.Text("PermissionsBoundary") == work.Id)
                ? Refusal.Final("Cannot delete a policy attached to entities. (Service: Iam, Status Code: 409)")
                : null,
        },
        new()
        {
            Name = Profile,
            Id = work => work.NameOr("InstanceProfileName", 128),
            Arn = work => work.Account.GlobalArn("iam", $"instance-profile{work.Text("Path", "/")}{work.Id}"),
            AttributeNames = ["Arn"],
            Attributes = work => new JsonObject { ["Arn"] = work.Resource?.Arn },
            Required = ["Roles"],
            CreateOnly = ["InstanceProfileName", "Path"],
            IsTagged = false,
            Times = TypeTimes.Seconds(126, 20, 4),
        },
        new()
        {
            Name = Provider,
            Id = work => work.Account.GlobalArn("iam", $"oidc-provider/{work.Text("Url", "").Replace("https://", "", StringComparison.Ordinal)}"),
            Arn = work => work.Id,
            AttributeNames = ["Arn"],
            Attributes = work => new JsonObject { ["Arn"] = work.Id },
            CreateOnly = ["Url"],
            Times = TypeTimes.Seconds(3, 3, 2),
        },
    ];

    // AWS's own policies are all there.
    private static Refusal? MissingPolicy(ResourceWork work)
    {
        var own = work.Account.GlobalArn("iam", "policy/");
        return work.Texts("ManagedPolicyArns").Append(work.Text("PermissionsBoundary") ?? "")
            .FirstOrDefault(arn => arn.StartsWith(own, StringComparison.Ordinal) && work.Store.Find(Policy, arn) is null) is { } missing
            ? Refusal.Final($"Policy {missing} does not exist or is not attachable. (Service: Iam, Status Code: 404)") with { Code = "NotFound" }
            : null;
    }
}
