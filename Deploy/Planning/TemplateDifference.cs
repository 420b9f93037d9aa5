using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Deploy.Planning;

/// <summary>What changes between two templates, as far as the templates alone tell: for stacks that do not exist, or that CloudFormation cannot be asked about.</summary>
internal static class TemplateDifference
{
    private const int LongestValue = 200;

    // Of the resources that are hard to get back: what cannot be changed in place.
    private static readonly FrozenSet<string> CreateOnly = FrozenSet.Create(
        StringComparer.Ordinal,
        "AWS::EC2::VPC CidrBlock", "AWS::EC2::Subnet CidrBlock", "AWS::EC2::Subnet AvailabilityZone", "AWS::EC2::Subnet VpcId", "AWS::EC2::NatGateway SubnetId",
        "AWS::EC2::NatGateway AllocationId", "AWS::ECR::Repository RepositoryName", "AWS::ECR::Repository EncryptionConfiguration", "AWS::EKS::Cluster Name", "AWS::EKS::Cluster RoleArn",
        "AWS::EKS::Cluster EncryptionConfig", "AWS::EKS::Cluster OutpostConfig", "AWS::EKS::Cluster KubernetesNetworkConfig", "AWS::EKS::Cluster BootstrapSelfManagedAddons",
        "AWS::IAM::Role RoleName", "AWS::IAM::Role Path", "AWS::S3::Bucket BucketName", "AWS::SecretsManager::Secret Name", "AWS::Logs::LogGroup LogGroupName",
        "AWS::CertificateManager::Certificate DomainName", "AWS::CertificateManager::Certificate SubjectAlternativeNames");

    public static ImmutableArray<PlannedChange> Of(TemplateContent before, TemplateContent after) =>
    [
        .. before.Resources.Keys.Union(after.Resources.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(id => Of(before.Resources.GetValueOrDefault(id), after.Resources.GetValueOrDefault(id)))
            .OfType<PlannedChange>(),
    ];

    private static PlannedChange? Of(TemplateResource? before, TemplateResource? after)
    {
        if (before is null)
        {
            return after is null ? null : new PlannedChange(ChangeAction.Add, after.LogicalId, after.Type);
        }

        if (after is null)
        {
            return new PlannedChange(ChangeAction.Remove, before.LogicalId, before.Type) { PolicyAction = before.DeletionPolicy ?? "Delete" };
        }

        var properties = ImmutableArray.CreateBuilder<PropertyChange>();
        Compare("", before.Properties, after.Properties, properties);
        ImmutableArray<PropertyChange> changes = [.. properties.Select(property => property with { Replacement = ReplacementOf(after.Type, property.Path) })];
        return changes.IsEmpty ? null : new PlannedChange(ChangeAction.Modify, after.LogicalId, after.Type) { Properties = changes, Replacement = changes.Max(property => property.Replacement) };
    }

    // The functions in a template may come to the same value.
    private static Replacement ReplacementOf(string type, string path) => CreateOnly.Contains($"{type} {path.Split('.')[0]}") ? Replacement.Maybe : Replacement.No;

    private static void Compare(string path, JsonElement? before, JsonElement? after, ImmutableArray<PropertyChange>.Builder changes)
    {
        if (before is { ValueKind: JsonValueKind.Object } left && after is { ValueKind: JsonValueKind.Object } right && !IsFunction(left) && !IsFunction(right))
        {
            foreach (var name in Names(left).Union(Names(right), StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                Compare(path.Length == 0 ? name : $"{path}.{name}", Member(left, name), Member(right, name), changes);
            }
        }
        else if (!Equal(before, after))
        {
            changes.Add(new PropertyChange(path, Shown(before), Shown(after)));
        }
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    private static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out var member) ? member : null;

    private static bool IsFunction(JsonElement element) => Names(element).FirstOrDefault() is { } name && (name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal));

    private static bool Equal(JsonElement? before, JsonElement? after) =>
        before is { } left && after is { } right ? JsonElement.DeepEquals(left, right) : before is null && after is null;

    private static string? Shown(JsonElement? value)
    {
        var text = value switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } written => written.GetString(),
            { } other => other.GetRawText(),
        };
        return text is { Length: > LongestValue } ? text[..LongestValue] + "…" : text;
    }
}
