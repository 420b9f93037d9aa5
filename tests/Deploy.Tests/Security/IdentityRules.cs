using System.Text.Json.Nodes;
using Platform.Deploy.Tests.Infrastructure;
using static Platform.Deploy.Tests.Security.TemplateRules;

namespace Platform.Deploy.Tests.Security;

/// <summary>Rules over roles, policies, keys and secrets in templates.</summary>
internal static class IdentityRules
{
    public static IEnumerable<TemplateRule> All
    {
        get
        {
            yield return OfType(
                "AWS::IAM::Role",
                role => role.At("ManagedPolicyArns") is JsonArray policies && policies.Any(policy => policy!.ToJsonString().Contains(":aws:policy/", StringComparison.Ordinal)),
                "has policies that AWS may widen",
                "AwsSolutions-IAM4");
            yield return new TemplateRule(
                ["AwsSolutions-IAM5"],
                view => from resource in view.Resources
                        where resource.Type is "AWS::IAM::Role" or "AWS::IAM::ManagedPolicy"
                        from statement in resource.Statements
                        where statement.Allows && IsWide(view, statement)
                        select new SecurityFinding(statement.Name, "allows more than one thing on more than one resource"));
            yield return OfType("AWS::KMS::Key", key => !key.IsTrue("EnableKeyRotation"), "is the same key for ever", "AwsSolutions-KMS5");
            yield return Rule(view => view.OfType("AWS::SecretsManager::Secret").Where(secret => !view.OfType("AWS::SecretsManager::RotationSchedule").Any(schedule => schedule.Text("SecretId").Contains(secret.LogicalId, StringComparison.Ordinal))), "is the same secret for ever", "AwsSolutions-SMG4");
            yield return Rule(
                view => view.OfType("AWS::SNS::Topic").Where(topic => !view.OfType("AWS::SNS::TopicPolicy").Any(policy => policy.Text("Topics").Contains(topic.LogicalId, StringComparison.Ordinal) && RefusesPlainText(policy))),
                "takes messages without TLS",
                "AwsSolutions-SNS3");
        }
    }

    public static bool RefusesPlainText(ResourceView policy) =>
        policy.Statements.Any(statement => !statement.Allows && statement.Condition.Contains("\"aws:SecureTransport\":\"false\"", StringComparison.Ordinal));

    // A wildcard behind the application's or the environment's name covers nobody else's resources.
    private static bool IsWide(TemplateView view, StatementView statement) =>
        statement.Actions.Any(action => action.Contains('*', StringComparison.Ordinal))
        || statement.Resources.Any(resource => resource.Contains('*', StringComparison.Ordinal)
            && !resource.Contains($"/{view.Model.Names.Application}/", StringComparison.Ordinal)
            && !resource.Contains($":{view.Model.Names.Application}/", StringComparison.Ordinal)
            && !resource.Contains(view.Model.Names.Prefix, StringComparison.Ordinal)
            && !resource.Contains($"/{view.Model.ClusterName}/", StringComparison.Ordinal)
            && !resource.Contains($"stack/{view.Model.Names.RegistryStack}", StringComparison.Ordinal)
            && !resource.Contains("Bucket.Arn}", StringComparison.Ordinal)
            && !resource.Contains($":::{view.Model.Names.Application}-state-", StringComparison.Ordinal));
}
